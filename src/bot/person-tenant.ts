import type { PlatformName } from '../digest/ports/chat-platform.js';

/**
 * The tenant in which a person of a tenant is addressed. On Discord a person is the same in every server; elsewhere they belong to one
 * tenant.
 */
export function personTenant(platform: PlatformName, tenant: string): string {
  return platform === 'discord' ? 'dm' : tenant;
}
