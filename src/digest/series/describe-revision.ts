import { publicId } from '../mail/public-id.js';
import { creditReviews } from '../review/credit-reviews.js';
import { joinVerdicts, type Verdict } from '../review/join-verdicts.js';
import type { Review } from '../review/review.js';
import type { Revision } from '../revision/revision.js';
import { sharedIds } from '../revision/shared-ids.js';
import { changedLine } from '../summary/changed-line.js';
import { type ComparedPatch, changedPatches } from '../summary/changed-patches.js';
import { titlesSummary } from '../summary/patch-titles.js';
import { changedPaths } from './changed-paths.js';
import type { SeriesMaterial } from './material.js';
import type { PostingFacts } from './posting-facts.js';
import { leadSummary } from './read-posting.js';
import type { RevisionRecord, VerdictRecord } from './record.js';

/** Describes one revision; `before` are the older ones of its series, oldest first, already described. */
export function describeRevision(
  revision: Revision,
  before: readonly RevisionRecord[],
  outcome: RevisionRecord['outcome'],
  material: SeriesMaterial,
): RevisionRecord {
  const { messages, archiveUrl } = material;
  const anchor = messages.get(revision.id);
  const cover = revision.coverId === null ? anchor : messages.get(revision.coverId);
  const lists = anchor?.lists ?? [];
  const linkTo = (id: string | null) => {
    const known = id === null ? null : publicId(id);
    return known === null
      ? null
      : archiveUrl(known, (id === null ? undefined : messages.get(id)?.lists) ?? lists);
  };
  const reviews = creditReviews({ ...material, revision });
  const verdicts = joinVerdicts({ ...material, revision });
  const changelog = changelogOf(revision, cover, messages);
  const older = before.findLast((one) => one.version < revision.version);
  const below = answered(revision, material);
  return {
    id: revision.id,
    title: revision.title,
    author: { name: revision.author.name, email: revision.author.email },
    prefixes: [...revision.prefixes],
    version: revision.version,
    rfc: revision.rfc,
    resend: revision.resend,
    ...(below === null ? {} : { below }),
    date: revision.date,
    arrived: revision.received ?? revision.date,
    messageId: publicId(revision.id),
    url: linkTo(revision.id),
    total: revision.total,
    outcome,
    received: revision.slots.filter((slot) => slot.id !== null).length,
    diffstat: diffstatOf(revision, cover, messages),
    summary:
      summaryOf(revision, cover, messages) ??
      earlierSummary(before, messages) ??
      titlesSummary(
        revision.slots.map((slot) => slot.title),
        revision.title,
      ),
    changelog,
    changed:
      changedLine({ version: revision.version, changelog }, older?.version ?? null) ??
      (older === undefined ? null : comparedWith(older, revision, messages)),
    patches: revision.slots.map((slot, at) => ({
      messageId: slot.id === null ? null : publicId(slot.id),
      index: slot.index,
      author: slot.author,
      title: slot.title,
      url: linkTo(slot.id),
      reviews: (reviews.patches[at]?.reviews ?? []).map(toPublic),
    })),
    reviews: reviews.cover.map(toPublic),
    reviewText: reviews.summary.sentence === '' ? null : reviews.summary.sentence,
    ...(verdicts.length === 0 ? {} : { verdicts: verdicts.map((one) => toVerdict(one, linkTo)) }),
    ...(reviews.uncounted === 0 ? {} : { uncounted: reviews.uncounted }),
  };
}

/** The mail that a posting answers, and that is none of its own. */
function answered({ id, members }: Revision, { facts }: SeriesMaterial): string | null {
  const parent = facts.get(id)?.inReplyTo ?? null;
  return parent === null || members.includes(parent) ? null : publicId(parent);
}

function toPublic({ kind, name, email, id, ofPart }: Review): RevisionRecord['reviews'][number] {
  const review = { kind, name, email, messageId: publicId(id) };
  return ofPart === true ? { ...review, ofPart } : review;
}

function toVerdict(
  { by, kind, result, patch, id, at, was }: Verdict,
  linkTo: (id: string) => string | null,
): VerdictRecord {
  const about = patch === null ? null : publicId(patch);
  return {
    by,
    kind,
    result,
    patch: about,
    url: linkTo(id),
    messageId: publicId(id),
    date: at === '' ? null : at,
    ...(was === undefined ? {} : { was }),
  };
}

/** A letter that holds only a changelog has no summary; a posting without a cover is summarized from its first patch. */
function summaryOf(
  revision: Revision,
  cover: PostingFacts | undefined,
  messages: ReadonlyMap<string, PostingFacts>,
): string | null {
  const ofCover = cover === undefined ? null : leadSummary(cover);
  if (ofCover !== null || revision.coverId !== null) return ofCover;
  const id = revision.slots.find((slot) => slot.id !== null)?.id ?? null;
  const first = id === null ? undefined : messages.get(id);
  return first === undefined || first === cover ? null : leadSummary(first);
}

/** The summary of an earlier letter: it usually still applies. Patch titles shown in its place do not. */
function earlierSummary(
  before: readonly RevisionRecord[],
  messages: ReadonlyMap<string, PostingFacts>,
): string | null {
  const earlier = before.findLast(({ id, patches, summary }) => {
    if (summary === null) return false;
    return summary !== titlesSummary(patches.map((patch) => patch.title)) && messages.has(id);
  });
  return earlier?.summary ?? null;
}

/** What the patches show, if the author does not say what changed. */
function comparedWith(
  older: RevisionRecord,
  revision: Revision,
  messages: ReadonlyMap<string, PostingFacts>,
): string | null {
  const earlier = older.patches.map(({ title, messageId }) => ({ title, id: messageId }));
  // The size of one of several patches in a mail is not known.
  const several = new Set([...sharedIds(revision), ...sharedIds({ slots: earlier })]);
  const patchOf = ({ title, id }: { readonly title: string; readonly id: string | null }): ComparedPatch => {
    const diff = id === null || several.has(id) ? null : (messages.get(id)?.diff ?? null);
    return { title, size: diff === null ? null : `${diff.insertions} ${diff.deletions}` };
  };
  return changedPatches(earlier.map(patchOf), revision.slots.map(patchOf));
}

/** The cover's changelog; if it has none and the posting is one patch, the patch's. */
function changelogOf(
  revision: Revision,
  cover: PostingFacts | undefined,
  messages: ReadonlyMap<string, PostingFacts>,
): RevisionRecord['changelog'] {
  const own = cover?.letter?.changelog ?? [];
  if (own.length > 0 || revision.slots.length !== 1) return own.map((entry) => ({ ...entry }));
  const [only] = revision.slots;
  const patch = only?.id == null ? undefined : messages.get(only.id);
  return (patch?.letter?.changelog ?? []).map((entry) => ({ ...entry }));
}

/** What the letter says; else what the patches that are here add up to. */
function diffstatOf(
  revision: Revision,
  cover: PostingFacts | undefined,
  messages: ReadonlyMap<string, PostingFacts>,
): RevisionRecord['diffstat'] {
  const stated = cover?.letter?.diffstat;
  if (stated != null) {
    const { files, insertions, deletions, rows } = stated;
    return { files, insertions, deletions, paths: rows.map((row) => row.path) };
  }
  const ids = new Set(revision.slots.flatMap(({ id }) => id ?? []));
  const here = [...ids].flatMap((id) => messages.get(id)?.diff ?? []);
  if (here.length === 0) return null;
  const paths = changedPaths([revision], messages)
    .map((changed) => changed.path)
    .sort();
  return {
    files: paths.length,
    insertions: here.reduce((sum, diff) => sum + diff.insertions, 0),
    deletions: here.reduce((sum, diff) => sum + diff.deletions, 0),
    paths,
  };
}
