import { copyHash } from '../../adapters/store/copy-hash.js';
import type { PreparedMail } from '../../adapters/store/prepared-mail.js';
import type { BotSetting } from '../../digest/mail/bots.js';
import type { Problem } from '../../digest/mail/mail.js';
import type { MailSource, ReadRequest, SourceEvent } from '../../digest/ports/mail-source.js';
import { toIso } from '../../digest/time/iso.js';
import { createAhead, createPile, type ParsedGroup } from './ahead.js';
import { type Careful, keyOf, readCarefully, strikeOfProblem } from './careful.js';
import { createCarefulWriter, type Outcome } from './careful-writer.js';
import type { MailParser, RawMail } from './mail-parser.js';
import type { MailSink } from './mail-store.js';
import { createParser } from './worker-parser.js';

/** How often each thing happened, by its code, with the first case. */
type Tally = Readonly<Record<string, { readonly count: number; readonly example: string }>>;

/** What a run found. */
export interface IngestCounts {
  /** Mails that the source gave. */
  readonly read: number;
  /** Messages that were not here. */
  readonly new: number;
  /** Mails that were here already, as they are or on another list. */
  readonly known: number;
  /** By code: what was left out. */
  readonly skipped: Tally;
  /** By code: what was read though something did not add up; of new mails alone. */
  readonly problems: Tally;
}

export interface IngestProgress {
  /** Bytes of the source that were read, and in total; null if it does not know. */
  readonly done: number;
  readonly total: number | null;
  /** Mails. */
  readonly read: number;
}

export interface IngestOptions {
  readonly onProgress?: (progress: IngestProgress) => void;
  /** The time, ISO UTC with seconds. */
  readonly now?: () => string;
  /** Where mails are read; closed by its creator. */
  readonly parser?: MailParser;
  /** Programs that configuration adds, where no parser is given. */
  readonly bots?: readonly BotSetting[];
  /** Mails of one transaction. */
  readonly batchSize?: number;
  /** From where, and until when, to read: for sources that are followed. */
  readonly request?: ReadRequest;
  /** What a source says besides mails, in its order: when it is called, all mail before it is stored. */
  readonly onMark?: (event: SourceMark) => Promise<void>;
}

export type SourceMark = Extract<SourceEvent, { kind: 'removed' | 'evidence' | 'cursor' }>;

const REUSED_ID: Problem = {
  code: 'message-id-reused',
  detail: 'another mail has this Message-ID; the one received first is shown',
};

/** Pages of random keys are written once a batch: in batches of 100 mails 40 % more bytes go to the disk, for 6 MB less of memory. */
const BATCH_MAILS = 250;
const BATCH_BYTES = 3 * 1024 * 1024;
/** How many are checked together for being stored already: with 128 the parser was idle meanwhile, and all took 14 s instead of 10. */
const ARRIVED_MAILS = 16;
const ARRIVED_BYTES = 160 * 1024;
const isoNow = () => toIso(Date.now());

/**
 * Reads a source into the database: mails are split off here, read in another thread, and stored here in batches, each with
 * everything that follows from it in one transaction. The result is the same however often it is run and wherever it was stopped.
 */
export async function ingest(
  source: MailSource,
  store: MailSink,
  options: IngestOptions = {},
): Promise<IngestCounts> {
  const parser = options.parser ?? createParser({ bots: options.bots ?? [] });
  let careful: Careful | null = null;
  try {
    careful = await readCarefully({ store, now: options.now ?? isoNow });
    return await run(source, store, parser, careful, options);
  } finally {
    await careful?.end();
    if (options.parser === undefined) await parser.close();
  }
}

async function run(
  source: MailSource,
  store: MailSink,
  parser: MailParser,
  careful: Careful,
  { onProgress, now = isoNow, batchSize = BATCH_MAILS, request, onMark }: IngestOptions,
): Promise<IngestCounts> {
  const counts = { read: 0, new: 0, known: 0 };
  const skipped = createTally();
  const problems = createTally();
  const arrived = createPile<RawMail>(ARRIVED_MAILS, ARRIVED_BYTES);
  const batch = createPile<PreparedMail>(batchSize, BATCH_BYTES);
  const writer = createCarefulWriter({ careful, parser, store, source: source.name, now });
  const account = ({ fresh, known, reused, abandoned, read, skipped: left }: Outcome): void => {
    counts.new += fresh;
    counts.known += known;
    for (const where of reused) problems.add(REUSED_ID, where);
    for (const { where, ...problem } of abandoned) problems.add(problem, where);
    for (const mail of read) for (const problem of mail.problems) problems.add(problem, mail.where);
    for (const { problem, where } of left) skipped.add(problem, where);
  };
  for (const { where, ...problem } of await store.resume(now())) problems.add(problem, where);
  const flush = async (): Promise<void> => {
    if (!batch.isEmpty()) account(await writer.write(batch.take()));
  };
  const readAlone = async (mail: RawMail): Promise<void> => {
    await flush();
    account(await writer.readAlone(mail));
  };
  const take = async ({ outcomes, sizes, struck }: ParsedGroup): Promise<void> => {
    for (const [i, outcome] of outcomes.entries()) {
      const mail = struck?.[i];
      if (outcome.kind === 'skipped' && mail !== undefined && strikeOfProblem(outcome.problem) !== null) {
        await careful.suspect([mail.copyHash]);
        await readAlone(mail);
        continue;
      }
      if (outcome.kind === 'skipped') {
        skipped.add(outcome.problem, outcome.where);
        continue;
      }
      for (const problem of outcome.mail.problems) problems.add(problem, outcome.mail.where);
      batch.add(outcome.mail, sizeOf(outcome.mail, sizes[i] ?? 0));
      if (batch.isFull()) await flush();
    }
  };
  const give = async (mail: RawMail): Promise<void> => {
    const care = careful.careFor(mail.copyHash);
    if (care === 'together') return ahead.add(mail);
    if (care === 'not') return skipped.add(careful.problemOf(mail.copyHash), mail.where);
    await ahead.end();
    await readAlone(mail);
  };
  const admit = async (): Promise<void> => {
    if (arrived.isEmpty()) return;
    const mails = arrived.take();
    const here = await store.storedCopies(mails.map((mail) => mail.copyHash));
    for (const mail of mails)
      if (here.has(keyOf(mail.copyHash))) counts.known++;
      else await give(mail);
  };
  const ahead = createAhead((mails) => parseGroup(careful, parser, mails), take);
  const mark = async (event: SourceMark): Promise<void> => {
    await flush();
    await onMark?.(event);
  };

  let failure: { readonly cause: unknown } | null = null;
  const events = untilFailure(source.read(request), (cause) => {
    failure = { cause };
  });
  for await (const event of events) {
    if (event.kind === 'progress') onProgress?.({ done: event.done, total: event.total, read: counts.read });
    else if (event.kind === 'skipped') skipped.add(event.problem, event.where);
    else if (event.kind === 'mail') {
      counts.read++;
      arrived.add(toRawMail(event), event.raw.byteLength);
      if (arrived.isFull()) await admit();
    } else {
      await admit();
      await ahead.after(() => mark(event));
    }
  }
  await admit();
  await ahead.end();
  await flush();
  // What it yielded before is kept: a source that fails half-way each time still gets further each time.
  if (failure !== null) throw (failure as { readonly cause: unknown }).cause;
  return { ...counts, skipped: skipped.result(), problems: problems.result() };
}

/** The events of a source, which end where it fails. */
async function* untilFailure(
  events: AsyncIterable<SourceEvent>,
  onFailure: (cause: unknown) => void,
): AsyncGenerator<SourceEvent> {
  try {
    yield* events;
  } catch (cause) {
    onFailure(cause);
  }
}

async function parseGroup(
  careful: Careful,
  parser: MailParser,
  mails: readonly RawMail[],
): Promise<ParsedGroup> {
  const hashes = mails.map((mail) => mail.copyHash);
  const sizes = mails.map(({ raw }) => raw.byteLength);
  const outcomes = await careful.together(hashes, () => parser.parse(mails));
  const struck = outcomes.some((one) => one.kind === 'skipped' && strikeOfProblem(one.problem) !== null);
  return { outcomes, sizes, struck: struck ? mails : null };
}

/** By the mail as it was given: who compresses it is chance, and the same mail must be cut into the same batches each time. */
function sizeOf({ facts, posting }: PreparedMail, given: number): number {
  return given + facts.length + (posting?.length ?? 0);
}

function createTally() {
  const counts = new Map<string, { count: number; example: string }>();
  return {
    add(problem: Problem, where: string): void {
      const entry = counts.get(problem.code);
      if (entry !== undefined) entry.count++;
      else {
        const example = problem.detail === '' ? where : `${where}: ${problem.detail}`;
        counts.set(problem.code, { count: 1, example });
      }
    },
    result: (): Tally => Object.fromEntries(counts),
  };
}

function toRawMail(event: Extract<SourceEvent, { kind: 'mail' }>): RawMail {
  const { raw, list, receivedAt, problems, where } = event;
  const origin = { list, receivedAt, problems };
  return { raw, origin, where, copyHash: copyHash(raw, origin), compress: false };
}
