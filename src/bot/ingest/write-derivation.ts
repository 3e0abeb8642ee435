import { LINKS, writeComponents } from '../../adapters/store/component-rows.js';
import { lastSeriesId, seriesByKey } from '../../adapters/store/derivation-rows.js';
import {
  addRevisions,
  addSeries,
  holdMessages,
  holdRepliesTo,
  holdRevisions,
  removeRevisions,
  removeSeries,
  setMemberships,
  setRevisions,
  setSeries,
  setSeriesDocuments,
  setSubsystems,
} from '../../adapters/store/derivation-writes.js';
import { toDocument } from '../../adapters/store/document-text.js';
import { setPullKeys } from '../../adapters/store/pull-rows.js';
import type { Db } from '../../adapters/store/schema.js';
import { type SearchIndex, searchRow } from '../../adapters/store/search-index.js';
import { joinedOf } from '../../adapters/store/series-group.js';
import { titleKey } from '../../digest/search/words.js';
import type { JoinPlan } from './components.js';
import type { PullPlan } from './derive-pulls.js';
import type { AssembledRevisions } from './derive-revisions.js';
import type { DescribedSeries, SeriesPlan } from './derive-series.js';
import type { CountedSeries } from './quiet-replies.js';

/** Everything that follows from some messages: what is to be written, and nothing of it written yet. */
export interface DerivationPlan {
  readonly assembled: AssembledRevisions;
  readonly pulls: PullPlan;
  /** null if no posting changed. */
  readonly join: JoinPlan | null;
  readonly series: SeriesPlan;
  readonly counted: readonly CountedSeries[];
  /** Revision → series, of replies that were counted. */
  readonly seriesOf: ReadonlyMap<number, number>;
}

/** Writes revisions, the keys of those that ask to pull, what links them, and where messages belong. */
export async function writeRevisions(
  on: Db,
  { assembled: { changed, gone, memberships }, pulls, join }: DerivationPlan,
): Promise<void> {
  await removeRevisions(
    on,
    gone.map(({ id }) => id),
  );
  const rows = [...changed].map(([id, { revision, document, component }]) => ({
    isNew: component === null,
    row: { id, document, received: revision.received ?? revision.date },
  }));
  await addRevisions(
    on,
    rows.flatMap(({ isNew, row }) => (isNew ? [row] : [])),
  );
  await setRevisions(
    on,
    rows.flatMap(({ isNew, row }) => (isNew ? [] : [row])),
  );
  await setPullKeys(
    on,
    pulls.gone,
    [...pulls.requests].flatMap(([id, { keys }]) => keys.map((key) => ({ key, message_id: id }))),
  );
  if (join !== null) await writeComponents(on, LINKS, join);
  await setMemberships(
    on,
    [...memberships].map(([id, { revisionId, targetId }]) => ({
      id,
      revision_id: revisionId,
      target_id: targetId,
    })),
  );
}

/** Writes series, and which of them holds what. */
export async function writeSeries(
  on: Db,
  search: SearchIndex,
  { series, counted, assembled, seriesOf: known }: Omit<DerivationPlan, 'join' | 'pulls'>,
): Promise<void> {
  // What is left of the old ones is deleted first, so that a new series can take an old one's name.
  await search.remove(
    on,
    series.removed.map((old) => old.search_row),
  );
  await removeSeries(
    on,
    series.removed.map((old) => old.id),
  );
  const ids = await storeSeries(on, search, series.described);
  await storeDocuments(on, search, counted);

  const seriesOf = new Map(known);
  const held: { id: number; series_id: number }[] = [];
  for (const [i, { row }] of series.described.entries())
    for (const { id, series_id } of row.revisions) {
      const now = ids[i] ?? 0;
      seriesOf.set(id, now);
      if (series_id !== now) held.push({ id, series_id: now });
    }
  await holdRevisions(on, held);
  const placed = [...assembled.memberships].flatMap(([id, { homeId, revisionId }]) => {
    const series_id = homeId === null ? undefined : seriesOf.get(homeId);
    return series_id === undefined ? [] : [{ id, series_id, isMember: revisionId !== null }];
  });
  await holdMessages(on, placed);
  await holdRepliesTo(
    on,
    placed.filter(({ isMember }) => isMember),
  );
}

/** Returns their row ids. */
async function storeSeries(
  on: Db,
  search: SearchIndex,
  described: readonly DescribedSeries[],
): Promise<number[]> {
  if (described.length === 0) return [];
  const keys = described.map(({ record }) => record.id);
  const old = new Map((await seriesByKey(on, keys)).map((row) => [row.key, row]));
  let last = await lastSeriesId(on);
  const rows = described.map(({ row, record }) => {
    const id = old.get(record.id)?.id ?? ++last;
    return {
      id,
      key: record.id,
      updated: record.updated,
      title_key: titleKey(record.title),
      search_row: searchRow(id, record.updated),
      joined: joinedOf(row.group),
      document: toDocument(record),
    };
  });
  await search.remove(
    on,
    [...old.values()].map((row) => row.search_row),
  );
  await addSeries(
    on,
    rows.filter(({ key }) => !old.has(key)),
  );
  await setSeries(
    on,
    rows.filter(({ key }) => old.has(key)),
  );
  await search.add(
    on,
    described.map(({ record }, i) => ({ row: rows[i]?.search_row ?? 0, record })),
  );
  await setSubsystems(
    on,
    [...old.values()].map(({ id }) => id),
    described.flatMap(({ record }, i) =>
      record.subsystems.map(({ slug, name, primary }) => ({
        series_id: rows[i]?.id ?? 0,
        slug,
        name,
        is_primary: primary ? 1 : 0,
      })),
    ),
  );
  return rows.map(({ id }) => id);
}

/** New documents of series whose words are the same. */
async function storeDocuments(on: Db, search: SearchIndex, counted: readonly CountedSeries[]): Promise<void> {
  const rows = counted.map(({ id, search_row, record }) => ({
    old: search_row,
    record,
    stored: {
      id,
      updated: record.updated,
      search_row: searchRow(id, record.updated),
      document: toDocument(record),
    },
  }));
  await setSeriesDocuments(
    on,
    rows.map(({ stored }) => stored),
  );
  const moved = rows.filter(({ old, stored }) => old !== stored.search_row);
  await search.remove(
    on,
    moved.map(({ old }) => old),
  );
  await search.add(
    on,
    moved.map(({ stored, record }) => ({ row: stored.search_row, record })),
  );
  await search.setActivity(
    on,
    rows
      .filter(({ old, stored }) => old === stored.search_row)
      .map(({ stored, record }) => ({ row: stored.search_row, record })),
  );
}
