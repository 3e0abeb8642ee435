import type { Place } from '../../digest/ports/chat-bot.js';

/** Names that Slack gives to a conversation without a name. */
const NO_NAMES = new Set(['directmessage', 'privategroup']);

/** Where someone acts: a channel, or they themselves in a direct message. */
export function placeOf(
  tenant: string,
  user: string,
  channel: { id: string; name?: string | undefined },
): Place {
  if (channel.id.startsWith('D') || channel.name === 'directmessage') return personPlace(tenant, user);
  const named =
    channel.name !== undefined && !NO_NAMES.has(channel.name) && !channel.name.startsWith('mpdm-');
  return {
    platform: 'slack',
    tenant,
    address: channel.id,
    kind: 'channel',
    name: named ? `#${channel.name}` : '',
  };
}

/** A person's own place: their conversation with the app. */
export function personPlace(tenant: string, user: string): Place {
  return { platform: 'slack', tenant, address: user, kind: 'person', name: '' };
}
