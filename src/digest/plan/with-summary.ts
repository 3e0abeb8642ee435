import type { RevisionRecord } from '../series/record.js';
import type { DigestItem } from './digest.js';
import type { PartContent } from './part-content.js';
import { writtenBy } from './place-series.js';
import { isNewsSection } from './sections.js';
import { isItemOf, withItems } from './with-state.js';

/**
 * The content of a part with the summary of a posting that came after it was posted; null if it shows none of it, or shows it
 * already. An item without a summary had no room for one. `fits`: whether a message holds it so.
 */
export function withSummary(
  content: PartContent,
  revision: RevisionRecord,
  fits: (content: PartContent) => boolean,
): PartContent | null {
  const changed = withItems(content, (item, section) =>
    isNewsSection(section) && isLate(item, revision) ? shown(item, revision) : item,
  );
  return changed === null || !fits(changed) ? null : changed;
}

function isLate(item: DigestItem, revision: RevisionRecord): boolean {
  return (
    revision.summaryBy === 'model' &&
    item.summary !== null &&
    item.summary !== revision.summary &&
    isItemOf(item, revision)
  );
}

function shown(item: DigestItem, revision: RevisionRecord): DigestItem {
  return { ...item, summary: revision.summary, changed: revision.changed, ...writtenBy(revision) };
}

/** Message-IDs of the items of a part that show their author's summary. */
export function extractsShown(content: PartContent): string[] {
  const ids: string[] = [];
  withItems(content, (item, section) => {
    const { summary, summaryBy, messageId } = item;
    if (isNewsSection(section) && summary !== null && summaryBy === undefined && messageId !== null)
      ids.push(messageId);
    return item;
  });
  return ids;
}
