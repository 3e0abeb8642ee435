import type { SeriesRecord } from '../series/record.js';
import { versionName } from '../series/version-name.js';
import type { DigestItem } from './digest.js';
import type { PartContent } from './part-content.js';
import { stateText } from './state-text.js';

/**
 * The content of a part with what it says of one series' state as it is now; null where that changes nothing that is seen, or it does
 * not name the series. All else stays as it was posted.
 */
export function withState(content: PartContent, series: SeriesRecord): PartContent | null {
  // A headline over a thread shows titles alone.
  if (content.kind === 'notice' || (content.kind === 'headline' && content.details > 0)) return null;
  let changed = false;
  const groups = content.groups.map((group) => ({
    ...group,
    sections: group.sections.map((section) => ({
      ...section,
      items: section.items.map((item) => {
        const now = stateOf(item, series);
        if (now === null || now.stateText === item.stateText) return item;
        changed = true;
        return { ...item, ...now };
      }),
    })),
  }));
  return changed ? { ...content, groups } : null;
}

/** What is to be said of an item's state; null where it is none of this series. An older version says what became of itself. */
function stateOf(item: DigestItem, series: SeriesRecord): Pick<DigestItem, 'state' | 'stateText'> | null {
  const at = series.revisions.findIndex((revision) => isOf(item, revision));
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

function isOf(item: DigestItem, revision: SeriesRecord['revisions'][number]): boolean {
  if (item.messageId === null || revision.messageId === null)
    return (
      item.messageId === revision.messageId &&
      item.title === revision.title &&
      item.version === revision.version
    );
  return (
    item.messageId === revision.messageId ||
    // A cover that came later stands for the patches that were posted without it.
    revision.patches.some((patch) => patch.messageId === item.messageId)
  );
}
