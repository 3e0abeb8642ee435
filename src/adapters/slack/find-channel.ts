import type { ChannelName, FindChannel, FoundChannel, Requester } from '../../digest/ports/chat-bot.js';
import type { SlackClients, WebClient } from './clients.js';
import { outcomeOf } from './outcome.js';
import { placeOf } from './places.js';

const PAGE = 1000;
/** Private channels with more members than this are rare, and Slack waits three seconds. */
const PAGES = 5;

/**
 * Another channel of the user's workspace. Every full member may join a public channel and change what it gets; a private one is found only
 * for its members, and for everyone else it does not exist.
 */
export function channelFinder(clients: Pick<SlackClients, 'for'>, requester: Requester): FindChannel {
  return async (named) => {
    if (named.id === null) return notFound(named);
    try {
      return await find(await clients.for(requester.tenant), requester, { ...named, id: named.id });
    } catch (error) {
      const outcome = outcomeOf(error, 'the channel');
      if (outcome.kind === 'refused' && outcome.reason === 'gone') return notFound(named);
      const remedy = outcome.kind === 'refused' ? outcome.remedy : 'Try again in a moment.';
      return { kind: 'problem', message: outcome.message, remedy };
    }
  };
}

async function find(
  client: WebClient,
  requester: Requester,
  named: ChannelName & { readonly id: string },
): Promise<FoundChannel> {
  const { channel } = await client.conversations.info({ channel: named.id });
  if (channel === undefined || channel.is_im === true || channel.is_mpim === true) return notFound(named);
  if (channel.is_private === true && !(await isMember(client, named.id, requester.id)))
    return notFound(named);
  const place = placeOf(requester.tenant, requester.id, { id: named.id, name: channel.name });
  const shown = place.name || 'that channel';
  return {
    kind: 'found',
    place,
    requester,
    cannotPost:
      channel.is_archived === true
        ? { message: `${shown} is archived.`, remedy: 'Unarchive it, or choose another channel.' }
        : channel.is_member === false
          ? {
              message: `I can’t post in ${shown}: I’m not a member.`,
              remedy: `Run /invite @covernote in ${shown}, then try again.`,
            }
          : null,
  };
}

async function isMember(client: WebClient, channel: string, user: string): Promise<boolean> {
  let cursor = '';
  for (let page = 0; page < PAGES; page++) {
    const { members = [], response_metadata: more } = await client.conversations.members({
      channel,
      limit: PAGE,
      ...(cursor === '' ? {} : { cursor }),
    });
    if (members.includes(user)) return true;
    cursor = more?.next_cursor ?? '';
    if (cursor === '') return false;
  }
  return false;
}

function notFound({ name }: ChannelName): FoundChannel {
  const which = name === '' ? 'that channel' : `#${name}`;
  return {
    kind: 'problem',
    message: `I can’t find ${which}: there is none, or it is private and one of us is not in it.`,
    remedy: `Choose it from the list that Slack shows while you type its #; in a private channel run /invite @covernote first.`,
  };
}
