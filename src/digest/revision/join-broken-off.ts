import { emailKey } from '../mail/person-key.js';
import { DAY_MS, HOUR_MS } from '../time/iso.js';
import { type Batch, coverOf, versionOf } from './batch.js';
import type { Part } from './part.js';
import { SAME_PATCH_SIMILARITY } from './split-repeats.js';
import { titleKey, titleSimilarity } from './title-key.js';

/** A sending that broke off after some patches is started again within this time. */
const AGAIN_MS = 2 * HOUR_MS;
/** A letter whose patches never came has nothing that could have been reviewed: it is sent again within a day. */
const LETTER_AGAIN_MS = DAY_MS;
/** Letters of one title, number and N by one sender within one cluster; more are a flood. */
const MOST_ALIKE = 50;

const WHY = 'the first attempt to send it broke off, and it was sent again';

/**
 * Joins a posting whose sending broke off, often right after its letter, with the same posting sent again from the start. Otherwise an
 * empty or incomplete version stays for ever. Only where the second one has every patch of the first and more; two complete
 * postings remain two.
 */
export function joinBrokenOff(batches: readonly Batch[]): readonly Batch[] {
  const rooms = new Map<string, Batch[]>();
  for (const batch of batches) {
    const key = roomKey(batch);
    if (key === null) continue;
    const room = rooms.get(key);
    if (room === undefined) rooms.set(key, [batch]);
    else room.push(batch);
  }
  const gone = new Set<Batch>();
  const joined: Batch[] = [];
  for (const room of rooms.values()) {
    if (room.length < 2 || room.length > MOST_ALIKE) continue;
    for (const batch of room) gone.add(batch);
    joined.push(...joinRoom(room));
  }
  return gone.size === 0 ? batches : [...batches.filter((batch) => !gone.has(batch)), ...joined];
}

function roomKey(batch: Batch): string | null {
  const cover = coverOf(batch);
  if (cover === null || cover.total === null || cover.time === null || cover.titleKey === '') return null;
  const { facts } = cover;
  const trees = facts.prefixes.map((prefix) => prefix.toLowerCase()).sort();
  const { version } = versionOf(batch);
  return [emailKey(facts.senderEmail), cover.total, version, facts.rfc, trees.join(' '), cover.titleKey].join(
    '|',
  );
}

/** Each attempt goes to the next one that replaces it: 0/2 alone, then 0/2 and 1/2, then all. */
function joinRoom(room: readonly Batch[]): readonly Batch[] {
  const sorted = [...room].sort((a, b) => sentAt(a) - sentAt(b) || (idOf(a) < idOf(b) ? -1 : 1));
  return sorted.flatMap((batch, at) => {
    const again = sorted.findIndex((other, place) => place > at && replaces(other, batch));
    const next = sorted[again];
    if (next === undefined) return [batch];
    sorted[again] = { parts: [...batch.parts, ...next.parts], why: [...batch.why, ...next.why, WHY] };
    return [];
  });
}

function replaces(newer: Batch, older: Batch): boolean {
  const [before, after] = [patchesOf(older), patchesOf(newer)];
  const total = coverOf(older)?.total ?? 0;
  if (before.size >= total || after.size <= before.size) return false;
  if (sentAt(newer) - sentAt(older) > (before.size === 0 ? LETTER_AGAIN_MS : AGAIN_MS)) return false;
  for (const [index, part] of before) {
    const again = after.get(index);
    if (again === undefined || !isSamePatch(part, again)) return false;
  }
  return listTheSame(older, newer);
}

function isSamePatch(a: Part, b: Part): boolean {
  return a.titleKey === b.titleKey || titleSimilarity(a.titleKey, b.titleKey) >= SAME_PATCH_SIMILARITY;
}

/** The kernel's half and its tests' half may have one title; their lists of patches differ. */
function listTheSame(a: Batch, b: Batch): boolean {
  const [left, right] = [listedBy(a), listedBy(b)];
  if (left.size === 0 || right.size === 0) return true;
  return [...left].filter((title) => right.has(title)).length * 2 > Math.max(left.size, right.size);
}

function listedBy(batch: Batch): ReadonlySet<string> {
  return new Set(coverOf(batch)?.facts.shortlog.map(({ title }) => titleKey(title)));
}

/** Its patches by place. */
function patchesOf({ parts }: Batch): ReadonlyMap<number, Part> {
  const patches = parts.filter(({ role, index, total }) => role === 'patch' && (index ?? 0) <= (total ?? 0));
  return new Map(patches.flatMap((part) => (part.index === null ? [] : [[part.index, part] as const])));
}

/** When its newest letter was sent. */
function sentAt(batch: Batch): number {
  return coverOf(batch)?.time ?? 0;
}

function idOf(batch: Batch): string {
  return coverOf(batch)?.facts.id ?? '';
}
