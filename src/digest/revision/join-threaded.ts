import { emailKey, sameWriter } from '../mail/person-key.js';
import { gapMs, HOUR_MS } from '../time/iso.js';
import { type Batch, byTime, coverOf, gapBetween, slotsOf, totalOf, versionOf } from './batch.js';
import { type DisjointSet, disjointSet, gatherSets } from './disjoint-set.js';
import { joinLoneLetters } from './lone-letters.js';
import { type Part, versionsMix } from './part.js';
import { sendingStem } from './sending-stem.js';
import { splitRepeats } from './split-repeats.js';
import type { Thread } from './thread.js';
import { titleKey } from './title-key.js';

/** A missing version is inherited only from a neighbor of the same run: its letter, at most this old. */
const INHERITS_WITHIN_MS = 2 * HOUR_MS;

interface Anchor {
  readonly part: Part;
  readonly sameVersion: boolean;
}

/**
 * Joins parts by threading alone: each counted patch goes to the nearest cover or patch above it of the same
 * writer, N and version; patches whose cover is not here join under the root that they name. Never joins two
 * covers. `parts` in the order of `byTime`.
 */
export function joinThreaded(parts: readonly Part[], thread: Thread): readonly Batch[] {
  const byId = new Map(parts.map((part) => [part.facts.id, part]));
  const sets = disjointSet();
  const mixed: { part: Part; anchor: Part }[] = [];
  const hung = new Map<string, string>();
  const meet = (key: string, part: Part): void => {
    const first = hung.get(key);
    if (first === undefined) hung.set(key, part.facts.id);
    else sets.union(first, part.facts.id);
  };
  const byTotal = groupByTotal(parts);
  const beside = coversBeside(parts);
  for (const part of parts) {
    if (part.role === 'cover' || part.index === null || part.total === null) continue;
    const above = findAnchor(part, byTotal.get(part.total) ?? [], byId, thread);
    const anchor =
      above !== null && above.part.facts.id === part.facts.inReplyTo ? above : (beside(part) ?? above);
    if (anchor === null) meetUnderRoot(part, thread, meet);
    else if (anchor.sameVersion) sets.union(part.facts.id, anchor.part.facts.id);
    else {
      mixed.push({ part, anchor: anchor.part });
      meet(`mixed ${part.version} ${anchor.part.facts.id}`, part);
    }
  }
  joinMixed(mixed, parts, thread, sets, meet);
  const idOf = (part: Part): string => part.facts.id;
  joinLoneLetters(gatherSets(parts, idOf, sets), byId, thread, sets);
  return gatherSets(parts, idOf, sets).flatMap((members) => splitRepeats([...members].sort(byTime)));
}

/** Patches whose nearest letter says another version go to it if one of the two has no version. */
function joinMixed(
  mixed: readonly { part: Part; anchor: Part }[],
  parts: readonly Part[],
  thread: Thread,
  sets: DisjointSet,
  meet: (key: string, part: Part) => void,
): void {
  const gather = (root: string): Batch => ({
    parts: parts.filter((one) => sets.find(one.facts.id) === root),
    why: [],
  });
  const refused = new Set<string>();
  for (const { part, anchor } of mixed) {
    const [own, upper] = [sets.find(part.facts.id), sets.find(anchor.facts.id)];
    if (own === upper) continue;
    const pair = `${own}\n${upper}`;
    if (!refused.has(pair) && inherits(gather(own), gather(upper))) sets.union(own, upper);
    else {
      refused.add(pair);
      meetUnderRoot(part, thread, meet);
    }
  }
}

function meetUnderRoot(part: Part, thread: Thread, meet: (key: string, part: Part) => void): void {
  const { facts } = part;
  if (facts.inReplyTo === null && facts.references.length === 0) return;
  const who = emailKey(facts.senderEmail);
  meet(`root ${who}|${part.total}|${part.version}|${thread.rootIdOf(facts)}`, part);
}

function findAnchor(
  part: Part,
  sameTotal: readonly Part[],
  byId: ReadonlyMap<string, Part>,
  thread: Thread,
): Anchor | null {
  for (const above of thread.ancestorsOf(part.facts)) {
    const candidate = byId.get(above.id);
    if (candidate === undefined || !sameWriter(candidate.facts, part.facts)) continue;
    if (candidate.total !== part.total && !isExtra(part, candidate, sameTotal)) continue;
    if (candidate.role === 'patch' && candidate.index === part.index) continue;
    if (candidate.role === 'cover' && isForeign(part, candidate)) continue;
    if (candidate.version === part.version || isUnnumberedExtra(part, candidate))
      return { part: candidate, sameVersion: true };
    if (versionsMix(candidate, part)) return { part: candidate, sameVersion: false };
  }
  return null;
}

/** Covers of one writer, N and version in answer to one mail; a flood of them costs no more. */
const MOST_BESIDE = 50;

/**
 * The cover that answers the same mail as a patch, of the same writer, N and version, the latest of those sent at most two hours before it: the
 * second of two postings in answer to a review is not part of the one that was reviewed.
 */
function coversBeside(parts: readonly Part[]): (part: Part) => Anchor | null {
  const keyOf = ({ facts, total, version }: Part): string =>
    `${facts.inReplyTo}|${total}|${version}|${emailKey(facts.senderEmail)}`;
  const covers = new Map<string, Part[]>();
  for (const part of parts) {
    if (part.role !== 'cover' || part.facts.inReplyTo === null) continue;
    const key = keyOf(part);
    const found = covers.get(key);
    if (found === undefined) covers.set(key, [part]);
    else if (found.length < MOST_BESIDE) found.push(part);
  }
  return (part) => {
    if (covers.size === 0 || part.facts.inReplyTo === null) return null;
    const found = covers
      .get(keyOf(part))
      ?.findLast((cover) => !isForeign(part, cover) && isShortlyAfter(part, cover));
    return found === undefined ? null : { part: found, sameVersion: true };
  };
}

function isShortlyAfter({ facts }: Part, cover: Part): boolean {
  const gap = gapMs(facts.date, cover.facts.date);
  return gap !== null && gap >= 0 && gap <= INHERITS_WITHIN_MS;
}

function groupByTotal(parts: readonly Part[]): ReadonlyMap<number, readonly Part[]> {
  const groups = new Map<number, Part[]>();
  for (const part of parts) {
    if (part.total === null) continue;
    const group = groups.get(part.total);
    if (group === undefined) groups.set(part.total, [part]);
    else group.push(part);
  }
  return groups;
}

/** A patch 3/3 sent later to a series of two, with no 1/3 and 2/3 of its own. */
function isExtra(part: Part, candidate: Part, sameTotal: readonly Part[]): boolean {
  const total = candidate.total;
  if (total === null || part.index === null || part.index <= total || part.total !== part.index) return false;
  return !sameTotal.some(
    (other) =>
      other !== part &&
      other.index !== null &&
      other.index <= total &&
      other.version === part.version &&
      sameWriter(other.facts, part.facts),
  );
}

/** A patch 9/8 or 9/9 without a version, below a v4 of eight, extends that v4 however late it comes. */
function isUnnumberedExtra({ index, versionInferred }: Part, { total }: Part): boolean {
  return versionInferred && index !== null && total !== null && index > total;
}

/** A patch for another tree, sent as an answer to a letter whose list of patches does not know it. */
function isForeign(part: Part, cover: Part): boolean {
  const { shortlog, prefixes } = cover.facts;
  if (shortlog.length === 0 || shortlog.length !== cover.total) return false;
  if (samePrefixes(prefixes, part.facts.prefixes)) return false;
  return !shortlog.some((entry) => titleKey(entry.title) === part.titleKey);
}

/** They name the same trees and branches, in any order and case. */
export function samePrefixes(a: readonly string[], b: readonly string[]): boolean {
  const order = (list: readonly string[]): string =>
    [...new Set(list.map((one) => one.toLowerCase()))].sort().join(' ');
  return order(a) === order(b);
}

/**
 * Whether patches with a version may be under a letter without one, or the other way round. A v2
 * sent as an answer to the letter of v1 must not: a letter that has patches of its own kind keeps them.
 */
function inherits(batch: Batch, upper: Batch): boolean {
  const taken = slotsOf(upper);
  for (const slot of slotsOf(batch)) if (taken.has(slot)) return false;
  if (totalOf(batch) !== totalOf(upper) || gapBetween(batch, upper) > INHERITS_WITHIN_MS) return false;
  if (!versionOf(upper).versionInferred || isOneRun(batch, upper)) return true;
  return coverOf(upper) !== null && upper.parts.length === 1;
}

/** `[PATCH v2 1/3]` among mails of its run that say no version: only this patch was sent before. */
function isOneRun(batch: Batch, upper: Batch): boolean {
  const stems = new Set([...batch.parts, ...upper.parts].map(({ facts }) => sendingStem(facts.id)));
  return stems.size === 1 && !stems.has(null);
}
