import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { withLibrary } from '../../src/bot/compose.js';
import { readConfig } from '../../src/bot/config.js';
import { EXAMPLES_MAIL } from '../../src/bot/demo.js';
import type { Library } from '../../src/bot/library.js';
import { firstReading, ingestSources } from '../../src/bot/sources/ingest-sources.js';
import type { Digest } from '../../src/digest/plan/digest.js';
import { DAY_MS } from '../../src/digest/time/iso.js';

/** Opens a database that was filled, or a new one with the mail that ships. */
export async function withMail<T>(
  database: string | null,
  use: (library: Library) => Promise<T>,
): Promise<T> {
  const path = database ?? join(mkdtempSync(join(tmpdir(), 'covernote-preview-')), 'mail.db');
  const read = readConfig({ ...process.env, DATABASE_URL: `sqlite:${path}` });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return withLibrary(
    read.config,
    Date.now(),
    async (library) => {
      if (database === null)
        await ingestSources(library, [EXAMPLES_MAIL], Readable.from([]), () => {}, firstReading(Date.now()));
      return use(library);
    },
    database === null ? 'demo' : 'ask',
  );
}

/** The windows of one day with the fewest and the most series, by when they were received. */
export async function quietAndBusyDay({
  store,
}: Library): Promise<Record<'quiet' | 'busy', Digest['window']>> {
  const days = new Map<string, number>();
  for await (const series of store.allSeries())
    for (const { arrived } of series.revisions) {
      const day = arrived?.slice(0, 10);
      if (day !== undefined) days.set(day, (days.get(day) ?? 0) + 1);
    }
  const sorted = [...days].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1)).map(([day]) => day);
  const windowOf = (day = '2020-01-01') => ({
    since: `${day}T00:00:00Z`,
    until: new Date(Date.parse(day) + DAY_MS).toISOString(),
  });
  return { quiet: windowOf(sorted[0]), busy: windowOf(sorted.at(-1)) };
}
