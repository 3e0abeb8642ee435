import { toDocument } from '../src/adapters/store/document-text.js';
import { engineSql } from '../src/adapters/store/engine/engine-sql.js';
import { openEngine } from '../src/adapters/store/engine/open-engine.js';
import type { Db } from '../src/adapters/store/schema.js';
import { searchRow } from '../src/adapters/store/search-index.js';
import { insertRows } from '../src/adapters/store/sets.js';
import { titleKey } from '../src/digest/search/words.js';
import type { SeriesRecord } from '../src/digest/series/record.js';

const BATCH = 500;
const DAY_MS = 86_400_000;

/**
 * Fills a database with copies of real series up to a number: each with its own ids, the halves of its title from two series, and one
 * identifier that nothing else has; spread over ten years.
 */
export async function replicate(path: string, models: readonly SeriesRecord[], count: number): Promise<void> {
  const { db, close } = await openEngine(path);
  const index = engineSql(db).search;
  for (let from = 0; from < count; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => {
      const record = replica(models, from + n);
      return { id: from + n + 1, row: searchRow(from + n + 1, record.updated), record };
    });
    await db.transaction().execute(async (on) => {
      await addSeriesRows(
        on,
        batch.map(({ id, row, record }) => ({
          id,
          record,
          updated: record.updated,
          title_key: titleKey(record.title),
          search_row: row,
        })),
      );
      await index.add(on, batch);
    });
  }
  await index.keepSorted(db);
  await close();
}

const SERIES = {
  id: 'number',
  key: 'text',
  updated: 'text',
  title_key: 'text',
  search_row: 'number',
  joined: 'text',
  document: 'text',
} as const;

/** Series as ingest leaves them: their documents, and what they are looked up by. */
export function addSeriesRows(
  on: Db,
  series: readonly {
    readonly id: number;
    readonly record: SeriesRecord;
    readonly updated: string | null;
    readonly title_key: string;
    readonly search_row: number;
  }[],
): Promise<void> {
  const rows = series.map(({ record, ...row }) => ({
    ...row,
    key: record.id,
    joined: '{}',
    document: toDocument(record),
  }));
  return insertRows(on, 'series', SERIES, rows);
}

function replica(models: readonly SeriesRecord[], i: number): SeriesRecord {
  const model = models[i % models.length];
  const other = models[(i * 7919 + 13) % models.length];
  if (model === undefined || other === undefined) throw new Error('there is no series to copy');
  const round = Math.floor(i / models.length);
  const title =
    round === 0
      ? model.title
      : `${half(model.title, 0)} ${half(other.title, 1)} io_${(i * 48_271).toString(36)}`;
  const updated = new Date(Date.UTC(2026, 0, 1) - ((i * 104_729) % 3_650) * DAY_MS).toISOString();
  return {
    ...model,
    id: `${i.toString(16).padStart(12, '0')}`,
    title,
    updated: `${updated.slice(0, 19)}Z`,
    author: round % 3 === 0 ? model.author : other.author,
    revisions: model.revisions.map((revision) => ({
      ...revision,
      title: round === 0 ? revision.title : title,
      messageId: `${i}.${revision.messageId}`,
      patches: (round % 2 === 0 ? revision : (other.revisions.at(-1) ?? revision)).patches,
    })),
  };
}

function half(title: string, side: 0 | 1): string {
  const words = title.split(' ');
  const middle = Math.ceil(words.length / 2);
  return (side === 0 ? words.slice(0, middle) : words.slice(middle)).join(' ');
}
