import { CLUSTERS, componentsOfKeys, writeComponents } from '../../adapters/store/component-rows.js';
import type { Db } from '../../adapters/store/schema.js';
import type { SearchIndex } from '../../adapters/store/search-index.js';
import type { DueMessage } from '../../adapters/store/underived.js';
import { MOST_CLUSTERED } from '../../digest/text/limits.js';
import { planJoin } from './components.js';
import { planLinks } from './derive-links.js';
import { planPulls } from './derive-pulls.js';
import { placeReplies } from './derive-replies.js';
import { emptyDraft, planRevisions } from './derive-revisions.js';
import { planSeries } from './derive-series.js';
import { placeNotices } from './place-notices.js';
import type { Planning } from './planning.js';
import { countReplies } from './quiet-replies.js';
import { type DerivationPlan, writeRevisions, writeSeries } from './write-derivation.js';
import type { WrittenMail } from './write-mail.js';

/**
 * How mail becomes series: messages that may belong together are joined in clusters (`joinClusters`, with the mail itself); the mail of a cluster
 * is assembled to revisions, revisions that are one piece of work are linked to series, and series described (`planDerivation`); all of
 * it is written (`writeDerivation`). When that happens, and what if it fails: see deriver.ts.
 */

/**
 * Joins the clusters of messages that have just been written; returns what is to be derived. Clusters are made of hashed keys (an id that a
 * mail has or names), and may be too large: what really belongs together is found when they are read.
 */
export async function joinClusters(on: Db, { joined, changed }: WrittenMail): Promise<DueMessage[]> {
  const own = joined.flatMap(({ keys }) => keys.slice(0, 1));
  const named = new Set((await componentsOfKeys(on, CLUSTERS, own)).keys());
  const due = new Map<number, DueMessage>();
  for (const id of changed) due.set(id, { message_id: id, why: 'changed', unnamed: 0 });
  for (const { id, component, keys } of joined) {
    const [first] = keys;
    const unnamed = component === null && first !== undefined && !named.has(first) ? 1 : 0;
    for (const key of keys) named.add(key);
    due.set(id, { message_id: id, why: component === null ? 'new' : 'replaced', unnamed });
  }
  await writeComponents(on, CLUSTERS, await planJoin(on, CLUSTERS, joined, MOST_CLUSTERED));
  return [...due.values()];
}

/** Computes what follows from messages that are stored, and whose clusters are joined. Reads only: it needs no lock. */
export async function planDerivation(around: Planning, due: readonly DueMessage[]): Promise<DerivationPlan> {
  const { on, breathe } = around;
  const draft = emptyDraft();
  // Most mails are replies, and most replies change no posting: they are placed, and counted, without their threads.
  const { rest, quiet } = await placeReplies(on, due, draft);
  // Everything else: mail → revisions.
  if (rest.length > 0) await planRevisions(around, rest, draft);
  await placeNotices(on, draft);
  const pulls = await planPulls(on, draft);
  await breathe();
  const { counted, touched } = await countReplies(on, quiet);
  for (const id of touched) draft.touched.add(id);
  // Revisions → series.
  const isSettled = draft.changed.size === 0 && draft.gone.length === 0;
  const linked = isSettled ? null : await planLinks(around, draft);
  await breathe();
  // Series → descriptions.
  const series = await planSeries(
    around,
    draft,
    linked ?? { groups: [], before: new Set(), facts: draft.facts },
    pulls,
  );
  const redone = new Set([
    ...series.removed.map(({ id }) => id),
    ...series.described.flatMap(({ row }) => row.revisions.flatMap((one) => one.series_id ?? [])),
  ]);
  return {
    assembled: draft,
    pulls,
    join: linked?.join ?? null,
    series,
    counted: counted.filter(({ id }) => !redone.has(id)),
    seriesOf: new Map(quiet.map(({ homeId, seriesId }) => [homeId, seriesId])),
  };
}

/** Writes what was planned, in a transaction in which nothing has changed since; returns the number of series described. */
export async function writeDerivation(on: Db, search: SearchIndex, plan: DerivationPlan): Promise<number> {
  await writeRevisions(on, plan);
  await writeSeries(on, search, plan);
  return plan.series.described.length + plan.counted.length;
}
