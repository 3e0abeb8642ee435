import type { TouchedSeries } from '../../../digest/plan/touched.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { createBreathing } from '../breathe.js';
import { createDecidedReader } from '../decided-series.js';
import { groupBy } from '../group-by.js';
import type { Db } from '../schema.js';
import { setOf } from '../sets.js';
import { overlayShown } from '../shown-series.js';
import { lastSeq } from './destinations.js';
import { createPulledReader } from './pulled-series.js';
import { seqBefore } from './seq-before.js';

export type TouchedReader = ReturnType<typeof createTouchedReader>;

/** Reads what arrived in a range of seq, series by series. */
export function createTouchedReader(db: Db) {
  const copiesIn = (on: Db, v: { after: number; upTo: number }) =>
    on
      .selectFrom('copy')
      .innerJoin('message', 'message.id', 'copy.message_id')
      .select((e) => [
        'copy.seq',
        'copy.received',
        'copy.arrived_at',
        'message.key',
        'message.received as message_received',
        'message.revision_id',
        'message.series_id',
        'message.bot',
        'message.author_email',
        e
          .selectFrom('copy as other')
          .select((m) => m.fn.min('other.seq').as('first'))
          .whereRef('other.message_id', '=', 'copy.message_id')
          .as('first'),
      ])
      .where('copy.seq', '>', v.after)
      .where('copy.seq', '<=', v.upTo)
      .orderBy('copy.seq');
  const copies = (on: Db, v: { after: number; upTo: number; limit: number }) =>
    copiesIn(on, v).limit(v.limit).execute();
  const copiesOf = (on: Db, v: { after: number; upTo: number; ids: readonly number[] }) =>
    copiesIn(on, v).where('message.series_id', 'in', setOf(on, v.ids)).execute();
  const seriesOf = (on: Db, keys: readonly string[]) =>
    on.selectFrom('message').select('series_id').distinct().where('key', 'in', setOf(on, keys)).execute();
  const documents = (on: Db, ids: Iterable<number>) =>
    on.selectFrom('series').select(['id', 'document']).where('id', 'in', setOf(on, ids)).execute();
  const members = (on: Db, ids: Iterable<number>) =>
    on
      .selectFrom('message')
      .innerJoin('message as anchor', 'anchor.id', 'message.revision_id')
      .select(['message.key', 'message.series_id', 'anchor.key as revision'])
      .where('message.series_id', 'in', setOf(on, ids))
      .execute();

  /** The series of these copies, in the order of their first one; mail that belongs to none is left out. */
  const seriesTouched = async (arrived: readonly CopyRow[]): Promise<TouchedSeries[]> => {
    const bySeries = groupBy(arrived, (row) => row.series_id ?? 0);
    const ids = [...bySeries.keys()];
    const stored = await asShown(db, await parsed(await documents(db, ids)));
    const belonging = groupBy(await members(db, ids), (row) => row.series_id ?? 0);
    const nameOf = new Map([...belonging.values()].flat().map((row) => [row.key, row.revision]));
    return ids.flatMap((id) => {
      const series = stored.get(id);
      if (series === undefined) return [];
      const rows = bySeries.get(id) ?? [];
      return [
        {
          series,
          members: membersByRevision(belonging.get(id) ?? []),
          arrivals: rows.map((row) => ({
            seq: row.seq,
            first: row.first === row.seq,
            messageKey: row.key,
            revision: row.revision_id === null ? null : (nameOf.get(row.key) ?? null),
            received: row.received ?? row.message_received,
            arrivedAt: row.arrived_at,
            bot: row.bot === 1,
            author: row.author_email,
          })),
        },
      ];
    });
  };
  type CopyRow = Awaited<ReturnType<typeof copiesOf>>[number];

  const open = (on: Db, v: { since: string }) =>
    on
      .selectFrom('series')
      .innerJoin('series_head', 'series_head.row', 'series.search_row')
      .select(['series.id', 'series.document'])
      .where('series_head.state', 'in', OPEN_STATES)
      .where('series_head.updated', '>=', v.since)
      .orderBy('series_head.updated', 'desc')
      .orderBy('series.id')
      .limit(MOST_OPEN)
      .execute();

  return {
    /** The open series with mail since a moment (ISO UTC): the most recently active ones, at most 2,000. */
    async open(since: string): Promise<SeriesRecord[]> {
      return [...(await asShown(db, await parsed(await open(db, { since })))).values()];
    },
    /** The decided series of some people with mail since a moment. */
    decided: createDecidedReader(db),
    /** The series that became applied by a pull request that arrived in (after, upTo], which is no mail about them. */
    pulled: createPulledReader(db),
    /** The newest seq up to which everything has been derived; 0 in an empty database. */
    lastSeq: () => lastSeq(db),
    /** The newest seq that had arrived before a moment (ISO UTC). */
    seqBefore: (moment: string) => seqBefore(db, moment),
    /**
     * The series that copies with a seq in (after, upTo] belong to now, in the order of their first one; mail that belongs to none is left out.
     * The number of statements depends on what arrived, not on what is stored.
     */
    async touched(after: number, upTo: number): Promise<TouchedSeries[]> {
      const arrived: CopyRow[] = [];
      for (let from = after; from < upTo; ) {
        const page = await copies(db, { after: from, upTo, limit: PAGE });
        for (const row of page) if (row.series_id !== null) arrived.push(row);
        if (page.length < PAGE) break;
        from = page.at(-1)?.seq ?? upTo;
      }
      return seriesTouched(arrived);
    },
    /** The same of the series that hold these messages (Message.id) alone: what arrived for them in (after, upTo]. */
    async touchedOf(keys: readonly string[], after: number, upTo: number): Promise<TouchedSeries[]> {
      if (keys.length === 0) return [];
      const ids = (await seriesOf(db, keys)).flatMap(({ series_id: id }) => (id === null ? [] : [id]));
      return ids.length === 0 ? [] : seriesTouched(await copiesOf(db, { after, upTo, ids }));
    },
  };
}

const PAGE = 5_000;
const MOST_OPEN = 2_000;
const OPEN_STATES = ['new', 'under-review', 'changes-requested'] as const;

/** A month of mail is some thousand documents: reading them must not delay other answers. */
async function parsed(
  rows: readonly { readonly id: number; readonly document: string }[],
): Promise<Map<number, SeriesRecord>> {
  const breathe = createBreathing();
  const found = new Map<number, SeriesRecord>();
  for (const { id, document } of rows) {
    found.set(id, JSON.parse(document) as SeriesRecord);
    await breathe();
  }
  return found;
}

async function asShown(db: Db, found: ReadonlyMap<number, SeriesRecord>): Promise<Map<number, SeriesRecord>> {
  const shown = await overlayShown(db, [...found.values()]);
  return new Map([...found.keys()].map((id, i) => [id, shown[i] as SeriesRecord]));
}

function membersByRevision(
  rows: readonly { readonly key: string; readonly revision: string }[],
): Map<string, readonly string[]> {
  const grouped = groupBy(rows, (row) => row.revision);
  return new Map([...grouped].map(([revision, mails]) => [revision, mails.map((mail) => mail.key)]));
}
