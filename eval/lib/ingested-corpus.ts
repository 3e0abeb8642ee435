import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFiles } from '../../src/adapters/files/open-files.js';
import type { Store } from '../../src/adapters/store/store.js';
import { withLibrary } from '../../src/bot/compose.js';
import { readConfig } from '../../src/bot/config.js';
import { ingest } from '../../src/bot/ingest/ingest.js';
import { inlineParser } from '../../src/bot/ingest/inline-parser.js';
import type { MailParser } from '../../src/bot/ingest/mail-parser.js';
import type { MailStore } from '../../src/bot/ingest/mail-store.js';
import type { MailSource } from '../../src/digest/ports/mail-source.js';
import type { JoinFacts } from '../../src/digest/revision/revision.js';
import type { SeriesRecord } from '../../src/digest/series/record.js';

/** A corpus that the product read into a separate database: measurements query the store, as every command does. */
export interface IngestedCorpus {
  readonly store: Store;
  /** Message.id of every mail that was read. */
  readonly ids: ReadonlySet<string>;
  /** What joining knows of every mail that was read, by Message.id. */
  readonly facts: ReadonlyMap<string, JoinFacts>;
  /** The lists that it came over. */
  readonly listsOf: ReadonlyMap<string, readonly string[]>;
  readonly series: readonly SeriesRecord[];
  readonly ingestMs: number;
  /** The series that holds a message, as a member or a reply, by SeriesRecord.id. */
  seriesOf(messageId: string): Promise<SeriesRecord | null>;
}

export interface CorpusOptions {
  /** The path of a MAINTAINERS file. */
  readonly maintainers?: string;
  /** Changes what one mail says before it is stored, to measure without it. */
  readonly change?: (facts: JoinFacts) => JoinFacts;
  /** ISO UTC: mail with a later Date is left out. */
  readonly until?: string;
}

/** Reads a file or folder of mail as `covernote ingest` does, into a temporary database that is removed after `use`. */
export async function withIngested<T>(
  path: string,
  { maintainers, change, until }: CorpusOptions,
  use: (corpus: IngestedCorpus) => Promise<T>,
): Promise<T> {
  return withStore(maintainers, async (store) => {
    const ids = new Set<string>();
    const facts = new Map<string, JoinFacts>();
    const listsOf = new Map<string, readonly string[]>();
    const start = performance.now();
    await ingest(before(openFiles(path), until), store, {
      parser: watchedParser({ ids, facts, listsOf }, change),
    });
    const ingestMs = performance.now() - start;
    const series: SeriesRecord[] = [];
    for await (const one of store.allSeries()) series.push(one);
    return use({ store, ids, facts, listsOf, series, ingestMs, seriesOf: store.seriesByMessage });
  });
}

/** A temporary database, removed after `use`. */
async function withStore<T>(
  maintainers: string | undefined,
  use: (store: MailStore) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'covernote-eval-'));
  const read = readConfig({ DATABASE_URL: `sqlite:${join(folder, 'eval.db')}`, MAINTAINERS: maintainers });
  if (!read.ok) throw new Error(read.problems.map((problem) => JSON.stringify(problem)).join('\n'));
  try {
    return await withLibrary(read.config, Date.now(), ({ store }) => use(store), 'fill');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The product's parser in this thread, which notes what was read. */
interface Noted {
  readonly ids: Set<string>;
  readonly facts: Map<string, JoinFacts>;
  readonly listsOf: Map<string, readonly string[]>;
}

function watchedParser({ ids, facts, listsOf }: Noted, change: CorpusOptions['change']): MailParser {
  const parser = inlineParser();
  return {
    close: parser.close,
    async parse(mails) {
      const outcomes = await parser.parse(mails);
      return outcomes.map((outcome) => {
        if (outcome.kind !== 'read') return outcome;
        const { key, lists } = outcome.mail;
        ids.add(key);
        listsOf.set(key, lists);
        const read = JSON.parse(Buffer.from(outcome.mail.facts).toString('utf8')) as JoinFacts;
        const own = change === undefined ? read : change(read);
        facts.set(key, own);
        if (change === undefined) return outcome;
        return { ...outcome, mail: { ...outcome.mail, facts: Buffer.from(JSON.stringify(own)) } };
      });
    },
  };
}

/**
 * The series of a corpus as they were at the beginning of some days (ISO UTC, ascending): it is read once, day by day, as the mail's Dates
 * say.
 */
export async function eachDay(
  path: string,
  { maintainers, days }: { readonly maintainers: string; readonly days: readonly string[] },
  use: (day: string, series: readonly SeriesRecord[], store: Store) => Promise<void>,
): Promise<void> {
  await withStore(maintainers, async (store) => {
    let from: string | undefined;
    for (const day of days) {
      await ingest(before(openFiles(path), day, from), store, { parser: inlineParser() });
      const series: SeriesRecord[] = [];
      for await (const one of store.allSeries()) series.push(one);
      await use(day, series, store);
      from = day;
    }
  });
}

/** A source without the mail that has a later Date, or one before `from`, or one that cannot be read. */
function before(source: MailSource, until: string | undefined, from?: string): MailSource {
  if (until === undefined) return source;
  return {
    ...source,
    async *read(request) {
      for await (const event of source.read(request)) {
        const head =
          event.kind === 'mail' ? Buffer.from(event.raw.subarray(0, 64_000)).toString('latin1') : '';
        const sent = Date.parse(/^Date:[ \t]*(.{5,60})$/im.exec(head)?.[1] ?? '');
        const isLater = from === undefined || sent >= Date.parse(from);
        if (event.kind !== 'mail' || (sent < Date.parse(until) && isLater)) yield event;
      }
    },
  };
}
