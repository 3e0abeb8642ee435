import type { Address, Post } from '../../src/digest/ports/chat-platform.js';
import type { PlatformFailure } from '../contract/chat-platform.js';

/** What goes over the wire to the memory chat: a message is its text and what it links. */
export interface MemoryBody {
  readonly text: string;
  readonly links: readonly { readonly text: string; readonly url: string }[];
  readonly actions: readonly string[];
}

export type MemoryRequest =
  | {
      readonly op: 'send';
      readonly key: string;
      readonly to: Address;
      readonly under: string | null;
      readonly body: MemoryBody;
    }
  | { readonly op: 'find'; readonly key: string; readonly to: Address; readonly since: string }
  | { readonly op: 'edit'; readonly to: Address; readonly messageId: string; readonly body: MemoryBody };

export type MemoryReply =
  | { readonly kind: 'message'; readonly messageId: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'error'; readonly error: 'forbidden' | 'gone' | 'closed' | 'invalid' | 'internal' }
  | { readonly kind: 'rate-limited'; readonly delayMs: number };

/** What becomes of a reply on its way: it arrives, the connection ends, or it comes too late. */
export interface MemoryAnswer {
  readonly fate: 'arrives' | 'lost' | 'late';
  readonly reply: MemoryReply;
}

/** One message that was posted, in the order of posting. Never removed: what was posted twice is there twice. */
export interface LoggedMessage {
  readonly messageId: string;
  readonly key: string;
  readonly to: Address;
  readonly under: string | null;
  /** ISO UTC with milliseconds. */
  readonly at: string;
  /** As posted first. */
  readonly firstText: string;
  body: MemoryBody;
  edits: number;
}

export interface MemoryChat {
  readonly log: readonly LoggedMessage[];
  /** Every request that arrived, whatever its outcome. */
  readonly requests: () => number;
  ask(request: MemoryRequest): MemoryAnswer;
  failNext(what: MemoryRequest['op'], failure: PlatformFailure): void;
  /** How a destination treats us from now on. */
  setStanding(address: string, standing: 'open' | 'forbidden' | 'gone' | 'closed'): void;
  /** Called for each request: how it fails, or null. */
  setFaults(faults: (request: MemoryRequest) => PlatformFailure | null): void;
}

export interface MemoryChatOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** See PlatformCapabilities. */
  readonly idempotentMs: number;
  /** Characters that a message holds; more is invalid. */
  readonly limit?: number;
  /** What was posted before, to continue from. */
  readonly onPost?: (message: LoggedMessage) => void;
}

export const MEMORY_LIMIT = 8000;

/** The platform's side: where messages are posted. Written so that it cannot know what the bot believes. */
export function createMemoryChat(options: MemoryChatOptions): MemoryChat {
  const log: LoggedMessage[] = [];
  const byId = new Map<string, LoggedMessage>();
  const byKey = new Map<string, LoggedMessage[]>();
  const queued: { what: MemoryRequest['op']; failure: PlatformFailure }[] = [];
  const standings = new Map<string, 'open' | 'forbidden' | 'gone' | 'closed'>();
  let faults: (request: MemoryRequest) => PlatformFailure | null = () => null;
  let requests = 0;

  const failureOf = (request: MemoryRequest): PlatformFailure | null => {
    const at = queued.findIndex(({ what }) => what === request.op);
    if (at >= 0) return queued.splice(at, 1)[0]?.failure ?? null;
    return faults(request);
  };

  const post = (request: Extract<MemoryRequest, { op: 'send' }>): MemoryReply => {
    const { key, to, under, body } = request;
    const limit = options.limit ?? MEMORY_LIMIT;
    if (body.text.length > limit || body.text === '') return { kind: 'error', error: 'invalid' };
    if (under !== null && byId.get(under)?.to.address !== to.address) return { kind: 'error', error: 'gone' };
    const earlier = (byKey.get(key) ?? []).find(
      (message) => options.now() - Date.parse(message.at) < options.idempotentMs,
    );
    if (earlier !== undefined) return { kind: 'message', messageId: earlier.messageId };
    const message: LoggedMessage = {
      messageId: `m${log.length + 1}`,
      key,
      to,
      under,
      at: new Date(options.now()).toISOString(),
      firstText: body.text,
      body,
      edits: 0,
    };
    log.push(message);
    byId.set(message.messageId, message);
    byKey.set(key, [...(byKey.get(key) ?? []), message]);
    options.onPost?.(message);
    return { kind: 'message', messageId: message.messageId };
  };

  const carryOut = (request: MemoryRequest): MemoryReply => {
    const standing = standings.get(request.to.address) ?? 'open';
    if (standing !== 'open') return { kind: 'error', error: standing };
    if (request.op === 'send') return post(request);
    if (request.op === 'find') {
      const found = (byKey.get(request.key) ?? []).find(
        (message) => message.to.address === request.to.address && message.at >= request.since,
      );
      return found === undefined ? { kind: 'none' } : { kind: 'message', messageId: found.messageId };
    }
    const message = byId.get(request.messageId);
    if (message === undefined) return { kind: 'error', error: 'gone' };
    message.body = request.body;
    message.edits++;
    return { kind: 'message', messageId: message.messageId };
  };

  return {
    log,
    requests: () => requests,
    ask(request) {
      requests++;
      const failure = failureOf(request);
      if (failure === null) return { fate: 'arrives', reply: carryOut(request) };
      switch (failure.kind) {
        case 'before':
          return { fate: 'lost', reply: { kind: 'error', error: 'internal' } };
        case 'reply-lost':
          return { fate: 'lost', reply: carryOut(request) };
        case 'slow':
          return { fate: 'late', reply: carryOut(request) };
        case 'internal-error':
          return { fate: 'arrives', reply: { kind: 'error', error: 'internal' } };
        case 'rate-limited':
          return { fate: 'arrives', reply: { kind: 'rate-limited', delayMs: failure.delayMs } };
        case 'forbidden':
        case 'gone':
        case 'closed':
        case 'invalid':
          return { fate: 'arrives', reply: { kind: 'error', error: failure.kind } };
        default:
          return failure satisfies never;
      }
    },
    failNext: (what, failure) => void queued.push({ what, failure }),
    setStanding: (address, standing) => void standings.set(address, standing),
    setFaults: (given) => {
      faults = given;
    },
  };
}

/** What is posted at a destination, oldest first. */
export function standingAt(chat: Pick<MemoryChat, 'log'>, at: Pick<Post['to'], 'address'>): LoggedMessage[] {
  return chat.log.filter((message) => message.to.address === at.address);
}
