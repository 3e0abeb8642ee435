import type { Components, JoinPlan } from './components.js';
import { planLinks } from './derive-links.js';
import { placeReplies } from './derive-replies.js';
import { type AssembledRevisions, emptyDraft, planRevisions } from './derive-revisions.js';
import { type Planning, planSeries, type SeriesPlan } from './derive-series.js';
import { type CountedSeries, countReplies } from './quiet-replies.js';
import type { DueMessage } from './underived.js';

/** All that follows from some messages: what is to be written, and nothing of it written yet. */
export interface DerivationPlan {
  readonly assembled: AssembledRevisions;
  /** null where no posting changed. */
  readonly join: JoinPlan | null;
  readonly series: SeriesPlan;
  readonly counted: readonly CountedSeries[];
  /** Revision → series, of replies that were counted. */
  readonly seriesOf: ReadonlyMap<number, number>;
}

/** Works out what follows from messages that are stored, and whose clusters are joined. Reads only: it needs no lock. */
export async function planDerivation(
  around: Planning,
  links: Components,
  due: readonly DueMessage[],
): Promise<DerivationPlan> {
  const { on, s, breathe } = around;
  const draft = emptyDraft();
  const { rest, quiet } = await placeReplies(on, s, due, draft);
  if (rest.length > 0) await planRevisions(around, rest, draft);
  await breathe();
  const { counted, touched } = await countReplies(on, s, quiet);
  for (const id of touched) draft.touched.add(id);
  const isSettled = draft.changed.size === 0 && draft.gone.length === 0;
  const linked = isSettled ? null : await planLinks(around, links, draft);
  await breathe();
  const series = await planSeries(
    around,
    draft,
    linked ?? { groups: [], before: new Set(), facts: draft.facts },
  );
  const redone = new Set([
    ...series.removed.map(({ id }) => id),
    ...series.described.flatMap(({ row }) => row.revisions.flatMap((one) => one.series_id ?? [])),
  ]);
  return {
    assembled: draft,
    join: linked?.join ?? null,
    series,
    counted: counted.filter(({ id }) => !redone.has(id)),
    seriesOf: new Map(quiet.map(({ homeId, seriesId }) => [homeId, seriesId])),
  };
}
