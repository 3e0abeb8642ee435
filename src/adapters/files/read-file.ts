import { open } from 'node:fs/promises';
import type { Problem } from '../../digest/mail/mail.js';
import type { SourceEvent } from '../../digest/ports/mail-source.js';
import type { Found, Splitter } from './found.js';
import { gunzip, isGzip } from './gunzip.js';
import { CHUNK_BYTES, SNIFF_BYTES } from './limits.js';
import { sniff } from './sniff.js';

const EXPECTED =
  'expected mbox, a mail, a Maildir, a Markdown dump of patchwork mails, or one of these gzipped';

/**
 * Reads a file in chunks; each is fresh, so that pieces of it can be kept. With its size known (null
 * for pipes) a small file costs one small read: a Maildir has 100,000 of them.
 */
export async function* fileChunks(path: string, size: number | null): AsyncGenerator<Buffer> {
  const file = await open(path, 'r');
  const length = size === null ? CHUNK_BYTES : Math.min(size + 1, CHUNK_BYTES);
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, null);
      if (bytesRead > 0) yield buffer.subarray(0, bytesRead);
      // One byte more than the file has was requested: if fewer come, the file ended.
      if (bytesRead === 0 || (size !== null && size < CHUNK_BYTES && bytesRead === size)) return;
    }
  } finally {
    await file.close();
  }
}

/** The chunks with at least `count` bytes, or all there are, gathered in the first. */
async function* gathered(chunks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let first: Buffer[] | null = [];
  let length = 0;
  for await (const chunk of chunks) {
    if (first === null) {
      yield chunk;
      continue;
    }
    first.push(chunk);
    length += chunk.length;
    if (length < count) continue;
    yield Buffer.concat(first);
    first = null;
  }
  if (first !== null) yield Buffer.concat(first);
}

/** Unpacks where the first bytes say gzip, else hands on. */
async function* unpacked(
  chunks: AsyncIterable<Buffer>,
  onDamage: (problem: Problem) => void,
): AsyncGenerator<Buffer> {
  const iterator = gathered(chunks, 2);
  // A loop would return the iterator by itself; where the reader leaves early, the file must still be closed.
  try {
    const first = await iterator.next();
    if (first.done) return;
    async function* all(): AsyncGenerator<Buffer> {
      yield first.value as Buffer;
      yield* iterator;
    }
    yield* isGzip(first.value) ? gunzip(all(), onDamage) : all();
  } finally {
    await iterator.return(undefined);
  }
}

/**
 * Reads the mails of one input, whatever its kind. `afterChunk` returns an event after each chunk (progress). Errors of the input itself
 * are thrown.
 */
export async function* readMails(
  where: string,
  chunks: AsyncIterable<Buffer>,
  afterChunk: () => SourceEvent | null,
): AsyncGenerator<SourceEvent> {
  let splitter: Splitter | null = null;
  let damage: Problem | null = null;
  let count = 0;
  const named = (found: Found): SourceEvent => {
    count++;
    const place = splitter?.numbered ? `${where}, message ${count}` : where;
    return found.kind === 'mail'
      ? { kind: 'mail', raw: found.raw, receivedAt: null, list: null, where: place, problems: found.problems }
      : { kind: 'skipped', where: place, problem: found.problem };
  };
  for await (const chunk of gathered(
    unpacked(chunks, (problem) => (damage = problem)),
    SNIFF_BYTES,
  )) {
    if (chunk.length === 0) continue;
    if (splitter === null) {
      const kind = sniff(chunk.subarray(0, SNIFF_BYTES));
      if (kind.kind === 'not-mail') {
        yield {
          kind: 'skipped',
          where,
          problem: { code: 'not-mail', detail: `found ${kind.found}; ${EXPECTED}` },
        };
        return;
      }
      splitter = kind.makeSplitter();
    }
    for (const found of splitter.push(chunk)) yield named(found);
    const event = afterChunk();
    if (event !== null) yield event;
  }
  const rest = splitter?.end() ?? [];
  for (const [at, found] of rest.entries()) {
    yield named(at === rest.length - 1 && damage !== null ? withProblem(found, damage) : found);
  }
  if (rest.length === 0) {
    const problem = damage ?? { code: 'not-mail', detail: `found an empty file; ${EXPECTED}` };
    yield { kind: 'skipped', where, problem };
  }
}

function withProblem(found: Found, problem: Problem): Found {
  if (found.kind === 'skipped') return { kind: 'skipped', problem };
  const others = found.problems.filter(({ code }) => code !== problem.code);
  return { ...found, problems: [...others, problem] };
}
