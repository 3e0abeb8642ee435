import { join } from 'node:path';
import { ingest } from '../src/bot/ingest/ingest.js';
import { inlineParser } from '../src/bot/ingest/inline-parser.js';
import type { MailStore } from '../src/bot/ingest/mail-store.js';
import { openMailStore } from '../src/bot/ingest/open-mail-store.js';
import { archiveUrl } from '../src/digest/mail/archive-url.js';
import type { MailSource, SourceEvent } from '../src/digest/ports/mail-source.js';
import { emptyCatalog } from '../src/digest/subsystem/catalog.js';

/** How the processor time of a mail grows with what is there already, or with its own size: 1 is flat, 8 would be quadratic. */
export interface Slope {
  readonly name: string;
  /** Milliseconds of processor time a mail, at 1, 2, 4 and 8 times the size. */
  readonly msPerMail: readonly number[];
}

interface Letter {
  readonly id: string;
  readonly subject: string;
  readonly answers?: string;
  readonly from?: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

const SIZES = [1, 2, 4, 8];
/** As the bot that reads live mail. */
const BATCH = 16;
const START_MS = Date.UTC(2026, 0, 1);

/** Clusters that grow, up to `largest` mails each. */
export async function* measureClusters(folder: string, largest: number): AsyncGenerator<Slope> {
  for (const [name, most, letter] of clusters(largest))
    yield await measure(
      name,
      SIZES.map((size) => letters(Math.round((most * size) / 8), letter)),
      folder,
    );
}

/** Single fields that grow, in a few mails each. */
export async function* measureFields(folder: string): AsyncGenerator<Slope> {
  for (const [name, grow] of FIELDS) {
    const sized = SIZES.map((size) => letters(FIELD_MAILS, (n) => ({ ...patch(n), ...grow(size * 250) })));
    // Per unit of size: reading twice as much takes twice as long at best.
    const { msPerMail } = await measure(name, sized, folder);
    yield { name, msPerMail: msPerMail.map((ms, at) => ms / (SIZES[at] ?? 1)) };
  }
}

/** Ten mails with 2,000 different tags each, and ten ordinary ones of the same size. */
export async function measureTags(
  folder: string,
): Promise<{ readonly tagsMs: number; readonly plainMs: number }> {
  const tags = letters(10, (n) => ({ ...inSeries(n), body: tagLines(n, 2_000) + DIFF }));
  const plain = letters(10, (n) => ({ ...inSeries(n), body: prose(tagLines(n, 2_000).length) + DIFF }));
  await cpuOf(join(folder, 'warm.db'), plain);
  return {
    plainMs: await cpuOf(join(folder, 'plain.db'), plain),
    tagsMs: await cpuOf(join(folder, 'tags.db'), tags),
  };
}

/** Replies that arrive alone, in a short and in a long thread: milliseconds of processor time each. */
export async function measureAlone(
  folder: string,
  long: number,
): Promise<{ readonly shortMs: number; readonly longMs: number }> {
  const store = await open(join(folder, 'alone.db'));
  await read(store, letters(10, threadReply), BATCH);
  const shortMs = await alone(store, 10);
  await read(store, letters(long, threadReply).slice(60), 250);
  const longMs = await alone(store, long + 1_000);
  await store.close();
  return { shortMs, longMs };
}

async function alone(store: MailStore, from: number): Promise<number> {
  const mails = Array.from({ length: 50 }, (_, i) => write(threadReply(from + i), from + i));
  const before = process.cpuUsage();
  await read(store, mails, 1);
  return cpuSince(before) / mails.length;
}

function clusters(largest: number): [string, number, (n: number) => Letter][] {
  const title = 'mm/gup: factor out page counting';
  return [
    [`one thread of ${largest} replies`, largest, threadReply],
    [
      `${largest / 4} versions of one series`,
      largest / 4,
      (n) => ({ ...patch(n), subject: `[PATCH v${n + 1}] ${title}` }),
    ],
    [`${largest} mails with one title`, largest, (n) => ({ ...patch(n), subject: `[PATCH] ${title}` })],
    [
      `${largest} replies to <yes>`,
      largest,
      (n) => ({ id: `yes-${n}@example.org`, subject: `Re: ${title}`, answers: 'yes', body: 'Yes.\n' }),
    ],
    [
      `${largest} replies to a mail that is not here`,
      largest,
      (n) => ({
        id: `lost-${n}@example.org`,
        subject: `Re: ${title}`,
        answers: 'lost@example.org',
        body: 'Yes.\n',
      }),
    ],
  ];
}

/** A patch, and everything else answers it or what answers it; every twentieth has a tag of one of fifty people. */
function threadReply(n: number): Letter {
  const subject = '[PATCH] mm/gup: factor out page counting';
  if (n === 0) return { id: 'thread-0@example.org', subject, body: `Count pages once.\n${DIFF}` };
  const who = `Person ${n % 50} <person${n % 50}@example.org>`;
  return {
    id: `thread-${n}@example.org`,
    subject: `Re: ${subject}`,
    from: who,
    answers: `thread-${n % 3 === 0 ? 0 : Math.floor(n / 2)}@example.org`,
    body: n % 20 === 0 ? `Fine.\n\nReviewed-by: ${who}\n` : 'I do not see why.\n',
  };
}

const FIELD_MAILS = 12;
const FIELDS: readonly (readonly [string, (size: number) => Partial<Letter>])[] = [
  ['To', (size) => ({ headers: [`To: ${many(size, (i) => `p${i}@example.org`, ',\n ')}`] })],
  ['Cc', (size) => ({ headers: [`Cc: ${many(size, (i) => `Person ${i} <p${i}@example.org>`, ',\n ')}`] })],
  [
    'References',
    (size) => ({ headers: [`References: ${many(size, (i) => `<ref${i}@example.org>`, '\n ')}`] }),
  ],
  ['Subject', (size) => ({ subject: `[PATCH] mm: ${many(size, (i) => `word${i}`, ' ')}` })],
  ['Subject tags', (size) => ({ subject: `${many(size, (i) => `[t${i}]`, '')} mm: fix` })],
  ['X-Trace', (size) => ({ headers: Array.from({ length: size }, (_, i) => `X-Trace-${i}: ${i}`) })],
  ['prose', (size) => ({ body: prose(size * 70) })],
  ['quotes', (size) => ({ body: many(size, (i) => `> line ${i}`, '\n') })],
  ['tags', (size) => ({ body: tagLines(1, size) })],
  [
    'links',
    (size) => ({ body: many(size, (i) => `Link: https://lore.kernel.org/r/l${i}@example.org`, '\n') }),
  ],
  ['changelog', (size) => ({ body: many(size, (i) => `Changes in v${(i % 99) + 2}:\n - item ${i}`, '\n') })],
  ['shortlog', (size) => ({ body: `Ada Example (${size}):\n${many(size, (i) => `  mm: step ${i}`, '\n')}` })],
  ['diffstat', (size) => ({ body: `---\n${many(size, (i) => ` mm/f${i}.c | 2 +-`, '\n')}` })],
  ['diff', (size) => ({ body: `---\n${many(size, (i) => diffOf(`mm/f${i}.c`), '')}` })],
];

function many(size: number, one: (i: number) => string, between: string): string {
  return Array.from({ length: size }, (_, i) => one(i)).join(between);
}

function tagLines(n: number, count: number): string {
  return `${many(count, (i) => `Reviewed-by: Name${n}x${i} Surname${n}x${i} <r${n}x${i}@example.org>`, '\n')}\n`;
}

function prose(length: number): string {
  return 'The page is walked twice, which is slow where many are pinned at once.\n'.repeat(
    Math.ceil(length / 71),
  );
}

function diffOf(path: string): string {
  return `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-old\n+new ${path}\n`;
}

const DIFF = `---\n mm/gup.c | 2 +-\n\n${diffOf('mm/gup.c')}`;

function patch(n: number): Letter {
  return { id: `mail-${n}@example.org`, subject: `[PATCH] mm: thing ${n}`, body: `A thing.\n${DIFF}` };
}

function inSeries(n: number): Letter {
  return {
    id: `series-${n}@example.org`,
    subject: `[PATCH ${n + 1}/10] mm: step ${n + 1}`,
    ...(n === 0 ? {} : { answers: 'series-0@example.org' }),
  };
}

function letters(count: number, letter: (n: number) => Letter): Buffer[] {
  return Array.from({ length: Math.max(1, count) }, (_, n) => write(letter(n), n));
}

function write(letter: Letter, n: number): Buffer {
  const date = new Date(START_MS + n * 60_000).toUTCString().replace('GMT', '+0000');
  const answers = letter.answers === undefined ? [] : [`In-Reply-To: <${letter.answers}>`];
  return Buffer.from(
    [
      `Received: from a.example.org by lists.example.org; ${date}`,
      `Message-ID: <${letter.id}>`,
      `From: ${letter.from ?? 'Ada Example <ada@example.org>'}`,
      ...(letter.headers?.some((line) => line.startsWith('To:')) ? [] : ['To: linux-mm@example.org']),
      `Date: ${date}`,
      `Subject: ${letter.subject}`,
      ...answers,
      ...(letter.headers ?? []),
      '',
      letter.body ?? '',
    ].join('\n'),
  );
}

async function measure(name: string, sized: readonly (readonly Buffer[])[], folder: string): Promise<Slope> {
  const msPerMail: number[] = [];
  for (const [at, mails] of sized.entries()) {
    const path = join(folder, `slope-${name.replace(/\W+/g, '-')}-${at}.db`);
    msPerMail.push((await cpuOf(path, mails)) / mails.length);
  }
  return { name, msPerMail };
}

async function cpuOf(path: string, mails: readonly Buffer[]): Promise<number> {
  const store = await open(path);
  const before = process.cpuUsage();
  await read(store, mails, BATCH);
  const ms = cpuSince(before);
  await store.close();
  return ms;
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function open(path: string): Promise<MailStore> {
  const catalog = emptyCatalog();
  const links = archiveUrl('https://lore.kernel.org/{list}/{id}/');
  return openMailStore(`sqlite:${path}`, { catalog: () => catalog, archiveUrl: links });
}

async function read(store: MailStore, mails: readonly Buffer[], batchSize: number): Promise<void> {
  const source: MailSource = {
    name: 'slopes',
    async *read(): AsyncGenerator<SourceEvent> {
      for (const [n, raw] of mails.entries())
        yield { kind: 'mail', raw, list: null, receivedAt: null, problems: [], where: `mail ${n}` };
    },
  };
  await ingest(source, store, { parser: inlineParser(), batchSize });
}
