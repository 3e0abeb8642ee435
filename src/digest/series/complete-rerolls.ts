import type { Revision } from '../revision/revision.js';
import type { RevisionLink } from './group.js';

/**
 * Fills a partial reroll (v2 of one patch, v5.1) with the patches of the version that it answers to, as b4 does:
 * the places are the older patches, the members remain its own. It gets the title of that version, not of the patch that was sent again.
 * `revisions` oldest first.
 */
export function completeRerolls(
  revisions: readonly Revision[],
  links: readonly RevisionLink[],
): readonly Revision[] {
  const rerolls = new Map(
    links.filter((link) => link.reason === 'partial-reroll').map((link) => [link.newer, link.older]),
  );
  const done = new Map<string, Revision>();
  for (const revision of revisions) {
    const base = done.get(rerolls.get(revision.id) ?? '');
    done.set(revision.id, base === undefined ? revision : complete(revision, base));
  }
  return [...done.values()];
}

function complete(revision: Revision, base: Revision): Revision {
  const own = new Set(revision.slots.flatMap((slot) => (slot.id === null ? [] : [slot.index])));
  const slots = [
    ...revision.slots,
    ...base.slots.filter((slot) => slot.index !== null && !own.has(slot.index)),
  ];
  return {
    ...revision,
    title: base.title,
    slots: slots.sort((a, b) => (a.index ?? Infinity) - (b.index ?? Infinity)),
  };
}
