import { type Batch, coverOf, gapBetween, slotsOf, spanOf, totalOf, versionOf } from './batch.js';
import { UNTHREADED_WINDOW_MS } from './cluster-keys.js';
import { samePrefixes } from './join-threaded.js';
import { versionsMix } from './part.js';
import { emailKey } from './person-key.js';
import { sendingStem } from './sending-stem.js';
import { titleKey } from './title-key.js';

/** Without a letter that lists them, mails this close together may be one posting (b4 30 min, patchwork 20). */
const NEAR_MS = 30 * 60 * 1000;

/** One sender's mails of one N within a day or two: more than this is a flood, and is left as it is. */
const MOST_BATCHES = 1_000;

/** How sure it is that two batches are one posting; higher is surer. */
type Sureness = 0 | 1 | 2 | 3;

/**
 * Joins batches that no thread joins: mail sent without References (G5), a cover that stands alone, a run that
 * died half way and whose rest came in a thread of its own (G19, G25). Same sender, same N, places that fill
 * each other up; two complete postings never meet (G6).
 */
export function joinUnthreaded(batches: readonly Batch[]): readonly Batch[] {
  const done: Batch[] = [];
  const rooms = new Map<string, Batch[]>();
  for (const batch of batches) {
    const total = totalOf(batch);
    const key = total === null ? null : `${emailKey(batch.parts[0]?.facts.senderEmail ?? '')}|${total}`;
    if (key === null || !isCounted(batch)) done.push(batch);
    else rooms.set(key, [...(rooms.get(key) ?? []), batch]);
  }
  for (const room of rooms.values()) done.push(...joinUntilSettled(room));
  return done;
}

/** Again while something joins: the second half of a run must find itself before it can complete the first. */
function joinUntilSettled(room: readonly Batch[]): readonly Batch[] {
  if (room.length > MOST_BATCHES) return room;
  let settled = room;
  for (;;) {
    const joined = joinRoom(settled);
    if (joined.length === settled.length) return joined;
    settled = joined;
  }
}

function joinRoom(room: readonly Batch[]): readonly Batch[] {
  if (room.length === 1) return room;
  const joined: Batch[] = [];
  for (const batch of [...room].sort(byStart)) {
    let best: { at: number; sure: Sureness; gap: number } | null = null;
    for (const [at, other] of joined.entries()) {
      const sure = sureness(other, batch);
      const gap = gapBetween(other, batch);
      if (sure > 0 && (best === null || sure > best.sure || (sure === best.sure && gap < best.gap)))
        best = { at, sure, gap };
    }
    const home = best === null ? undefined : joined[best.at];
    if (best === null || home === undefined) joined.push(batch);
    else joined[best.at] = merge(home, batch, best.sure);
  }
  return joined;
}

function merge(a: Batch, b: Batch, sure: Sureness): Batch {
  const reason =
    sure === 3
      ? 'sent outside the thread, but the letter lists it'
      : sure === 2
        ? 'sent outside the thread by the same run of the same sender'
        : 'sent outside the thread by the same sender at the same time, and it fills the free places';
  return { parts: [...a.parts, ...b.parts], why: [...new Set([...a.why, ...b.why, reason])] };
}

function isCounted(batch: Batch): boolean {
  return batch.parts.some((part) => part.index !== null);
}

function sureness(a: Batch, b: Batch): Sureness {
  const taken = slotsOf(a);
  const slots = slotsOf(b);
  for (const slot of slots) if (taken.has(slot)) return 0;
  if (!versionsMix(versionOf(a), versionOf(b))) return 0;
  const gap = gapBetween(a, b);
  const listed = listedBy(a, b);
  if (listed === 'no' || (gap > UNTHREADED_WINDOW_MS && listed !== 'yes')) return 0;
  if (listed === 'yes') return gap <= UNTHREADED_WINDOW_MS ? 3 : 0;
  if (!isLoose(a) && !isLoose(b)) return 0;
  const prefixes = (batch: Batch): readonly string[] => batch.parts[0]?.facts.prefixes ?? [];
  if (!samePrefixes(prefixes(a), prefixes(b))) return 0;
  if (sharesStem(a, b)) return 2;
  const total = totalOf(a);
  const filled = taken.size + slots.size - (taken.has(0) || slots.has(0) ? 1 : 0);
  const completes = total !== null && total > 1 && filled === total;
  return gap <= NEAR_MS || completes ? 1 : 0;
}

/** Whether the one's letter lists all the patches of the other; `unknown` where no letter has a full list. */
function listedBy(a: Batch, b: Batch): 'yes' | 'no' | 'unknown' {
  const cover = coverOf(a) ?? coverOf(b);
  if (cover === null || cover.facts.shortlog.length === 0) return 'unknown';
  if (cover.facts.shortlog.length !== cover.total) return 'unknown';
  const listed = new Set(cover.facts.shortlog.map((entry) => titleKey(entry.title)));
  const other = coverOf(a) === null ? a : b;
  return other.parts.every((part) => listed.has(part.titleKey)) ? 'yes' : 'no';
}

/** Holds a patch that answers to nothing: one that names another root belongs there, though it is not here. */
function isLoose(batch: Batch): boolean {
  return batch.parts.some(
    ({ role, facts }) => role === 'patch' && facts.inReplyTo === null && facts.references.length === 0,
  );
}

const knownStems = new WeakMap<Batch, ReadonlySet<string>>();

function stemsOf(batch: Batch): ReadonlySet<string> {
  const known = knownStems.get(batch);
  if (known !== undefined) return known;
  const stems = new Set(batch.parts.flatMap((part) => sendingStem(part.facts.id) ?? []));
  knownStems.set(batch, stems);
  return stems;
}

function sharesStem(a: Batch, b: Batch): boolean {
  const stems = stemsOf(a);
  for (const stem of stemsOf(b)) if (stems.has(stem)) return true;
  return false;
}

function byStart(a: Batch, b: Batch): number {
  const left = spanOf(a)?.start ?? Number.POSITIVE_INFINITY;
  const right = spanOf(b)?.start ?? Number.POSITIVE_INFINITY;
  if (left !== right) return left < right ? -1 : 1;
  const first = (batch: Batch): string => batch.parts.map((part) => part.facts.id).sort()[0] ?? '';
  return first(a) < first(b) ? -1 : 1;
}
