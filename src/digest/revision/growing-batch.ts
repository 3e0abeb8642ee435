import { type Batch, coverOf, spanOf, totalOf, versionOf } from './batch.js';
import { namedIds } from './cluster-keys.js';
import { sendingStem } from './sending-stem.js';
import { titleKey } from './title-key.js';

/**
 * A batch that absorbs others, keeping everything that they are compared by: a posting of 370 unthreaded mails is assembled one by one,
 * each time again.
 */
export interface GrowingBatch {
  readonly parts: Batch['parts'][number][];
  readonly why: Set<string>;
  readonly total: number | null;
  /** 0 is the cover. */
  readonly slots: Set<number>;
  readonly stems: Set<string>;
  span: { start: number; end: number } | null;
  version: { version: number; versionInferred: boolean };
  /** Keys of the titles that its letter lists, by place and at all; null without a letter that lists all N. */
  listed: { readonly places: readonly string[]; readonly keys: ReadonlySet<string> } | null;
  hasCover: boolean;
  /** Holds a patch that answers to nothing: one that names another root belongs there, though it is not here. */
  loose: boolean;
  /** Holds a patch that answers to a mail which is not in it. */
  answers: boolean;
  readonly prefixes: readonly string[];
}

export function growBatch(batch: Batch): GrowingBatch {
  const cover = coverOf(batch);
  const shortlog = cover?.facts.shortlog ?? [];
  const lists = cover !== null && shortlog.length > 0 && shortlog.length === cover.total;
  const titles = lists ? shortlog.map((entry) => titleKey(entry.title)) : [];
  const ids = new Set(batch.parts.map(({ facts }) => facts.id));
  return {
    parts: [...batch.parts],
    why: new Set(batch.why),
    total: totalOf(batch),
    slots: new Set(batch.parts.flatMap(({ index }) => index ?? [])),
    stems: new Set(batch.parts.flatMap(({ facts }) => sendingStem(facts.id) ?? [])),
    span: spanOf(batch),
    version: versionOf(batch),
    listed: lists ? { places: titles, keys: new Set(titles) } : null,
    hasCover: cover !== null,
    loose: batch.parts.some(
      ({ role, facts }) => role === 'patch' && facts.inReplyTo === null && facts.references.length === 0,
    ),
    answers: batch.parts.some(({ role, facts }) => {
      const named = role === 'patch' ? namedIds(facts) : [];
      return named.length > 0 && !named.some((id) => ids.has(id));
    }),
    prefixes: batch.parts[0]?.facts.prefixes ?? [],
  };
}

/** Merges `other` into `home`. */
export function takeUp(home: GrowingBatch, other: GrowingBatch, reason: string): void {
  home.parts.push(...other.parts);
  for (const why of [...other.why, reason]) home.why.add(why);
  for (const slot of other.slots) home.slots.add(slot);
  for (const stem of other.stems) home.stems.add(stem);
  const [a, b] = [home.span, other.span];
  home.span =
    a === null || b === null ? (a ?? b) : { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
  if (takesVersion(home, other)) home.version = other.version;
  home.listed ??= other.listed;
  home.hasCover ||= other.hasCover;
  home.loose ||= other.loose;
  home.answers ||= other.answers;
}

/** A letter gives the version of patches that have none; if both have one, all patches count more than the letter. */
function takesVersion(home: GrowingBatch, other: GrowingBatch): boolean {
  if (other.version.versionInferred) return false;
  if (home.version.versionInferred) return true;
  return home.version.version === other.version.version ? other.hasCover : home.hasCover;
}
