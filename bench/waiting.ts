import { toDocument } from '../src/adapters/store/document-text.js';
import { openEngine } from '../src/adapters/store/engine/open-engine.js';
import type { Db } from '../src/adapters/store/schema.js';
import { DEFAULT_LAYOUT } from '../src/digest/plan/layout.js';
import { myBoard } from '../src/digest/plan/my-board.js';
import { board } from '../src/digest/plan/waiting.js';
import type { SeriesRecord } from '../src/digest/series/record.js';
import { emptyCatalog } from '../src/digest/subsystem/catalog.js';
import { DAY_MS, toIso } from '../src/digest/time/iso.js';

/** Open series of a board. */
const OPEN = 500;
const TIMES = 20;
/** A weekly digest lists what is waiting in addition to the news. */
export const WEEKLY_LAYOUT = {
  ...DEFAULT_LAYOUT,
  sections: [...DEFAULT_LAYOUT.sections, 'waiting' as const],
};

/** A series that no one has answered since a moment (ISO UTC). */
export function unanswered(series: SeriesRecord, since: string): SeriesRecord {
  const revisions = series.revisions.map((revision, at) =>
    at < series.revisions.length - 1 ? revision : { ...revision, rfc: false, arrived: since, date: since },
  );
  const state = { name: 'new', evidence: [] } as const;
  return { ...series, kind: 'series', bot: false, prefixes: [], revisions, state, updated: since };
}

/** Median milliseconds of processor time from stored documents to a board of 500 series that wait, and to a person's. */
export function measureBoard(
  models: readonly SeriesRecord[],
  nowMs: number,
): { boardMs: number; mineMs: number } {
  const now = toIso(nowMs);
  const documents = Array.from({ length: OPEN }, (_, i) => {
    const model = models[i % models.length];
    if (model === undefined) throw new Error('there is no series to copy');
    return toDocument({ ...unanswered(model, toIso(nowMs - 10 * DAY_MS)), id: `${i}` });
  });
  const [someone = ''] = models[0]?.recipients ?? [];
  const read = () => documents.map((document) => JSON.parse(document) as SeriesRecord);
  const person = { emails: [someone], catalog: emptyCatalog() };
  return {
    boardMs: median(() => board(read(), now)),
    mineMs: median(() => myBoard(read(), person, now)),
  };
}

function median(work: () => unknown): number {
  const taken = Array.from({ length: TIMES }, () => {
    const from = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(from);
    return (user + system) / 1_000;
  }).sort((a, b) => a - b);
  return taken[TIMES >> 1] ?? 0;
}

/** Lets all places of a database have a digest a week, with what waits; and all its old series wait since a moment. */
export async function makeWeekly(
  path: string,
  { day, since }: { day: number; since: string },
): Promise<void> {
  const { db, close } = await openEngine(path);
  await db.transaction().execute(async (on: Db) => {
    for (const { id, schedule } of await on.selectFrom('destination').select(['id', 'schedule']).execute()) {
      const weekly = JSON.stringify({ ...JSON.parse(schedule ?? '{}'), days: [day] });
      await on
        .updateTable('destination')
        .set({ schedule: weekly, layout: JSON.stringify(WEEKLY_LAYOUT) })
        .where('id', '=', id)
        .execute();
    }
    for (const row of await on
      .selectFrom('series')
      .select(['id', 'search_row', 'document'])
      .where('updated', '<', since)
      .execute()) {
      const series = unanswered(JSON.parse(row.document) as SeriesRecord, since);
      await on
        .updateTable('series')
        .set({ document: toDocument(series) })
        .where('id', '=', row.id)
        .execute();
      await on
        .insertInto('series_head')
        .values({
          row: row.search_row,
          key: series.id,
          version: '',
          title: series.title,
          people: '',
          updated: since,
          activity: 0,
          state: 'new',
        })
        .execute();
    }
  });
  await close();
}
