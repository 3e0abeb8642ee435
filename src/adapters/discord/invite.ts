import { OAuth2Scopes } from 'discord.js';
import { PERMISSIONS } from './places.js';

/** The link by which someone who manages a server takes covernote in, with no permission that it does not need. */
export function inviteUrl(applicationId: string): string {
  const permissions = Object.values(PERMISSIONS).reduce((bits, { bit }) => bits | bit, 0n);
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: `${OAuth2Scopes.Bot} ${OAuth2Scopes.ApplicationsCommands}`,
    permissions: String(permissions),
    integration_type: '0',
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** A bot's token begins with its own id, which is its application's too; null if it does not look like one. */
export function applicationIdOf(token: string): string | null {
  const id = Buffer.from(token.split('.')[0] ?? '', 'base64').toString('latin1');
  return /^\d{17,20}$/.test(id) ? id : null;
}
