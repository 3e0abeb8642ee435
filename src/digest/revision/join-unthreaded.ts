import { emailKey } from '../mail/person-key.js';
import { MINUTE_MS } from '../time/iso.js';
import { type Batch, gapOf, totalOf } from './batch.js';
import { UNTHREADED_WINDOW_MS } from './cluster-keys.js';
import { type GrowingBatch, growBatch, takeUp } from './growing-batch.js';
import { samePrefixes } from './join-threaded.js';
import { versionsMix } from './part.js';
import { SAME_PATCH_SIMILARITY } from './split-repeats.js';
import { titleSimilarity } from './title-key.js';

/** Without a letter that lists them, mails this close together may be one posting (b4 30 min, patchwork 20). */
const NEAR_MS = 30 * MINUTE_MS;
/** A letter with another version than its patches was sent within this time. */
const SAME_RUN_MS = 10 * MINUTE_MS;

/** One sender's mails of one N within a day or two: more than this is a flood, and is left as it is. */
const MOST_BATCHES = 500;
/** Each time all are compared with all; real runs take two or three times. */
const MOST_ROUNDS = 8;

/** How sure it is that two batches are one posting; higher is surer. */
type Sureness = 0 | 1 | 2 | 3;

const REASONS: readonly string[] = [
  '',
  'sent outside the thread by the same sender at the same time, and it fills the free places',
  'sent outside the thread by the same run of the same sender',
  'sent outside the thread, but the letter lists it',
];

/**
 * Joins batches that no thread joins: mail sent without References, a cover without a thread, a run that stopped half way and was continued
 * in a separate thread. Same sender, same N, places that complete each other; two complete postings never meet.
 */
export function joinUnthreaded(batches: readonly Batch[]): readonly Batch[] {
  const done: Batch[] = [];
  const rooms = new Map<string, Batch[]>();
  for (const batch of batches) {
    const total = totalOf(batch);
    if (total === null || !batch.parts.some((part) => part.index !== null)) {
      done.push(batch);
      continue;
    }
    const key = `${emailKey(batch.parts[0]?.facts.senderEmail ?? '')}|${total}`;
    const room = rooms.get(key);
    if (room === undefined) rooms.set(key, [batch]);
    else room.push(batch);
  }
  for (const room of rooms.values()) done.push(...joinRoom(room));
  return done;
}

/** Repeated while something joins: the second half of a run must be joined before it can complete the first. */
function joinRoom(room: readonly Batch[]): readonly Batch[] {
  if (room.length === 1 || room.length > MOST_BATCHES) return room;
  let settled = room.map(growBatch);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const joined = joinOnce(settled);
    const isSettled = joined.length === settled.length;
    settled = joined;
    if (isSettled) break;
  }
  return settled.map(({ parts, why }) => ({ parts, why: [...why] }));
}

function joinOnce(room: readonly GrowingBatch[]): GrowingBatch[] {
  const joined: GrowingBatch[] = [];
  for (const batch of [...room].sort(byStart)) {
    let best: { home: GrowingBatch; sure: Sureness; gap: number } | null = null;
    for (const home of joined) {
      const sure = sureness(home, batch);
      if (sure === 0 || (best !== null && sure < best.sure)) continue;
      const gap = gapOf(home.span, batch.span);
      if (best === null || sure > best.sure || gap < best.gap) best = { home, sure, gap };
    }
    if (best === null) joined.push(batch);
    else takeUp(best.home, batch, REASONS[best.sure] ?? '');
  }
  return joined;
}

function sureness(a: GrowingBatch, b: GrowingBatch): Sureness {
  const [small, large] = a.slots.size <= b.slots.size ? [a, b] : [b, a];
  for (const slot of small.slots) if (large.slots.has(slot)) return 0;
  const gap = gapOf(a.span, b.span);
  if (gap > UNTHREADED_WINDOW_MS) return 0;
  const misnumbered = !versionsMix(a.version, b.version);
  if (misnumbered ? !isMisnumbered(a, b, gap) : !mayShareVersion(a, b, gap)) return 0;
  const isExtension = isExtra(a) !== isExtra(b);
  const listed = isExtension ? null : isListed(a, b);
  if (listed === 'all') return 3;
  if (listed === 'none') return 0;
  if (!a.loose && !b.loose) return 0;
  if (!samePrefixes(a.prefixes, b.prefixes)) return 0;
  if (sharesStem(a, b)) return 2;
  if (gap <= NEAR_MS) return 1;
  const hasCover = a.hasCover || b.hasCover;
  const completes =
    a.total !== null && a.total > 1 && a.slots.size + b.slots.size === a.total + (hasCover ? 1 : 0);
  return isExtension || (completes && listed === null) ? 1 : 0;
}

/** A patch 9/8 alone: it fills no free place, and no letter lists it. */
function isExtra({ parts, total }: GrowingBatch): boolean {
  return total !== null && parts.every(({ index }) => index !== null && index > total);
}

/** A letter alone whose version is not that of its patches: the run or its list shows that they belong together. */
function isMisnumbered(a: GrowingBatch, b: GrowingBatch, gap: number): boolean {
  const [letter, patches] = a.hasCover ? [a, b] : [b, a];
  if (letter.parts.length > 1 || !letter.hasCover || patches.hasCover || patches.answers) return false;
  if (sharesStem(a, b)) return gap <= NEAR_MS;
  return gap <= SAME_RUN_MS && !isOtherRun(a, b) && isListed(a, b) === 'all';
}

function sharesStem(a: GrowingBatch, b: GrowingBatch): boolean {
  for (const stem of a.stems) if (b.stems.has(stem)) return true;
  return false;
}

/**
 * One run may have its version only on its letter or first patch, or on all but the letter. A v2 of the very patch that v1 lacks is not
 * part of a v1 without a version, although v1's letter lists it. Nor is a v2 that answers its own letter, which is not here: that a copy of
 * it has a Date close to v1's proves nothing.
 */
function mayShareVersion(a: GrowingBatch, b: GrowingBatch, gap: number): boolean {
  if (a.version.version === b.version.version) return true;
  if (gap > NEAR_MS || a.answers || b.answers || isOtherRun(a, b)) return false;
  const [silent, stated] = a.version.versionInferred ? [a, b] : [b, a];
  return silent.hasCover ? silent.parts.length === 1 : stated.slots.has(0) || stated.slots.has(1);
}

/** Whether the ids of both show their runs, and these differ. */
function isOtherRun(a: GrowingBatch, b: GrowingBatch): boolean {
  return a.stems.size > 0 && b.stems.size > 0 && !sharesStem(a, b);
}

/**
 * Whether the one's letter lists the patches of the other: all, none or not all, or all with a title here and there
 * that was changed in the mail; null if no letter has a full list.
 */
function isListed(a: GrowingBatch, b: GrowingBatch): 'all' | 'nearly' | 'none' | null {
  const { listed, other } = a.hasCover ? { listed: a.listed, other: b } : { listed: b.listed, other: a };
  if (listed === null) return null;
  if (other.parts.every((part) => listed.keys.has(part.titleKey))) return 'all';
  const isNear = ({ index, titleKey }: GrowingBatch['parts'][number]): boolean =>
    index !== null && titleSimilarity(listed.places[index - 1] ?? '', titleKey) >= SAME_PATCH_SIMILARITY;
  return other.parts.every((part) => listed.keys.has(part.titleKey) || isNear(part)) ? 'nearly' : 'none';
}

function byStart(a: GrowingBatch, b: GrowingBatch): number {
  const left = a.span?.start ?? Number.POSITIVE_INFINITY;
  const right = b.span?.start ?? Number.POSITIVE_INFINITY;
  if (left !== right) return left < right ? -1 : 1;
  const first = ({ parts }: GrowingBatch): string =>
    parts.reduce((least, { facts: { id } }) => (least === '' || id < least ? id : least), '');
  return first(a) < first(b) ? -1 : 1;
}
