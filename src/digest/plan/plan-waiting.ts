import type { SeriesRecord } from '../series/record.js';
import { withStale } from '../series/with-stale.js';
import { STALE_DAYS } from '../state/decide-state.js';
import { count } from '../text/count.js';
import { DAY_MS, toIso } from '../time/iso.js';
import type { SeriesActivity } from './activity.js';
import type { DeliveryFollow } from './candidates.js';
import { isMuted } from './muted.js';
import type { FollowAnswered } from './place-series.js';
import type { CountKey } from './sections.js';
import { notSnoozed, type Snooze } from './snooze.js';
import { decidedElsewhere, type WaitingFor, waitingOf } from './waiting.js';

/** A series that waits for something at a moment, or has just gone stale; the same for every place. */
export interface Spell {
  readonly series: SeriesRecord;
  /** What it waits for; null: it went stale. */
  readonly for: WaitingFor | null;
  /** `waits for a first answer, 5 days`. */
  readonly text: string;
  /** From when on it is worth a line, ISO UTC: a place that has shown it since then does not show it again. */
  readonly began: string;
}

/** A series that went stale longer ago is not news. */
const STALE_NEWS_DAYS = 7;

const WORDS: Readonly<Record<WaitingFor, string>> = {
  review: 'waits for a first answer',
  application: 'reviewed, not applied',
  'new-version': 'waits for its author',
};

/** What is waiting at a moment among the open series, and what went stale in the last days: the longest wait first. */
export function spellsOf(open: Iterable<SeriesRecord>, nowIso: string): readonly Spell[] {
  const found: Spell[] = [];
  const all = [...open];
  const isElsewhere = decidedElsewhere(all);
  for (const series of all) {
    const now = withStale(series, nowIso);
    const waiting = now.state.name === 'stale' ? null : waitingOf(series, nowIso);
    if (waiting !== null && isElsewhere(waiting)) continue;
    if (waiting !== null)
      found.push({
        series,
        for: waiting.for,
        text: `${WORDS[waiting.for]}, ${count(waiting.days, 'day')}`,
        began: waiting.overdue,
      });
    else if (now.state.name === 'stale' && series.updated !== null) {
      const beganMs = Date.parse(series.updated) + STALE_DAYS * DAY_MS;
      if (Date.parse(nowIso) - beganMs <= STALE_NEWS_DAYS * DAY_MS)
        found.push({
          series: now,
          for: null,
          text: 'stale: no mail for 90 days',
          began: toIso(beganMs),
        });
    }
  }
  return found.sort((a, b) =>
    a.began < b.began ? -1 : a.began > b.began ? 1 : a.series.id < b.series.id ? -1 : 1,
  );
}

/** A spell that concerns a place, and the follows that match it. */
export interface MatchedSpell extends Spell {
  readonly answers: readonly FollowAnswered[];
}

/** The spells that a place gets: what is waiting if it chose that section, what went stale if a follow has `state:stale`. */
export function matchSpells(
  spells: readonly Spell[],
  place: {
    readonly follows: readonly DeliveryFollow[];
    readonly sections: readonly CountKey[] | undefined;
    readonly muted: ReadonlySet<string>;
    readonly snoozes: readonly Snooze[];
  },
  nowIso: string,
): readonly MatchedSpell[] {
  const { follows, muted } = place;
  const waits = place.sections?.includes('waiting') === true;
  const isShown = notSnoozed(place.snoozes, nowIso);
  return spells.flatMap((spell) => {
    const { series, began } = spell;
    const relevant =
      spell.for === null
        ? follows.filter(({ stale }) => stale !== undefined && began >= stale)
        : waits
          ? follows
          : [];
    const answers = relevant.flatMap((follow): FollowAnswered[] => {
      const { matched, because } = follow.matches(series);
      return matched ? [{ follow, because }] : [];
    });
    return answers.length === 0 || isMuted(series, muted) || !isShown(series) ? [] : [{ ...spell, answers }];
  });
}

/** Message.id of everything that `mentionedAt` must contain. */
export function spellKeys(spells: readonly MatchedSpell[]): string[] {
  return spells.flatMap(({ series }) => keysOf(series));
}

/** A revision may have been named by another mail of it: a patch, while its cover was not here. */
function keysOf({ revisions }: SeriesRecord): string[] {
  return revisions.flatMap(({ id, patches }) => [id, ...patches.flatMap(({ messageId }) => messageId ?? [])]);
}

/**
 * What a digest says about them. Each spell is reported once: in the first digest after it began, unless the series was posted in the place
 * since. A review lists everything that is waiting. `mentionedAt`: Message.id → when it was last named here; `shown`: SeriesRecord.id of what
 * the digest shows anyway.
 */
export function spellsToReport(
  spells: readonly MatchedSpell[],
  {
    mentionedAt,
    shown,
    isReview,
  }: {
    readonly mentionedAt: ReadonlyMap<string, string>;
    readonly shown: ReadonlySet<string>;
    readonly isReview: boolean;
  },
): readonly { readonly activity: SeriesActivity; readonly answers: readonly FollowAnswered[] }[] {
  return spells
    .filter(({ series, began, for: what }) => {
      if (shown.has(series.id)) return false;
      return (
        (isReview && what !== null) || !keysOf(series).some((key) => (mentionedAt.get(key) ?? '') >= began)
      );
    })
    .map(({ series, answers, text }) => ({
      activity: {
        series,
        arrived: [],
        reportedBefore: true,
        replies: { count: 0, people: 0, messageIds: [] },
        evidence: [],
        waits: text,
      },
      answers,
    }));
}
