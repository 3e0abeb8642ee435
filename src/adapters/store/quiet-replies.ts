import type { JoinFacts } from '../../digest/revision/revision.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { timeOf } from '../../digest/state/judge-claims.js';
import type { QuietReply } from './derive-replies.js';
import type { DeriveStatements } from './derive-statements.js';
import type { Runner } from './statement.js';

/** A series that got quiet replies, which are counted without describing it anew. */
export interface CountedSeries {
  readonly id: number;
  readonly search_row: number;
  readonly record: SeriesRecord;
}

export interface CountedReplies {
  readonly counted: readonly CountedSeries[];
  /** Members of which something more is to be told: their series are to be described. */
  readonly touched: readonly number[];
}

/**
 * Counts quiet replies in the series that they belong to: a reply in a long thread costs as much as in a short one. Where one
 * decides something (the first answer to a posting, or one from before that), the series is described instead.
 */
export async function countReplies(
  on: Runner,
  s: DeriveStatements,
  quiet: readonly QuietReply[],
): Promise<CountedReplies> {
  const bySeries = new Map<number, QuietReply[]>();
  for (const reply of quiet) {
    const others = bySeries.get(reply.seriesId);
    if (others === undefined) bySeries.set(reply.seriesId, [reply]);
    else others.push(reply);
  }
  const counted: CountedSeries[] = [];
  const touched: number[] = [];
  for (const { id, search_row, document } of unique(await s.seriesDocuments(on, [...bySeries.keys()]))) {
    const replies = bySeries.get(id) ?? [];
    bySeries.delete(id);
    const record = JSON.parse(document) as SeriesRecord;
    if (await decides(on, s, record, replies)) touched.push(...replies.map((reply) => reply.targetId));
    else counted.push({ id, search_row, record: withReplies(record, replies) });
  }
  for (const replies of bySeries.values()) touched.push(...replies.map((reply) => reply.targetId));
  return { counted, touched };
}

function withReplies(record: SeriesRecord, replies: readonly QuietReply[]): SeriesRecord {
  const times = [record.updated, ...replies.map(({ facts }) => facts.received ?? facts.date)];
  return {
    ...record,
    replies: record.replies + replies.filter(({ facts }) => !facts.bot).length,
    updated: times.reduce(
      (last, time) => (time !== null && (last === null || time > last) ? time : last),
      null,
    ),
  };
}

/** Whether the state of the series, or what it rests on, may change. */
async function decides(
  on: Runner,
  s: DeriveStatements,
  record: SeriesRecord,
  replies: readonly QuietReply[],
): Promise<boolean> {
  if (record.revisions.at(-1)?.outcome === 'new') return true;
  const [evidence] = record.state.evidence;
  if (record.state.name !== 'under-review' || evidence?.source !== 'reply') return false;
  const [first] = evidence.messageId === null ? [] : await s.factsByKey(on, [evidence.messageId]);
  if (first === undefined) return true;
  const since = timeOf(JSON.parse(first.facts) as JoinFacts);
  return replies.some(({ facts }) => timeOf(facts) <= since);
}

function unique<Row extends { readonly id: number }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
