import { engineSql } from '../src/adapters/store/engine/engine-sql.js';
import { openEngine } from '../src/adapters/store/engine/open-engine.js';
import { searchRow } from '../src/adapters/store/search-index.js';
import { titleKey } from '../src/digest/search/words.js';
import type { SeriesRecord } from '../src/digest/series/record.js';

const BATCH = 2_000;
const DAY_MS = 86_400_000;

/**
 * Fills a database with copies of real series up to a number: each with its own ids, the halves of its title from two series, and one
 * identifier that nothing else has; spread over ten years.
 */
export async function replicate(path: string, models: readonly SeriesRecord[], count: number): Promise<void> {
  const { db, close } = await openEngine(path);
  const index = engineSql(db).search;
  for (let from = 0; from < count; from += BATCH) {
    await db.transaction().execute(async (on) => {
      for (let i = from; i < Math.min(count, from + BATCH); i++) {
        const record = replica(models, i);
        const row = searchRow(i + 1, record.updated);
        await on
          .insertInto('series')
          .values({
            id: i + 1,
            key: record.id,
            updated: record.updated,
            title_key: titleKey(record.title),
            search_row: row,
            joined: '{}',
            document: JSON.stringify(record),
          })
          .execute();
        await index.add(on, [{ row, record }]);
      }
    });
  }
  await close();
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
