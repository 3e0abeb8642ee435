import type { StateName } from '../../claims/claim.js';
import type { RevisionRecord, SeriesRecord } from '../../series/record.js';
import { DAY_MS } from '../../time/iso.js';
import { verdictsOf } from '../../trailer/kinds.js';
import { stateStyle } from '../item-view.js';
import type { MarkKind } from './marks.js';

/** When mails were received, ISO UTC, by Message.id: what a series does not say of its own tags. */
export type ReceivedTimes = ReadonlyMap<string, string>;

export interface TimelineRow {
  readonly revision: RevisionRecord;
  readonly state: StateName;
  /** Milliseconds since 1970: from its posting to the next one, or to the last that was heard of it. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly marks: readonly { readonly kind: MarkKind; readonly ms: number }[];
}

const MOST_ROWS = 10;
const MOST_MARKS = 60;

/** The mails whose times a timeline needs. */
export function tagMails({ revisions }: SeriesRecord): readonly string[] {
  const tags = revisions.slice(-MOST_ROWS).flatMap(tagsOf);
  return [...new Set(tags.map(({ messageId }) => messageId))].slice(0, 2_000);
}

/** The newest versions with a known time, oldest first, and how many are left out. */
export function timelineRows(
  series: SeriesRecord,
  received: ReceivedTimes,
): { readonly rows: readonly TimelineRow[]; readonly left: number } {
  const dated = series.revisions
    .map((revision) => ({ revision, fromMs: postedMs(revision) }))
    .filter(({ fromMs }) => !Number.isNaN(fromMs))
    .sort((a, b) => a.fromMs - b.fromMs);
  const endMs = Math.max(heardMs(series), ...dated.map(({ fromMs }) => fromMs));
  const shown = dated.slice(-MOST_ROWS);
  const rows = shown.map(({ revision, fromMs }, i): TimelineRow => {
    const toMs = shown[i + 1]?.fromMs ?? endMs;
    const isNewest = revision === series.revisions.at(-1);
    const verdicts = i === shown.length - 1 ? verdictsOn(series) : [];
    const marks = [...tagMarks(revision, received), ...verdicts]
      .filter(({ ms }) => ms >= fromMs - DAY_MS)
      .sort((a, b) => a.ms - b.ms);
    return {
      revision,
      state: isNewest ? series.state.name : revision.outcome,
      fromMs,
      toMs,
      marks: marks
        .map((one) => ({ ...one, ms: Math.min(Math.max(one.ms, fromMs), endMs) }))
        .slice(0, MOST_MARKS),
    };
  });
  return { rows, left: series.revisions.length - rows.length };
}

function postedMs({ arrived, date }: RevisionRecord): number {
  return Date.parse(arrived ?? date ?? '');
}

/** The last mail about it; what is not known is as early as can be. */
function heardMs({ updated }: SeriesRecord): number {
  const ms = Date.parse(updated ?? '');
  return Number.isNaN(ms) ? 0 : ms;
}

/** Tags that came in mails of their own: those on the patches were given to an earlier version. */
function tagsOf({ id, reviews, patches }: RevisionRecord): { kind: string; messageId: string }[] {
  const own = new Set([id, ...patches.map(({ messageId }) => messageId)]);
  return [...reviews, ...patches.flatMap((patch) => patch.reviews)].flatMap(({ kind, messageId }) =>
    messageId === null || own.has(messageId) ? [] : [{ kind, messageId }],
  );
}

const MARK_OF = { review: 'review', ack: 'review', test: 'test', nack: 'objection' } as const;

/** One mark for each mail and kind, in order of time. */
function tagMarks(revision: RevisionRecord, received: ReceivedTimes): TimelineRow['marks'] {
  const marks = new Map<string, { kind: MarkKind; ms: number }>();
  for (const { kind, messageId } of tagsOf(revision)) {
    const ms = Date.parse(received.get(messageId) ?? '');
    if (Number.isNaN(ms)) continue;
    for (const verdict of verdictsOf(kind)) {
      const one = MARK_OF[verdict];
      marks.set(`${one} ${messageId}`, { kind: one, ms });
    }
  }
  return [...marks.values()].sort((a, b) => a.ms - b.ms);
}

/** The last mail that decided the state. */
function verdictsOn({ state }: SeriesRecord): TimelineRow['marks'] {
  const style = stateStyle(state.name);
  if (style === 'dim') return [];
  const times = state.evidence.map(({ date }) => Date.parse(date ?? '')).filter((ms) => !Number.isNaN(ms));
  return times.length === 0 ? [] : [{ kind: style, ms: Math.max(...times) }];
}
