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
import type { JoinFacts } from '../../src/digest/revision/revision.js';
import type { SeriesRecord } from '../../src/digest/series/record.js';

/** A corpus that the product read into a database of its own: measurements ask the store, as every command does. */
export interface IngestedCorpus {
  readonly store: Store;
  /** Message.id of every mail that was read. */
  readonly ids: ReadonlySet<string>;
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
}

/** Reads a file or folder of mail as `covernote ingest` does, into a temporary database that is removed after `use`. */
export async function withIngested<T>(
  path: string,
  { maintainers, change }: CorpusOptions,
  use: (corpus: IngestedCorpus) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'covernote-eval-'));
  const read = readConfig({ DATABASE_URL: `sqlite:${join(folder, 'eval.db')}`, MAINTAINERS: maintainers });
  if (!read.ok) throw new Error(read.problems.map((problem) => JSON.stringify(problem)).join('\n'));
  try {
    return await withLibrary(
      read.config,
      Date.now(),
      async ({ store }) => {
        const ids = new Set<string>();
        const start = performance.now();
        await ingest(openFiles(path), store, { parser: watchedParser(ids, change) });
        const ingestMs = performance.now() - start;
        const series: SeriesRecord[] = [];
        for await (const one of store.allSeries()) series.push(one);
        return await use({ store, ids, series, ingestMs, seriesOf: store.seriesByMessage });
      },
      'fill',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The product's parser in this thread, which notes what was read. */
function watchedParser(ids: Set<string>, change: CorpusOptions['change']): MailParser {
  const parser = inlineParser();
  return {
    close: parser.close,
    async parse(mails) {
      const outcomes = await parser.parse(mails);
      return outcomes.map((outcome) => {
        if (outcome.kind !== 'read') return outcome;
        ids.add(outcome.mail.key);
        if (change === undefined) return outcome;
        const facts = change(JSON.parse(Buffer.from(outcome.mail.facts).toString('utf8')));
        return { ...outcome, mail: { ...outcome.mail, facts: Buffer.from(JSON.stringify(facts)) } };
      });
    },
  };
}
