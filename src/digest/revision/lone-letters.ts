import { sameWriter } from '../mail/person-key.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../time/iso.js';
import { type Batch, gapBetween, versionOf } from './batch.js';
import type { DisjointSet } from './disjoint-set.js';
import { type Part, versionsMix } from './part.js';
import { sendingStem } from './sending-stem.js';
import type { Thread } from './thread.js';
import { titleKey } from './title-key.js';

/** A letter and its patches are one run if sent at most this far apart. */
const RUN_MS = 2 * HOUR_MS;
/** Without a list of patches and ids that show the run, only this close together. */
const SAME_RUN_MS = 10 * MINUTE_MS;
/** A forgotten letter is sent at most this long after its patches. */
const LATE_MS = DAY_MS;
/** Forgotten letters that answer one mail: more are a flood. */
const MOST_LATE = 8;

/**
 * Letters without patches and patches without a letter that are one posting, though their counters, their versions or
 * their threads do not say so: 0/8 over 1/7 to 7/7, v4 0/2 over v5 1/2 and 2/2, and a forgotten 0/3 that answers
 * to 1/3. `batches` as the threads joined them; each letter and each batch is joined once at most.
 */
export function joinLoneLetters(
  batches: readonly Part[][],
  byId: ReadonlyMap<string, Part>,
  thread: Thread,
  sets: DisjointSet,
): void {
  const lone = new Set(
    batches.flatMap((parts) => (parts.length === 1 && parts[0]?.role === 'cover' ? parts : [])),
  );
  if (lone.size === 0) return;
  const late = lateLetters(lone, byId, thread);
  for (const parts of batches) {
    const [first] = parts;
    if (first === undefined || first.total === null || parts.some((part) => part.role === 'cover')) continue;
    const answered = thread.parentOf(first.facts);
    const above = answered === null ? undefined : byId.get(answered.id);
    const cover =
      above !== undefined && lone.has(above) && isMislabelled(parts, above, thread)
        ? above
        : lettersAfter(parts, late, thread).find((one) => lone.has(one) && isLate(parts, one));
    if (cover === undefined) continue;
    sets.union(first.facts.id, cover.facts.id);
    lone.delete(cover);
  }
}

/** Patches right below a letter that counts them wrong, or bears another version. If both, it is another posting. */
function isMislabelled(parts: readonly Part[], cover: Part, thread: Thread): boolean {
  const batch: Batch = { parts, why: [] };
  const total = parts[0]?.total ?? null;
  const miscounted = total !== cover.total;
  const misnumbered = !versionsMix(versionOf(batch), cover);
  if (miscounted === misnumbered || (miscounted && (total ?? 1) < 2)) return false;
  if (!parts.every(({ facts }) => sameWriter(facts, cover.facts))) return false;
  const gap = gapBetween(batch, { parts: [cover], why: [] });
  if (gap > RUN_MS) return false;
  if (!parts.every(({ facts }) => thread.ancestorsOf(facts).some((above) => above.id === cover.facts.id)))
    return false;
  const stem = sendingStem(cover.facts.id);
  if (stem !== null) {
    if (parts.every(({ facts }) => sendingStem(facts.id) === stem)) return true;
    // The next version, sent as an answer to the letter of the last one, whose patches are not here.
    if (misnumbered && parts.every(({ facts }) => sendingStem(facts.id) !== null)) return false;
  }
  return listsMost(cover, parts) ?? (misnumbered && gap <= SAME_RUN_MS);
}

/** Whether a letter lists more than half of the patches; null without a list. */
function listsMost(cover: Part, parts: readonly Part[]): boolean | null {
  const { shortlog } = cover.facts;
  if (shortlog.length === 0) return null;
  const listed = new Set(shortlog.map((entry) => titleKey(entry.title)));
  return parts.filter((part) => listed.has(part.titleKey)).length * 2 > parts.length;
}

/** Letters that answer to a patch of their own number and N, or to the missing mail that such patches answer to. */
function lateLetters(
  lone: ReadonlySet<Part>,
  byId: ReadonlyMap<string, Part>,
  thread: Thread,
): ReadonlyMap<string, readonly Part[]> {
  const late = new Map<string, Part[]>();
  for (const cover of lone) {
    const patch = thread
      .ancestorsOf(cover.facts)
      .map((above) => byId.get(above.id))
      .find((above) => above?.role === 'patch' && above.total === cover.total);
    const { inReplyTo, references } = cover.facts;
    const answers = inReplyTo !== null || references.length > 0;
    const at = patch?.facts.id ?? (answers ? thread.rootIdOf(cover.facts) : null);
    if (at === null || (patch === undefined && thread.byId.has(at))) continue;
    const letters = late.get(at);
    if (letters === undefined) late.set(at, [cover]);
    else if (letters.length < MOST_LATE) letters.push(cover);
  }
  return late;
}

function lettersAfter(
  parts: readonly Part[],
  late: ReadonlyMap<string, readonly Part[]>,
  thread: Thread,
): readonly Part[] {
  if (late.size === 0) return [];
  const roots = new Set(parts.map((part) => thread.rootIdOf(part.facts)));
  return [...parts.map((part) => part.facts.id), ...roots].flatMap((id) => late.get(id) ?? []);
}

function isLate(parts: readonly Part[], cover: Part): boolean {
  const batch: Batch = { parts, why: [] };
  const version = versionOf(batch);
  if (parts[0]?.total !== cover.total || !parts.every(({ facts }) => sameWriter(facts, cover.facts)))
    return false;
  const gap = gapBetween(batch, { parts: [cover], why: [] });
  if (gap > (version.version === cover.version ? LATE_MS : RUN_MS) || !versionsMix(version, cover))
    return false;
  return listsMost(cover, parts) ?? true;
}
