import { timeOf } from '../revision/cluster-keys.js';
import type { Writer } from '../revision/person-key.js';
import { titleKey } from '../revision/title-key.js';
import type { JoinFacts, Revision } from '../revision/types.js';

/** An earlier posting that the text of this one names. */
export interface NamedEarlier {
  readonly id: string;
  readonly version: number | null;
}

/** A revision with all that linking asks of it, worked out once. */
export interface Posting {
  readonly revision: Revision;
  /** The cover's facts, else those of the first patch; null where the caller has none. */
  readonly head: JoinFacts | null;
  readonly kind: 'series' | 'single' | 'pull';
  readonly writer: Writer;
  readonly changeId: string | null;
  /** The subject's version, else the one that the letter's own changelog claims (G27), else 1. */
  readonly version: number;
  readonly versionSaid: boolean;
  readonly titleKey: string;
  readonly wasKey: string | null;
  readonly time: number | null;
  /** Keys of the titles of its patches, known from the list of patches too. */
  readonly patchTitles: ReadonlySet<string>;
  readonly patchIds: ReadonlySet<string>;
  readonly supersedes: readonly string[];
  readonly earlier: readonly NamedEarlier[];
  /** A copy of work that stands elsewhere: stable review, AUTOSEL. It shares titles with the work itself. */
  readonly backport: boolean;
}

const MOST_EARLIER = 60;

/** Looks at a revision for linking; `facts` holds at least its members. */
export function toPosting(revision: Revision, facts: ReadonlyMap<string, JoinFacts>): Posting {
  const members = revision.members.flatMap((id) => facts.get(id) ?? []);
  const head = facts.get(revision.id) ?? null;
  const claimed = revision.versionInferred ? (head?.bodyVersion ?? null) : null;
  const was = head?.was ?? null;
  return {
    revision,
    head,
    kind:
      head?.kind === 'pull' ? 'pull' : revision.coverId === null && revision.total <= 1 ? 'single' : 'series',
    writer: { author: revision.author, senderEmail: head?.senderEmail ?? '' },
    changeId: head?.changeId ?? members.find((one) => one.changeId !== null)?.changeId ?? null,
    version: claimed ?? revision.version,
    versionSaid: !revision.versionInferred || claimed !== null,
    titleKey: titleKey(revision.title),
    wasKey: was === null ? null : titleKey(was),
    time: head === null ? parseTime(revision.date ?? revision.received) : timeOf(head),
    patchTitles: new Set(revision.slots.map((slot) => titleKey(slot.title)).filter((key) => key !== '')),
    patchIds: new Set(revision.slots.flatMap((slot) => slot.patchId ?? [])),
    supersedes: members.flatMap((one) => one.supersedes),
    earlier: earlierOf(head, members),
    backport: isBackport(revision.prefixes) || /\bbackport/i.test(revision.title.slice(0, 200)),
  };
}

/**
 * What the letter names. Links below a patch of a series with a letter speak of that patch; they count only
 * where the letter names nothing.
 */
function earlierOf(head: JoinFacts | null, members: readonly JoinFacts[]): readonly NamedEarlier[] {
  const own = new Set(members.map((one) => one.id));
  const speaking = head !== null && head.previousVersions.length > 0 ? [head] : members;
  const named = new Map<string, NamedEarlier>();
  for (const { previousVersions } of speaking)
    for (const { messageId, version } of previousVersions) {
      if (messageId === null || own.has(messageId) || named.has(messageId) || named.size >= MOST_EARLIER)
        continue;
      named.set(messageId, { id: messageId, version });
    }
  return [...named.values()];
}

function isBackport(prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => {
    const lower = prefix.toLowerCase();
    return (
      lower === 'autosel' ||
      lower === 'stable' ||
      lower === 'backport' ||
      /^\d{1,2}\.\d{1,3}(\.|$|-)/.test(lower)
    );
  });
}

function parseTime(stamp: string | null): number | null {
  const time = stamp === null ? Number.NaN : Date.parse(stamp);
  return Number.isNaN(time) ? null : time;
}
