import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type Expected, judgeHead } from '../../../src/adapters/lore/http-answer.js';
import { retryAfterMs } from '../../../src/adapters/lore/http-client.js';
import { createThreadFetcher } from '../../../src/adapters/lore/http-thread.js';
import { TransientFailure, UserError } from '../../../src/digest/failure/failure.js';
import type { SourceEvent } from '../../../src/digest/ports/mail-source.js';
import {
  answers,
  breaksOff,
  type FakeAnswer,
  type FakeHttpServer,
  hangs,
  startFakeHttp,
  staysSilent,
} from '../../fakes/http-server.js';

const NOW = Date.parse('2026-11-22T00:00:00Z');
const USER_AGENT = 'covernote/9.9 (+https://example.org/bot)';
const CHALLENGE = "<!doctype html><html><title>Making sure you're not a bot!</title></html>";
/** Where a time-out is what is tested; everywhere else the answer is waited for, however slow the machine. */
const brief = { headersMs: 200, idleMs: 200, totalMs: 60_000 };
const timeouts = { headersMs: 60_000, idleMs: 60_000, totalMs: 120_000 };
const mail = (n: number, body = 'Body.\n'): string =>
  `From: Ada <ada@example.org>\nSubject: mail ${n}\nMessage-ID: <${n}@example.org>\n\n${body}`;
const inMbox = (n: number, body?: string): string =>
  `From mboxrd@z Thu Jan  1 00:00:00 1970\n${mail(n, body)}\n`;
const signal = new AbortController().signal;

let server: FakeHttpServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

interface Outcome {
  readonly mails: string[];
  readonly failure: unknown;
}

async function outcomeOf(events: AsyncIterable<SourceEvent>): Promise<Outcome> {
  const mails: string[] = [];
  try {
    for await (const event of events) {
      if (event.kind === 'mail') mails.push(Buffer.from(event.raw).toString());
      if (event.kind === 'skipped') mails.push(`skipped ${event.problem.code}`);
    }
    return { mails, failure: null };
  } catch (failure) {
    return { mails, failure };
  }
}

async function fetchThread(answer: FakeAnswer, within = timeouts): Promise<Outcome> {
  server = await startFakeHttp(answer);
  const fetch = createThreadFetcher({
    baseUrl: server.url,
    userAgent: USER_AGENT,
    now: () => NOW,
    timeouts: within,
  });
  return await outcomeOf(fetch('1@example.org', { list: 'kvm', signal }));
}

describe('Retry-After', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Sun, 22 Nov 2026 00:05:00 GMT', 300_000],
    ['Sat, 21 Nov 2026 00:05:00 GMT', 0],
    ['99999999', 86_400_000],
    ['soon', null],
    ['', null],
    [null, null],
  ])('%s is %s ms', (header, ms) => expect(retryAfterMs(header, NOW)).toBe(ms));
});

describe('what was answered', () => {
  it.each<[string, number, string | Buffer, Expected, string | null]>([
    ['a challenge', 200, CHALLENGE, 'text', 'challenge-page'],
    ['a challenge with another status', 403, CHALLENGE, 'gzip', 'challenge-page'],
    ['a page', 200, '<html><body>hello</body></html>', 'gzip', 'web-page'],
    ['no such page, as HTML', 404, '<html>no</html>', 'gzip', 'not-found'],
    ['no such page, as text', 404, 'Not Found', 'gzip', 'not-found'],
    ['a page of other lists', 300, '<html><head><title>found in another inbox', 'gzip', 'other-list'],
    ['nothing', 200, '', 'gzip', 'empty'],
    ['a ban', 403, 'Forbidden', 'refs', 'forbidden'],
    ['text for gzip', 200, 'hello', 'gzip', 'unexpected'],
    ['refs', 200, '001e# service=git-upload-pack\n', 'refs', null],
    ['gzip', 200, gzipSync('x'), 'gzip', null],
  ])('is known to be %s', (_, status, body, expected, code) =>
    expect(judgeHead(status, Buffer.from(body), expected)).toBe(code),
  );
});

describe('a thread by HTTP', () => {
  it('says who asks, and takes all its mails, quoting undone', async () => {
    const body = '>From here\n>>From there\nFromage\n';
    const { mails, failure } = await fetchThread(answers(200, gzipSync(inMbox(1, body) + inMbox(2))));
    expect(failure).toBeNull();
    expect(mails).toEqual([mail(1, 'From here\n>From there\nFromage\n'), mail(2)]);
    expect(server?.lastHeaders()['user-agent']).toBe(USER_AGENT);
    expect(server?.requests).toEqual(['GET /kvm/1@example.org/t.mbox.gz']);
  });

  it('is looked for in all lists where the named one has it not', async () => {
    const { mails } = await fetchThread((request, response) =>
      answers(
        request.url?.startsWith('/all/') ? 200 : 300,
        request.url?.startsWith('/all/') ? gzipSync(inMbox(1)) : '<html>',
      )(request, response),
    );
    expect(mails).toEqual([mail(1)]);
  });

  it('that is nowhere is for a person to mend', async () => {
    const { failure } = await fetchThread(answers(404, 'Not Found'));
    expect(failure).toMatchObject({ code: 'no-such-mail' });
    expect(failure).toBeInstanceOf(UserError);
  });

  it.each<[string, FakeAnswer, { code: string; retryAfterMs?: number | null }]>([
    ['is silent', staysSilent, { code: 'timeout' }],
    ['hangs after the headers', hangs(), { code: 'timeout' }],
    ['hangs within a mail', hangs(gzipSync(inMbox(1)).subarray(0, 40)), { code: 'timeout' }],
    [
      'is busy, in seconds',
      answers(429, 'slow down', { 'Retry-After': '90' }),
      { code: 'rate-limited', retryAfterMs: 90_000 },
    ],
    [
      'is busy, with a date',
      answers(503, 'later', { 'Retry-After': 'Sun, 22 Nov 2026 00:01:00 GMT' }),
      { code: 'rate-limited', retryAfterMs: 60_000 },
    ],
    ['fails', answers(502, '<html>bad gateway'), { code: 'server-error', retryAfterMs: null }],
    [
      'asks whether one is a bot',
      answers(200, CHALLENGE, { 'Content-Type': 'text/html' }),
      { code: 'challenge-page' },
    ],
    ['resets the connection', breaksOff(gzipSync(inMbox(1)).subarray(0, 30)), { code: 'cut-off' }],
    [
      'sends damaged gzip',
      answers(200, Buffer.concat([gzipSync(inMbox(1)).subarray(0, 12), Buffer.from('junk junk junk')])),
      { code: 'gzip-damaged' },
    ],
  ])('says what is wrong where the server %s', async (_, answer, failure) => {
    const outcome = await fetchThread(answer, failure.code === 'timeout' ? brief : timeouts);
    expect(outcome.failure).toBeInstanceOf(TransientFailure);
    expect(outcome.failure).toMatchObject(failure);
    expect(outcome.mails).toEqual([]);
  });

  it('gives the mails that came whole of half a gzip, and never half a mail', async () => {
    const long = Array.from({ length: 3000 }, (_, n) => `line ${n * 7919} ${n}\n`).join('');
    const packed = gzipSync(inMbox(1) + inMbox(2) + inMbox(3, long));
    const { mails, failure } = await fetchThread(answers(200, packed.subarray(0, packed.length - 200)));
    expect(mails).toEqual([mail(1), mail(2)]);
    expect(failure).toMatchObject({ code: 'truncated' });
  });

  it('skips a mail of 50 MB by name, and goes on', async () => {
    const { mails } = await fetchThread(
      answers(200, gzipSync(inMbox(1, `${'x'.repeat(75)}\n`.repeat(660_000)) + inMbox(2), { level: 1 })),
    );
    expect(mails).toEqual(['skipped too-large', mail(2)]);
  });
});
