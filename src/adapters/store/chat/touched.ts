import type { TouchedSeries } from '../../../digest/plan/touched.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { createBreathing } from '../breathe.js';
import { createDecidedReader } from '../decided-series.js';
import { groupBy } from '../group-by.js';
import { createListedReader, listsPatches } from '../listed-in-pulls.js';
import type { Db } from '../schema.js';
import { setOf } from '../sets.js';
import { overlayShown } from '../shown-series.js';
import { lastSeq } from './destinations.js';
import { seqBefore } from './seq-before.js';

export type TouchedReader = ReturnType<typeof createTouchedReader>;

/** Reads what arrived in a range of seq, series by series. */
export function createTouchedReader(db: Db) {
  const copiesIn = (on: Db, v: { after: number; upTo: number }) =>
    on
      .selectFrom('copy')
      .innerJoin('message', 'message.id', 'copy.message_id')
      .select((e) => [
        'message.id',
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
  const requests = (on: Db, v: { after: number; upTo: number }) =>
    copiesIn(on, v).where(listsPatches).execute();
  const listed = createListedReader(db);
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
  const seriesTouched = async (arrived: readonly ArrivedRow[]): Promise<TouchedSeries[]> => {
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
            ...(row.pull === true ? { pull: true } : {}),
          })),
        },
      ];
    });
  };
  type CopyRow = Awaited<ReturnType<typeof copiesOf>>[number];
  type ArrivedRow = CopyRow & { readonly pull?: boolean };

  /** The copies of pull requests, once for each series that they prove applied. */
  const listedIn = async (after: number, upTo: number): Promise<ArrivedRow[]> =>
    (await listed(await requests(db, { after, upTo }))).map(({ request, seriesId }) => ({
      ...request,
      series_id: seriesId,
      revision_id: null,
      pull: true,
    }));

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
    /** The newest seq up to which everything has been derived; 0 in an empty database. */
    lastSeq: () => lastSeq(db),
    /** The newest seq that had arrived before a moment (ISO UTC). */
    seqBefore: (moment: string) => seqBefore(db, moment),
    /**
     * The series that copies with a seq in (after, upTo] belong to now, in the order of their first one; mail that belongs to none is left out. Pull
     * requests also belong to what they prove applied. The number of statements depends on what arrived, not on what is stored.
     */
    async touched(after: number, upTo: number): Promise<TouchedSeries[]> {
      const arrived: ArrivedRow[] = await listedIn(after, upTo);
      for (let from = after; from < upTo; ) {
        const page = await copies(db, { after: from, upTo, limit: PAGE });
        for (const row of page) if (row.series_id !== null) arrived.push(row);
        if (page.length < PAGE) break;
        from = page.at(-1)?.seq ?? upTo;
      }
      return seriesTouched(arrived.sort(bySeq));
    },
    /** The same of the series that hold these messages (Message.id) alone: what arrived for them in (after, upTo]. */
    async touchedOf(keys: readonly string[], after: number, upTo: number): Promise<TouchedSeries[]> {
      if (keys.length === 0) return [];
      const ids = (await seriesOf(db, keys)).flatMap(({ series_id: id }) => (id === null ? [] : [id]));
      if (ids.length === 0) return [];
      const wanted = new Set(ids);
      const requested = (await listedIn(after, upTo)).filter((row) => wanted.has(row.series_id ?? 0));
      return seriesTouched([...(await copiesOf(db, { after, upTo, ids })), ...requested].sort(bySeq));
    },
  };
}

const bySeq = (a: { readonly seq: number }, b: { readonly seq: number }) => a.seq - b.seq;

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
