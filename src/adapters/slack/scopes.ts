/** Every right that the app asks for, with what it is for. docs/slack.md tells the same; a test holds the two together. */
export const scopes = [
  { scope: 'chat:write', why: 'post digests and answers, edit what was posted' },
  { scope: 'commands', why: '/series, /follow and the other commands, and the message shortcut' },
  {
    scope: 'channels:read',
    why: 'names of public channels in messages about them, and whether it is a member there',
  },
  { scope: 'groups:read', why: 'the same for private channels it was invited to' },
  {
    scope: 'channels:history',
    why: 'after a lost reply, look whether its own message stands before sending it again',
  },
  { scope: 'groups:history', why: 'the same in private channels' },
  {
    scope: 'im:history',
    why: 'the same in direct messages, and read what is written to it there',
  },
  { scope: 'im:write', why: 'open a direct message for your own digest' },
  { scope: 'users:read', why: 'your time zone, your name, and whether you are a guest' },
  { scope: 'app_mentions:read', why: 'answer where it is mentioned: `@covernote foll_pin`' },
  { scope: 'links:read', why: 'notice lore and patchwork links' },
  { scope: 'links:write', why: 'show the card of the series beneath them' },
] as const;

export const botEvents = [
  'app_home_opened',
  'link_shared',
  'message.im',
  'app_mention',
  'member_joined_channel',
  'app_uninstalled',
  'tokens_revoked',
] as const;

/** Whose links become cards; Slack takes five at most. */
export const unfurlDomains = [
  'lore.kernel.org',
  'patchwork.kernel.org',
  'patch.msgid.link',
  'msgid.link',
  'patchwork.ozlabs.org',
] as const;

/** What an installation was not granted: it is older than the scope. Everything that does not need it still works. */
export function missingScopes(
  granted: readonly string[],
): readonly { readonly scope: string; readonly why: string }[] {
  return scopes.filter(({ scope }) => !granted.includes(scope));
}

/** What a missing scope costs, and what to do, for people. */
export function reauthoriseText(missing: ReturnType<typeof missingScopes>): string {
  const names = missing.map(({ scope, why }) => `${scope} (${why.replaceAll('`', '')})`);
  return `This installation lacks ${names.join(', ')}. Ask an app manager to add it under OAuth & Permissions and to reinstall the app; everything else works as before.`;
}
