import type { Address } from './chat-platform.js';

/** A person as limits know them: the same in each channel of a server or workspace. `id`: the platform's. */
export function personKey({ platform, tenant }: Pick<Address, 'platform' | 'tenant'>, id: string): string {
  return JSON.stringify([platform, tenant, id]);
}
