import { factsByKey, seriesDocuments } from '../../adapters/store/derivation-rows.js';
import { groupBy } from '../../adapters/store/group-by.js';
import type { Db } from '../../adapters/store/schema.js';
import type { JoinFacts } from '../../digest/revision/revision.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { timeOf } from '../../digest/state/claim-places.js';
import { latestOf } from '../../digest/time/iso.js';
import type { QuietReply } from './derive-replies.js';

/** A series that got quiet replies, which are counted without describing it again. */
export interface CountedSeries {
  readonly id: number;
  readonly search_row: number;
  readonly record: SeriesRecord;
}

export interface CountedReplies {
  readonly counted: readonly CountedSeries[];
  /** Members with something new: their series are to be described. */
  readonly touched: readonly number[];
}

/**
 * Counts quiet replies in the series that they belong to: a reply in a long thread costs as much as in a short one. Where one
 * decides something (the first answer to a posting, or one from before that), the series is described instead.
 */
export async function countReplies(on: Db, quiet: readonly QuietReply[]): Promise<CountedReplies> {
  if (quiet.length === 0) return { counted: [], touched: [] };
  const bySeries = groupBy(quiet, (reply) => reply.seriesId);
  const series = (await seriesDocuments(on, bySeries.keys())).map(({ id, search_row, document }) => ({
    id,
    search_row,
    record: JSON.parse(document) as SeriesRecord,
  }));
  const evidence = await factsByKey(on, new Set(series.flatMap(({ record }) => answerOf(record) ?? [])));
  const times = new Map(evidence.map((row) => [row.key, timeOf(JSON.parse(row.facts) as JoinFacts)]));
  const counted: CountedSeries[] = [];
  for (const { id, search_row, record } of series) {
    const replies = bySeries.get(id) ?? [];
    if (decides(record, times, replies)) continue;
    bySeries.delete(id);
    counted.push({ id, search_row, record: withReplies(record, replies) });
  }
  return { counted, touched: [...bySeries.values()].flat().map((reply) => reply.targetId) };
}

function withReplies(record: SeriesRecord, replies: readonly QuietReply[]): SeriesRecord {
  const ofPeople = replies.filter(({ facts }) => !facts.bot);
  return {
    ...record,
    replies: record.replies + ofPeople.length,
    updated: latestOf([record.updated, ...replies.map(receivedAt)]),
    heardAt: latestOf([record.heardAt, ...ofPeople.map(receivedAt)]),
  };
}

function receivedAt({ facts }: QuietReply): string | null {
  return facts.received ?? facts.date;
}

/** The reply on which it rests that a series is under review; null if it rests on something else, undefined if it is not known. */
function answerOf({ state }: SeriesRecord): string | null | undefined {
  const [evidence] = state.evidence;
  if (state.name !== 'under-review' || evidence?.source !== 'reply') return null;
  return evidence.messageId ?? undefined;
}

/** Whether the state of the series, or what it rests on, may change. `times`: of replies, by Message.id. */
function decides(
  record: SeriesRecord,
  times: ReadonlyMap<string, string>,
  replies: readonly QuietReply[],
): boolean {
  if (record.revisions.at(-1)?.outcome === 'new') return true;
  const answer = answerOf(record);
  if (answer === null) return false;
  const since = answer === undefined ? undefined : times.get(answer);
  return since === undefined || replies.some(({ facts }) => timeOf(facts) <= since);
}
