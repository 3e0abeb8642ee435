import { z } from 'zod';
import type { Action, Answer, Place } from '../../digest/ports/chat-bot.js';
import type { Address } from '../../digest/ports/chat-platform.js';
import type { Log } from '../../digest/ports/log.js';
import type { View } from '../../digest/view/view.js';
import type { SlackClients } from './clients.js';
import { describeError } from './log.js';
import { outcomeOf } from './outcome.js';
import { QUIET } from './platform.js';
import { renderMessage } from './render-message.js';

/** Where an answer goes: to the user, in the place where the command was used. */
export interface ReplyTo {
  readonly place: Place;
  readonly user: string;
  /** Slack's address for answers, good for five within half an hour; null if it gave none. */
  readonly responseUrl: string | null;
  /** The conversation as Slack names it; null in the app's home. */
  readonly channel: string | null;
  /** The thread that the pressed message is in. */
  readonly threadTs: string | null;
}

export interface Replies {
  /** Shows an answer, and tells everyone in the place what changed there. */
  answer(to: ReplyTo, answer: Answer): Promise<void>;
  /** A message that only the user sees. */
  sendPrivately(to: ReplyTo, view: View, actions?: readonly Action[]): Promise<void>;
  /** Tells everyone in the place, or in the one that the announcement is for. */
  announce(to: ReplyTo, announcement: Announcement): Promise<void>;
  /** Answers a command or a press of a workspace where the app is not installed, which has no token to answer with. */
  notInstalled(request: unknown): Promise<void>;
}

const responseUrlSchema = z.looseObject({ response_url: z.url() });

type Announcement = NonNullable<Answer['announce']>;
type Manner = 'private' | 'public' | 'replace';
type Responded = 'done' | 'expired' | 'unclear';

/** Answers through response_url, and where that has run out as messages of their own. */
export function createReplies(clients: SlackClients, log: Log, timeoutMs: number): Replies {
  async function respond(url: string, body: object): Promise<Responded> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      if (response.ok) return 'done';
      return response.status < 500 ? 'expired' : 'unclear';
    } catch (error) {
      log.debug({ error: describeError(error) }, 'slack.answer_refused');
      return 'unclear';
    }
  }

  async function send(to: ReplyTo, view: View, actions: readonly Action[], manner: Manner): Promise<void> {
    const message = { ...renderMessage(view, actions), unfurl_links: false, unfurl_media: false };
    if (to.responseUrl !== null) {
      const responded = await respond(to.responseUrl, { ...message, ...mannerOf(manner, to) });
      if (responded === 'done') return;
      // It may already be posted, for everyone to see: twice is worse than late.
      if (responded === 'unclear' && manner === 'public') return;
    }
    await post(to, view, actions, manner === 'public');
  }

  /** Without response_url: a message of the bot's own, in private where only one person is to read it. */
  async function post(to: ReplyTo, view: View, actions: readonly Action[], isPublic: boolean): Promise<void> {
    const client = await clients.for(to.place.tenant);
    const rendered = renderMessage(view, actions);
    const message = { ...rendered, ...QUIET };
    const inChannel = to.place.kind === 'channel';
    const channel = to.channel ?? to.place.address;
    const thread = to.threadTs === null ? {} : { thread_ts: to.threadTs };
    if (isPublic && inChannel) {
      await client.chat.postMessage({ channel, ...message, ...thread });
      return;
    }
    if (inChannel && to.channel !== null) {
      try {
        const quiet = { parse: 'none', link_names: false } as const;
        await client.chat.postEphemeral({ channel, user: to.user, ...rendered, ...quiet, ...thread });
        return;
      } catch (error) {
        log.debug({ error: describeError(error) }, 'slack.answer_sent_privately');
      }
    }
    const { channel: im } = await client.conversations.open({ users: to.user });
    await client.chat.postMessage({ channel: im?.id ?? to.user, ...message });
  }

  async function announce(origin: ReplyTo, { view, actions, to }: Announcement): Promise<void> {
    const at = to === undefined ? origin : elsewhere(origin, to);
    if (at.place.kind === 'person') return;
    try {
      await send(at, view, actions, 'public');
    } catch (error) {
      const outcome = outcomeOf(error, at.place.name || 'the channel');
      const remedy = outcome.kind === 'refused' ? outcome.remedy : 'Please tell the others yourself.';
      await sendPrivately(
        origin,
        problemView(`The change is made, but it could not be announced. ${outcome.message}`, remedy),
      );
    }
  }

  async function sendPrivately(to: ReplyTo, view: View, actions: readonly Action[] = []): Promise<void> {
    await send(to, view, actions, 'private');
  }

  async function notInstalled(request: unknown): Promise<void> {
    const parsed = responseUrlSchema.safeParse(request);
    if (!parsed.success) return;
    const view = problemView(
      'covernote is not installed in this workspace any more, or not yet.',
      'Ask a manager of the workspace to install it again.',
    );
    const message = { ...renderMessage(view, []), unfurl_links: false, unfurl_media: false };
    await respond(parsed.data.response_url, { ...message, response_type: 'ephemeral' });
  }

  return {
    sendPrivately,
    announce,
    notInstalled,
    async answer(to, { view, actions, visibility, replaces, announce: announcement }) {
      const manner: Manner = replaces ? 'replace' : visibility;
      await send(to, view, actions, manner === 'public' && to.place.kind === 'person' ? 'private' : manner);
      if (announcement === null) return;
      await announce(to, announcement);
      // Posting there has already shown whether we may.
      if (announcement.to === undefined) await inviteWhereMissing(to);
    },
  };

  /** If we cannot post in a channel, the person who sets up its digests is told immediately. */
  async function inviteWhereMissing(to: ReplyTo): Promise<void> {
    if (to.place.kind === 'person') return;
    try {
      const client = await clients.for(to.place.tenant);
      const { channel } = await client.conversations.info({ channel: to.place.address });
      if (channel?.is_member !== false) return;
    } catch (error) {
      // A private channel that we are not in does not exist for us.
      const outcome = outcomeOf(error, to.place.name);
      if (outcome.kind !== 'refused' || outcome.reason !== 'gone') return;
    }
    const where = to.place.name === '' ? 'this channel' : to.place.name;
    await sendPrivately(
      to,
      problemView(
        `I can’t post in ${where} yet: I’m not a member.`,
        `Run \`/invite @covernote\` in ${where}.`,
      ),
    );
  }
}

/** Another channel than the one where the command was used: a separate message, as Slack's address for answers leads back there. */
function elsewhere(origin: ReplyTo, to: Address): ReplyTo {
  if (to.address === origin.place.address && to.tenant === origin.place.tenant) return origin;
  const place = { ...to, name: '' };
  return { place, user: origin.user, responseUrl: null, channel: to.address, threadTs: null };
}

function mannerOf(manner: Manner, to: ReplyTo): object {
  if (manner === 'replace') return { replace_original: true };
  return {
    response_type: manner === 'public' ? 'in_channel' : 'ephemeral',
    replace_original: false,
    ...(to.threadTs === null ? {} : { thread_ts: to.threadTs }),
  };
}

/** What went wrong and what to do, for one person. */
export function problemView(message: string, remedy: string): View {
  return {
    fallback: `${message} ${remedy}`.trim(),
    blocks: [
      { kind: 'paragraph', spans: [{ text: message }] },
      ...(remedy === '' ? [] : [{ kind: 'paragraph', spans: splitCode(remedy) } as const]),
    ],
  };
}

/** `` Run `/invite` `` with its code as code. */
function splitCode(text: string) {
  return text
    .split('`')
    .map((part, i) => (i % 2 === 1 ? ({ text: part, style: 'code' } as const) : { text: part }))
    .filter((span) => span.text !== '');
}
