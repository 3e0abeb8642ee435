import { TransientFailure } from '../../digest/failure/failure.js';
import type { HttpAnswer } from './http-client.js';
import { MAX_TEXT_BYTES } from './limits.js';

export type Expected = 'gzip' | 'refs' | 'text';

/**
 * What public-inbox, or a proxy in front of it, answers instead of what was requested:
 * - `challenge-page`: HTML in which a guard asks whether one is a bot ("Making sure you're not a bot!"), often with status 200;
 * - `web-page`: other HTML; `not-found`: 404, a page or text; `other-list`: 300, the mail is in another list;
 * - `forbidden`: 401, 403, 410; `empty`: nothing at all; `unexpected`: anything else.
 */
export type JunkCode =
  | 'challenge-page'
  | 'web-page'
  | 'not-found'
  | 'other-list'
  | 'forbidden'
  | 'empty'
  | 'unexpected';

/** In words, after the host's name. */
const WORDS: Readonly<Record<JunkCode, string>> = {
  'challenge-page':
    "answered with a page that asks whether we are a bot; the archive's guard blocks covernote",
  'web-page': 'answered with a web page instead of mail',
  'not-found': 'does not have what was requested',
  'other-list': 'has the mail in another list',
  forbidden: 'does not allow it',
  empty: 'answered with nothing',
  unexpected: 'answered with something other than what was requested',
};

const CHALLENGE = ['not a bot', 'anubis', 'just a moment...', 'captcha', 'cf-challenge'];
const HEAD_BYTES = 16 * 1024;

/** An answer that was looked at: `expected` with its whole body, or which junk it is (its body is thrown away). */
export type Judged =
  | { readonly kind: 'expected'; readonly body: AsyncIterable<Buffer> }
  | { readonly kind: 'junk'; readonly code: JunkCode; readonly words: string };

/** Checks the beginning of an answer: is it what was requested? The status and content type are not trusted. */
export async function judge(answer: HttpAnswer, expected: Expected): Promise<Judged> {
  const pieces = answer.body[Symbol.asyncIterator]();
  const head = await gather(pieces);
  const code = judgeHead(answer.status, head, expected);
  if (code === null) return { kind: 'expected', body: joined(head, pieces) };
  await pieces.return?.();
  const status = answer.status === 200 ? '' : ` (HTTP ${answer.status})`;
  return { kind: 'junk', code, words: `${new URL(answer.url).host} ${WORDS[code]}${status}` };
}

async function gather(pieces: AsyncIterator<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let length = 0; length < HEAD_BYTES; ) {
    const { done, value } = await pieces.next();
    if (done) break;
    parts.push(value);
    length += value.length;
  }
  return Buffer.concat(parts);
}

async function* joined(head: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield head;
    for (;;) {
      const { done, value } = await rest.next();
      if (done) return;
      yield value;
    }
  } finally {
    await rest.return?.();
  }
}

/** null: it is what was requested. Pure. */
export function judgeHead(status: number, head: Buffer, expected: Expected): JunkCode | null {
  const text = head.subarray(0, HEAD_BYTES).toString('latin1').trimStart();
  const lower = text.toLowerCase();
  if (/^<(?:!doctype html|html)/.test(lower)) {
    if (CHALLENGE.some((words) => lower.includes(words))) return 'challenge-page';
    if (status === 300) return 'other-list';
    return status === 404 ? 'not-found' : 'web-page';
  }
  if (status === 404) return 'not-found';
  if (status === 401 || status === 403 || status === 410) return 'forbidden';
  if (status !== 200) return 'unexpected';
  if (head.length === 0) return 'empty';
  return looksRight(head, text, expected) ? null : 'unexpected';
}

function looksRight(head: Buffer, text: string, expected: Expected): boolean {
  switch (expected) {
    case 'gzip':
      return head[0] === 0x1f && head[1] === 0x8b;
    case 'refs':
      return /^[0-9a-f]{4}# service=git-upload-pack/.test(text);
    case 'text':
      return true;
    default:
      return expected satisfies never;
  }
}

/** The failure of junk that a retry may fix. */
export function junkFailure({ code, words }: Extract<Judged, { kind: 'junk' }>): TransientFailure {
  return new TransientFailure(code, `${words}.`);
}

/** A whole body as text; TransientFailure `too-large` beyond MAX_TEXT_BYTES. */
export async function textOf(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    if (length > MAX_TEXT_BYTES)
      throw new TransientFailure('too-large', `An answer has more than ${MAX_TEXT_BYTES} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
