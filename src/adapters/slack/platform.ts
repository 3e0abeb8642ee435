import type {
  Address,
  ChatPlatform,
  EditOutcome,
  FindOutcome,
  Post,
  SendOutcome,
} from '../../digest/ports/chat-platform.js';
import type { ServerClock } from '../../digest/time/server-clock.js';
import type { SlackClients, WebClient } from './clients.js';
import { outcomeOf, slackCode } from './outcome.js';
import { fits, renderMessage } from './render-message.js';

/** Names our metadata among that of other apps. */
const METADATA_TYPE = 'covernote_post';

const PAGE = 200;
const PAGES = 25;
/** Slack's servers differ from each other, and our clock from theirs until the first answer. */
const CLOCKS_APART_SEC = 300;
const KEPT = 5000;
const RETRY_MS = 15_000;

/** Slack as a place that digests are delivered to. */
export function createSlackPlatform(
  clients: SlackClients,
  clock: Pick<ServerClock, 'now'> = { now: () => null },
): ChatPlatform {
  const channels = createChannelFinder();
  const places = createPlaceNames(clients);

  async function send(post: Post): Promise<SendOutcome> {
    const outcome = await sendOnce(post);
    // Slack fetches a picture before it posts, and refuses the whole message if it cannot: then it was not posted.
    const { picture, ...view } = post.view;
    return picture !== undefined && outcome.kind === 'refused' && outcome.reason === 'invalid'
      ? sendOnce({ ...post, view })
      : outcome;
  }

  async function sendOnce(post: Post): Promise<SendOutcome> {
    let isPosting = false;
    try {
      const client = await clients.for(post.to.tenant);
      const channel = await channels.of(client, post.to);
      isPosting = true;
      const reply = await client.chat.postMessage({
        channel,
        ...renderMessage(post.view, post.actions),
        ...QUIET,
        metadata: { event_type: METADATA_TYPE, event_payload: { key: post.key } },
        ...(post.under === null ? {} : { thread_ts: post.under.messageId }),
      });
      if (reply.ts === undefined) return { kind: 'unclear', message: 'Slack answered without a timestamp.' };
      return { kind: 'sent', messageId: reply.ts };
    } catch (error) {
      channels.forgetWhereGone(error, post.to);
      const outcome = outcomeOf(error, await places.nameFor(error, post.to));
      // Until the post itself is requested, nothing can have been posted.
      if (isPosting || outcome.kind !== 'unclear') return outcome;
      return { kind: 'retryAfter', delayMs: RETRY_MS, message: outcome.message };
    }
  }

  async function find({ key, to, under, since }: Parameters<ChatPlatform['find']>[0]): Promise<FindOutcome> {
    try {
      const client = await clients.for(to.tenant);
      const channel = await channels.of(client, to);
      const oldest = String(Math.max(0, Math.floor(Date.parse(since) / 1000) - CLOCKS_APART_SEC));
      let cursor = '';
      for (let page = 0; page < PAGES; page++) {
        const query = {
          channel,
          oldest,
          limit: PAGE,
          include_all_metadata: true,
          ...(cursor === '' ? {} : { cursor }),
        };
        const reply = await (under === null
          ? client.conversations.history(query)
          : client.conversations.replies({ ...query, ts: under.messageId }));
        const found = reply.messages?.find((message) => keyOf(message) === key);
        if (found?.ts !== undefined) return { kind: 'found', messageId: found.ts };
        cursor = reply.response_metadata?.next_cursor ?? '';
        if (cursor === '') return { kind: 'absent' };
      }
      return { kind: 'unknown', message: `More than ${PAGE * PAGES} messages were posted since.` };
    } catch (error) {
      return { kind: 'unknown', message: outcomeOf(error, 'the channel').message };
    }
  }

  type Change = Parameters<ChatPlatform['edit']>[0];

  async function edit(change: Change): Promise<EditOutcome> {
    const outcome = await editOnce(change);
    const { picture, ...view } = change.view;
    return picture !== undefined && outcome.kind === 'refused' && outcome.reason === 'invalid'
      ? editOnce({ ...change, view })
      : outcome;
  }

  async function editOnce(change: Change): Promise<EditOutcome> {
    try {
      const client = await clients.for(change.to.tenant);
      const channel = await channels.of(client, change.to);
      await client.chat.update({
        channel,
        ts: change.messageId,
        ...renderMessage(change.view, change.actions),
        parse: 'none',
        link_names: false,
      });
      return { kind: 'edited' };
    } catch (error) {
      return outcomeOf(error, await places.nameFor(error, change.to));
    }
  }

  return {
    name: 'slack',
    capabilities: { idempotentMs: 0, find: true, edit: true, threads: true },
    time: clock.now,
    send,
    find,
    edit,
    fits,
  };
}

/** Nothing that Slack would add by itself: no previews, no mentions made of words. */
export const QUIET = { unfurl_links: false, unfurl_media: false, parse: 'none', link_names: false } as const;

function keyOf(message: object): string | null {
  if (!('metadata' in message) || typeof message.metadata !== 'object' || message.metadata === null)
    return null;
  const { metadata } = message;
  if (!('event_type' in metadata) || metadata.event_type !== METADATA_TYPE) return null;
  const payload = 'event_payload' in metadata ? metadata.event_payload : null;
  if (typeof payload !== 'object' || payload === null || !('key' in payload)) return null;
  return typeof payload.key === 'string' ? payload.key : null;
}

/** The channel of an address: a person's is their conversation with the app, looked up once. */
function createChannelFinder() {
  const known = new Map<string, string>();
  const nameOf = (to: Address) => `${to.tenant}/${to.address}`;
  return {
    async of(client: WebClient, to: Address): Promise<string> {
      if (to.kind === 'channel') return to.address;
      const before = known.get(nameOf(to));
      if (before !== undefined) return before;
      const { channel } = await client.conversations.open({ users: to.address });
      const id = channel?.id ?? to.address;
      if (known.size >= KEPT) known.clear();
      known.set(nameOf(to), id);
      return id;
    },
    forgetWhereGone(error: unknown, to: Address): void {
      if (slackCode(error) === 'channel_not_found') known.delete(nameOf(to));
    },
  };
}

/** What people call a destination, looked up when something is wrong with it: `#kvm` in a remedy can be read, an id cannot. */
function createPlaceNames(clients: SlackClients) {
  const known = new Map<string, string>();
  return {
    async nameFor(error: unknown, { kind, tenant, address }: Address): Promise<string> {
      if (kind === 'person') return 'your messages with covernote';
      const before = known.get(`${tenant}/${address}`);
      if (before !== undefined || slackCode(error) === null) return before ?? 'the channel';
      try {
        const { channel } = await (await clients.for(tenant)).conversations.info({ channel: address });
        if (channel?.name === undefined) return 'the channel';
        if (known.size >= KEPT) known.clear();
        known.set(`${tenant}/${address}`, `#${channel.name}`);
        return `#${channel.name}`;
      } catch {
        // The first failure is the one to report.
        return 'the channel';
      }
    },
  };
}
