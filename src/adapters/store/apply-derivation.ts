import type { SeriesRecord } from '../../digest/series/record.js';
import type { Components } from './components.js';
import type { GroupRow } from './derive-links.js';
import type { DescribedSeries } from './derive-series.js';
import type { DeriveStatements } from './derive-statements.js';
import type { DerivationPlan } from './plan-derivation.js';
import type { SearchIndex } from './search-sqlite.js';
import { titleKey } from './search-words.js';
import { joinedOf } from './series-group.js';
import type { Runner } from './statement.js';

interface Surroundings {
  readonly on: Runner;
  readonly s: DeriveStatements;
  readonly links: Components;
  readonly search: SearchIndex;
}

/** Writes what was planned, in a transaction in which nothing has changed since; answers with the number of series described. */
export async function applyDerivation(around: Surroundings, plan: DerivationPlan): Promise<number> {
  const { on, s } = around;
  const { changed, gone, memberships } = plan.assembled;
  for (const { id } of gone) await s.removeRevision(on, { id });
  for (const [id, { revision, document, component }] of changed) {
    const columns = { id, document, received: revision.received ?? revision.date };
    if (component === null) await s.addRevision(on, columns);
    else await s.setRevision(on, columns);
  }
  if (plan.join !== null) await around.links.apply(on, plan.join);
  for (const [id, { revisionId, targetId }] of memberships)
    await s.setMembership(on, { id, revision_id: revisionId, target_id: targetId });
  // What is left of the old ones goes first, so that a new series can take an old one's name.
  for (const old of plan.series.removed) {
    await around.search.remove(on, old.search_row);
    await s.removeSeries(on, { id: old.id });
  }
  const seriesOf = new Map(plan.seriesOf);
  for (const described of plan.series.described) {
    const id = await storeSeries(around, described);
    for (const { id: revision } of described.row.revisions) seriesOf.set(revision, id);
  }
  for (const counted of plan.counted)
    await storeDocument(around, counted.id, counted.search_row, counted.record);
  for (const [id, { homeId, revisionId }] of memberships) {
    const series = homeId === null ? undefined : seriesOf.get(homeId);
    if (series === undefined) continue;
    await s.holdMessage(on, { id, series_id: series });
    if (revisionId !== null) await s.holdRepliesTo(on, { id, series_id: series });
  }
  return plan.series.described.length + plan.counted.length;
}

async function storeSeries(around: Surroundings, { row, record }: DescribedSeries): Promise<number> {
  const { on, s, search } = around;
  const [old] = await s.seriesByKey(on, { key: record.id });
  const id = old?.id ?? ((await s.lastSeries(on, {}))[0]?.id ?? 0) + 1;
  const searchRow = search.rowFor(id, record.updated);
  if (old !== undefined) await search.remove(on, old.search_row);
  const columns = {
    id,
    updated: record.updated,
    title_key: titleKey(record.title),
    search_row: searchRow,
    joined: joinedOf(row.group),
    document: JSON.stringify(record),
  };
  if (old === undefined) await s.addSeries(on, { ...columns, key: record.id });
  else await s.setSeries(on, columns);
  await search.add(on, searchRow, record);
  await s.clearSubsystems(on, { id });
  for (const { slug, name, primary } of record.subsystems)
    await s.addSubsystem(on, { series_id: id, slug, name, is_primary: primary ? 1 : 0 });
  await holdMail(around, id, row);
  return id;
}

/** Points revisions, members and what speaks of them to the series; those that it holds already are left alone. */
async function holdMail({ on, s }: Surroundings, seriesId: number, { revisions }: GroupRow): Promise<void> {
  for (const { id, series_id } of revisions) {
    if (series_id === seriesId) continue;
    await s.holdRevision(on, { revision_id: id, series_id: seriesId });
    await s.holdMembers(on, { revision_id: id, series_id: seriesId });
    await s.holdReplies(on, { revision_id: id, series_id: seriesId });
  }
}

/** A new document of a series whose words are the same. */
async function storeDocument(
  { on, s, search }: Surroundings,
  id: number,
  oldRow: number,
  record: SeriesRecord,
): Promise<void> {
  const row = search.rowFor(id, record.updated);
  if (row !== oldRow) await search.remove(on, oldRow);
  await s.setDocument(on, { id, updated: record.updated, search_row: row, document: JSON.stringify(record) });
  if (row !== oldRow) await search.add(on, row, record);
}
