import type { Store } from '../../adapters/store/store.js';
import { partContentSchema } from '../../digest/plan/part-content.js';
import { extractsShown } from '../../digest/plan/with-summary.js';
import { toIso } from '../../digest/time/iso.js';

/** Messages looked at in one go. */
const STEP = 100;
const MARK = 'summaries wanted';

export interface QueueSetting {
  readonly store: Pick<Store, 'written' | 'markOf' | 'mark'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Notes the postings that messages planned since the last run summarize in their author's words: only these are sent to a model. It begins
 * with messages planned after its first run.
 */
export async function queueSummaries({ store, now }: QueueSetting): Promise<void> {
  const seen = await store.markOf(MARK);
  if (seen === null) return store.mark(MARK, String(await store.written.newestPart()));
  for (let after = Number(seen); ; ) {
    const parts = await store.written.partsAfter(after, STEP);
    if (parts.length === 0) return;
    const ids = parts.flatMap(({ content }) => extractsShown(partContentSchema.parse(JSON.parse(content))));
    await store.written.queue([...new Set(ids)], toIso(now()));
    after = parts.at(-1)?.id ?? after;
    // Kept after each step: a kill repeats one at most, and noting twice is the same as once.
    await store.mark(MARK, String(after));
  }
}
