import type { Action } from '../../src/digest/ports/chat-bot.js';
import type {
  Address,
  ChatPlatform,
  PlatformCapabilities,
  PlatformName,
  Refusal,
} from '../../src/digest/ports/chat-platform.js';
import { oneLine, shorten } from '../../src/digest/text/inert.js';
import type { Block, Span, View } from '../../src/digest/view/view.js';
import {
  MEMORY_LIMIT,
  type MemoryAnswer,
  type MemoryBody,
  type MemoryReply,
  type MemoryRequest,
} from './memory-chat.js';

export interface MemoryPlatformOptions {
  /** How a request gets to the chat; it throws when the connection fails. */
  readonly ask: (request: MemoryRequest) => Promise<MemoryAnswer>;
  readonly capabilities: PlatformCapabilities;
  readonly name?: PlatformName;
  /** The chat's own time; it tells none where absent. */
  readonly time?: () => number | null;
}

/** A chat with no markup at all: text, links next to it, and things to press. */
export function createMemoryPlatform(options: MemoryPlatformOptions): ChatPlatform {
  const { ask, capabilities } = options;
  return {
    name: options.name ?? 'memory',
    capabilities,
    time: options.time ?? (() => null),
    async send({ key, to, under, view, actions }) {
      const thread = capabilities.threads ? (under?.messageId ?? null) : null;
      const reply = await tryToAsk(ask, {
        op: 'send',
        key,
        to,
        under: thread,
        body: memoryBody(view, actions),
      });
      if (typeof reply === 'string') return { kind: 'unclear', message: reply };
      if (reply.kind === 'message') return { kind: 'sent', messageId: reply.messageId };
      return failureOf(reply, to);
    },
    async find({ key, to, since }) {
      if (!capabilities.find) return { kind: 'unknown', message: 'this chat cannot be searched' };
      const reply = await tryToAsk(ask, { op: 'find', key, to, since });
      if (typeof reply === 'string') return { kind: 'unknown', message: reply };
      if (reply.kind === 'message') return { kind: 'found', messageId: reply.messageId };
      if (reply.kind === 'none') return { kind: 'absent' };
      return { kind: 'unknown', message: reply.kind };
    },
    async edit({ to, messageId, view, actions }) {
      const reply = await tryToAsk(ask, { op: 'edit', to, messageId, body: memoryBody(view, actions) });
      if (typeof reply === 'string') return { kind: 'unclear', message: reply };
      return reply.kind === 'message' ? { kind: 'edited' } : failureOf(reply, to);
    },
    fits: (view, actions) => memoryBody(view, actions).text.length <= MEMORY_LIMIT,
  };
}

/** The reply, or in words why there is none. */
async function tryToAsk(
  ask: MemoryPlatformOptions['ask'],
  request: MemoryRequest,
): Promise<MemoryReply | string> {
  let answer: MemoryAnswer;
  try {
    answer = await ask(request);
  } catch {
    return 'the connection failed';
  }
  if (answer.fate === 'lost') return 'the connection ended';
  return answer.fate === 'late' ? 'timed out' : answer.reply;
}

function failureOf(reply: MemoryReply, to: Address) {
  if (reply.kind === 'rate-limited')
    return { kind: 'retryAfter', delayMs: reply.delayMs, isNamed: true, message: 'asked to wait' } as const;
  if (reply.kind !== 'error' || reply.error === 'internal')
    return { kind: 'unclear', message: 'the chat failed inside' } as const;
  return {
    kind: 'refused',
    reason: reply.error,
    message: `${to.address} is ${reply.error}.`,
    remedy: 'Invite covernote again.',
  } satisfies Refusal;
}

/** Longer texts are cut, so that a single item always fits. */
const SPAN_CHARACTERS = 400;
const LINES = 6;

/** A view as the memory chat shows it. */
export function memoryBody(view: View, actions: readonly Action[]): MemoryBody {
  const links = view.blocks
    .flatMap(spansOf)
    .flatMap((span) =>
      'url' in span && span.url !== undefined ? [{ text: textOf(span), url: span.url }] : [],
    );
  const text = view.blocks.map((block) => shorten(blockText(block), 3500)).join('\n');
  return {
    text: text === '' ? oneLine(view.fallback) : text,
    links: links.filter((link) => link.text !== link.url),
    actions: actions.flatMap((action) => (action.kind === 'link' ? [] : [action.id])),
  };
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${lineOf(block.spans)}`;
    case 'paragraph':
    case 'note':
      return lineOf(block.spans);
    case 'item':
      return [block.title, ...block.lines.slice(0, LINES), ...(block.meta === undefined ? [] : [block.meta])]
        .map(lineOf)
        .join('\n  ');
    case 'facts':
      return block.rows.map((row) => `${oneLine(row.label)}: ${lineOf(row.spans)}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${lineOf(item)}`).join('\n');
    case 'code':
      return block.lines.join('\n');
    default:
      return block satisfies never;
  }
}

function spansOf(block: Block): readonly Span[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'note':
      return block.spans;
    case 'item':
      return [...block.title, ...block.lines.flat(), ...(block.meta ?? [])];
    case 'facts':
      return block.rows.flatMap((row) => row.spans);
    case 'list':
      return block.items.flat();
    case 'code':
      return [];
    default:
      return block satisfies never;
  }
}

function lineOf(spans: readonly Span[]): string {
  return spans.map(textOf).join('');
}

function textOf(span: Span): string {
  if ('at' in span) return span.at;
  const lead = /^\s/.test(span.text) ? ' ' : '';
  const tail = /\S\s+$/.test(span.text) ? ' ' : '';
  return `${lead}${shorten(oneLine(span.text), SPAN_CHARACTERS)}${tail}`;
}
