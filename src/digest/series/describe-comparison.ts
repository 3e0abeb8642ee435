import { publicId } from '../mail/public-id.js';
import type { PatchText } from '../patch/patch-text.js';
import { rangeDiff } from '../patch/range-diff.js';
import type { Revision, Slot } from '../revision/revision.js';
import { changelogBetween, newestFirst } from './changelog-between.js';
import { compareRevisions, type PatchPair, textOf } from './compare.js';
import type { ComparedPair, ComparedPatch, ComparedRevision, Comparison } from './comparison.js';
import type { SeriesGroup } from './group.js';
import { patchChangelogs } from './patch-changelogs.js';
import type { PostingFacts } from './posting-facts.js';
import type { RevisionRecord, SeriesRecord } from './record.js';

/** A series with its joins, and the two postings to compare, by Revision.id. */
export interface ComparisonMaterial {
  readonly series: SeriesRecord;
  readonly group: SeriesGroup;
  readonly from: string;
  readonly to: string;
  /** The mails of the posting `to`, by Message.id: their patches may say what changed in each. */
  readonly messages: ReadonlyMap<string, PostingFacts>;
  /** The texts of patches of both, by Message.id; those that are not here are not compared line by line. */
  readonly texts: ReadonlyMap<string, PatchText>;
}

/** Describes what happened to a series between two of its postings. Pure; null if the series does not have both. */
export function describeComparison({
  series,
  group,
  from,
  to,
  messages,
  texts,
}: ComparisonMaterial): Comparison | null {
  const older = group.revisions.find((revision) => revision.id === from);
  const newer = group.revisions.find((revision) => revision.id === to);
  const olderAt = series.revisions.findIndex((revision) => revision.id === from);
  const newerAt = series.revisions.findIndex((revision) => revision.id === to);
  const before = series.revisions[olderAt];
  const after = series.revisions[newerAt];
  if (older === undefined || newer === undefined || before === undefined || after === undefined) return null;
  const compared = compareRevisions(older, newer, texts);
  const toPatch = patchTeller(series, [older, newer]);
  const toPair = (pair: PatchPair): ComparedPair => ({
    older: toPatch(pair.older),
    newer: toPatch(pair.newer),
    content: contentOf(pair),
    difference: null,
  });
  const withDifference = (pair: PatchPair): ComparedPair => {
    const found = toPair(pair);
    return found.content === 'same' ? found : { ...found, difference: differenceOf(texts, pair) };
  };
  const kept = compared.changed.map(withDifference);
  return {
    series: { id: series.id, title: series.title, author: { ...series.author } },
    from: comparedRevision(before, older.slots.length),
    to: comparedRevision(after, newer.slots.length),
    added: compared.added.map(toPatch),
    dropped: compared.dropped.map(toPatch),
    retitled: compared.retitled.map(withDifference),
    changed: kept.filter((pair) => pair.content === 'changed'),
    unchanged: [...compared.unchanged.map(toPair), ...kept.filter((pair) => pair.content === 'same')].sort(
      (a, b) => a.newer.place - b.newer.place,
    ),
    unknown: kept.filter((pair) => pair.content === 'unknown'),
    reordered: compared.reordered.map(toPair),
    changelog: newestFirst(
      [
        ...changelogBetween(series.revisions, olderAt, newerAt),
        ...patchChangelogs(newer.slots.map(toPatch), messages, before, after),
      ],
      before,
    ),
  };
}

function patchTeller(series: SeriesRecord, compared: readonly Revision[]): (slot: Slot) => ComparedPatch {
  const urls = new Map(
    series.revisions.flatMap((revision) => revision.patches.map((patch) => [patch.messageId, patch.url])),
  );
  const places = new Map(
    compared.flatMap((revision) => revision.slots.map((slot, at) => [slot, at + 1] as const)),
  );
  return (slot) => {
    const { id, index, title, author } = slot;
    const messageId = id === null ? null : publicId(id);
    const url = messageId === null ? null : (urls.get(messageId) ?? null);
    return { index, place: places.get(slot) ?? 0, title, author, messageId, url };
  };
}

function contentOf({ older, newer }: PatchPair): ComparedPair['content'] {
  // A partial reroll shares mails with the previous version.
  if (older.id !== null && older.id === newer.id) return 'same';
  if (older.patchId === null || newer.patchId === null) return 'unknown';
  return older.patchId === newer.patchId ? 'same' : 'changed';
}

function differenceOf(
  texts: ReadonlyMap<string, PatchText>,
  { older, newer }: PatchPair,
): ComparedPair['difference'] {
  const [a, b] = [textOf(texts, older), textOf(texts, newer)];
  if (a === null || b === null) return null;
  const { lines, rewritten } = rangeDiff(a, b);
  return { lines: [...lines], rewritten };
}

function comparedRevision(revision: RevisionRecord, known: number): ComparedRevision {
  const { version, rfc, resend, title, date, messageId, url, total, received, diffstat } = revision;
  const size =
    diffstat === null
      ? null
      : { files: diffstat.files, insertions: diffstat.insertions, deletions: diffstat.deletions };
  return { version, rfc, resend, title, date, messageId, url, total, received, known, size };
}
