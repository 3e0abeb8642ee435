import type { ChangelogEntry } from '../letter/letter.js';
import { sharedIds } from '../revision/shared-ids.js';
import { isBetween } from './changelog-between.js';
import type { ComparedChangelog, ComparedPatch } from './comparison.js';
import type { PostingFacts } from './posting-facts.js';
import type { RevisionRecord } from './record.js';

/**
 * What the patches of a posting say below their `---` about the versions after `base`, in their order. A patch that is sent alone
 * speaks for the whole, and is in the revision's own changelog; so does a mail that holds several patches.
 */
export function patchChangelogs(
  patches: readonly ComparedPatch[],
  messages: ReadonlyMap<string, PostingFacts>,
  base: RevisionRecord,
  target: RevisionRecord,
): readonly ComparedChangelog[] {
  if (patches.length < 2) return [];
  const several = sharedIds({ slots: patches.map(({ messageId: id }) => ({ id })) });
  return patches.flatMap((patch): ComparedChangelog[] => {
    const { messageId } = patch;
    if (messageId !== null && several.has(messageId)) return [];
    const entries = (messageId === null ? undefined : messages.get(messageId))?.letter?.changelog ?? [];
    return entries.flatMap((entry, at): ComparedChangelog[] => {
      const version = versionOf(entry, at === 0, base, target);
      if (version === null || entry.text === '') return [];
      return [{ version, rfc: target.rfc, text: entry.text, patch, messageId }];
    });
  });
}

/** null if the entry is about another version. The newest of a mail is about its own if it does not say. */
function versionOf(
  { version }: ChangelogEntry,
  newest: boolean,
  base: RevisionRecord,
  target: RevisionRecord,
): number | null {
  if (version === null) return newest ? target.version : null;
  if (isBetween(version, base, target)) return version;
  return base.rfc !== target.rfc && version === target.version ? version : null;
}
