import type { SeriesRecord } from '../series/record.js';
import { versionName } from '../series/version-name.js';
import type { DigestItem, DigestSection } from './digest.js';
import type { PartContent } from './part-content.js';
import { stateText } from './state-text.js';

/**
 * The content of a part with what it says of one series' state as it is now; null if that changes nothing that is seen, or it does
 * not name the series. All else stays as it was posted.
 */
export function withState(content: PartContent, series: SeriesRecord): PartContent | null {
  return withItems(content, (item, section) => {
    // One line for several branches says nothing of what became of one.
    if ((item.backport?.branches.length ?? 0) > (series.backport?.branches.length ?? 0)) return item;
    const now = stateOf(item, series);
    // A posted reason to wait stays as it was posted, until the series is decided or superseded.
    if (section === 'Waiting' && now !== null && isOpenState(now.state)) return item;
    return now === null || now.stateText === item.stateText ? item : { ...item, ...now };
  });
}

/** The content of a part with its items changed; null if none of them is, or it shows titles alone. */
export function withItems(
  content: PartContent,
  change: (item: DigestItem, section: DigestSection['name']) => DigestItem,
): PartContent | null {
  // A headline over a thread shows titles alone.
  if (content.kind === 'notice' || (content.kind === 'headline' && content.details > 0)) return null;
  let changed = false;
  const groups = content.groups.map((group) => ({
    ...group,
    sections: group.sections.map((section) => ({
      ...section,
      items: section.items.map((item) => {
        const now = change(item, section.name);
        changed ||= now !== item;
        return now;
      }),
    })),
  }));
  return changed ? { ...content, groups } : null;
}

/** The text of an item's state; null if the item is not of this series. An older version says what became of itself. */
function stateOf(item: DigestItem, series: SeriesRecord): Pick<DigestItem, 'state' | 'stateText'> | null {
  const at = series.revisions.findIndex((revision) => isItemOf(item, revision));
  const latest = series.revisions.at(-1);
  const revision = series.revisions[at] ?? (item.id === series.id ? latest : undefined);
  if (revision === undefined || latest === undefined) return null;
  if (revision === latest)
    return { state: series.state.name, stateText: stateText(series, series.state.evidence) };
  const { outcome } = revision;
  if (outcome === 'superseded') return { state: outcome, stateText: `superseded by ${versionName(latest)}` };
  return {
    state: outcome,
    stateText: outcome === 'new' || outcome === 'under-review' ? null : outcome.replace('-', ' '),
  };
}

/** Whether an item was made of a posting, or of patches whose cover came later. */
export function isItemOf(item: DigestItem, revision: SeriesRecord['revisions'][number]): boolean {
  if (item.messageId === null || revision.messageId === null)
    return (
      item.messageId === revision.messageId &&
      item.title === revision.title &&
      item.version === revision.version
    );
  return (
    item.messageId === revision.messageId ||
    // A cover that arrived later represents the patches that were posted without it.
    revision.patches.some((patch) => patch.messageId === item.messageId)
  );
}

function isOpenState(state: DigestItem['state']): boolean {
  return state === 'new' || state === 'under-review' || state === 'changes-requested' || state === 'stale';
}
