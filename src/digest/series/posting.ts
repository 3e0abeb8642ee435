import type { Writer } from '../mail/person-key.js';
import { timeOf } from '../revision/cluster-keys.js';
import type { JoinFacts, Revision } from '../revision/revision.js';
import { titleKey } from '../revision/title-key.js';
import { backportOf } from './backport.js';

/** An earlier posting that the text of this one names. */
interface NamedEarlier {
  readonly id: string;
  readonly version: number | null;
}

/** A revision with everything that linking needs, computed once. */
export interface Posting {
  readonly revision: Revision;
  /** The cover's facts, else those of the first patch; null if the caller has none. */
  readonly head: JoinFacts | null;
  readonly kind: 'series' | 'single' | 'pull';
  readonly writer: Writer;
  readonly changeId: string | null;
  /** The subject's version, else the one that the letter's own changelog claims, else 1. */
  readonly version: number;
  readonly versionStated: boolean;
  readonly titleKey: string;
  readonly wasKey: string | null;
  readonly time: number | null;
  /** Keys of the titles of its patches, known from the list of patches too. */
  readonly patchTitles: ReadonlySet<string>;
  /** What names a patch whatever its title: patch-ids, Gerrit's ids. */
  readonly patchIds: ReadonlySet<string>;
  readonly supersedes: readonly string[];
  readonly earlier: readonly NamedEarlier[];
  /** A copy of work that was posted elsewhere: stable review, AUTOSEL. It shares titles with the work itself. */
  readonly backport: boolean;
  /** Only patches beyond N, `v4 9/8`, whose posting is not here: not a version of anything. */
  readonly extra: boolean;
  /** The release named in the tags: `[PATCH 5.12]`. */
  readonly release: string | null;
}

const MOST_EARLIER = 60;
/** Gerrit's Change-Id identifies a patch through its versions, not a series. */
const GERRIT = /^I[0-9a-f]{40}$/;

/** Prepares a revision for linking; `facts` holds at least its members. */
export function toPosting(revision: Revision, facts: ReadonlyMap<string, JoinFacts>): Posting {
  const members = revision.members.flatMap((id) => facts.get(id) ?? []);
  const head = facts.get(revision.id) ?? null;
  const claimed = revision.versionInferred ? (head?.bodyVersion ?? null) : null;
  const was = head?.was ?? null;
  const speakers = speakersOf(revision, head, members);
  const changeIds = [head, ...members].flatMap((one) => one?.changeId ?? []);
  return {
    revision,
    head,
    kind:
      head?.kind === 'pull' ? 'pull' : revision.coverId === null && revision.total <= 1 ? 'single' : 'series',
    writer: { author: revision.author, senderEmail: head?.senderEmail ?? '' },
    changeId: changeIds.find((id) => !GERRIT.test(id)) ?? null,
    version: claimed ?? revision.version,
    versionStated: !revision.versionInferred || claimed !== null,
    titleKey: titleKey(revision.title),
    wasKey: was === null ? null : titleKey(was),
    time: head === null ? parseTime(revision.date ?? revision.received) : timeOf(head),
    patchTitles: new Set(revision.slots.map((slot) => titleKey(slot.title)).filter((key) => key !== '')),
    patchIds: new Set([
      ...revision.slots.flatMap((slot) => slot.patchId ?? []),
      ...changeIds.filter((id) => GERRIT.test(id)),
    ]),
    supersedes: speakers.flatMap((one) => one.supersedes),
    earlier: earlierOf(speakers, members),
    extra: isExtra(revision, head),
    backport: backportOf(revision, facts) !== null,
    release: revision.prefixes.find((prefix) => RELEASE.test(prefix)) ?? null,
  };
}

/**
 * The mails that represent a posting as a whole: its letter, or its only patch. What is in the notes of one patch
 * of several belongs to that patch: it was picked from other work, or depends on it.
 */
function speakersOf(revision: Revision, head: JoinFacts | null, members: readonly JoinFacts[]): JoinFacts[] {
  const patches = members.filter((one) => one.kind === 'patch' && one.index !== 0);
  const [first] = patches;
  const isWhole = revision.total <= 1 || (first?.files?.patches.length ?? 0) > 1;
  const only = isWhole && patches.length === 1 ? patches : [];
  const letter = head !== null && (revision.coverId !== null || head.kind === 'pull') ? [head] : [];
  return letter.some((one) => one.previousVersions.length > 0) ? letter : [...letter, ...only];
}

function earlierOf(speakers: readonly JoinFacts[], members: readonly JoinFacts[]): readonly NamedEarlier[] {
  const own = new Set(members.map((one) => one.id));
  const named = new Map<string, NamedEarlier>();
  for (const { previousVersions } of speakers)
    for (const { messageId, version } of previousVersions) {
      if (messageId === null || own.has(messageId) || named.has(messageId) || named.size >= MOST_EARLIER)
        continue;
      named.set(messageId, { id: messageId, version });
    }
  return [...named.values()];
}

const RELEASE = /^\d{1,2}\.\d{1,3}$/;

function isExtra({ coverId }: Revision, head: JoinFacts | null): boolean {
  return coverId === null && head?.index != null && head.total !== null && head.index > head.total;
}

function parseTime(stamp: string | null): number | null {
  const time = stamp === null ? Number.NaN : Date.parse(stamp);
  return Number.isNaN(time) ? null : time;
}
