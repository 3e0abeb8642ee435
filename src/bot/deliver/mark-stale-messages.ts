import type { Store } from '../../adapters/store/store.js';
import { withState } from '../../digest/plan/with-state.js';
import { DAY_MS, toIso } from '../../digest/time/iso.js';

/** How long posted messages are kept up to date. */
const EDITED_FOR_MS = 14 * DAY_MS;
/** Copies looked at in one go: little enough that other work has its turn in between. */
const STEP = 1_000;
const MARK = 'edits seen';

export interface MarkingSetting {
  readonly store: Pick<Store, 'chat' | 'markOf' | 'mark'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Looks at what arrived since the last time, and marks the posted messages whose series changed state: delivery edits them. It begins with
 * what arrives after its first run. Answers with how many messages are to be edited.
 */
export async function markStaleMessages({ store, now }: MarkingSetting): Promise<number> {
  const { touched } = store.chat;
  const newest = await touched.lastSeq();
  const seen = await store.markOf(MARK);
  let marked = 0;
  let after = seen === null ? newest : Number(seen);
  while (after < newest) {
    const upTo = Math.min(after + STEP, newest);
    marked += await markRange(store, after, upTo, now());
    // Kept after each step: a kill repeats one at most, and noting twice is the same as once.
    await store.mark(MARK, String(upTo));
    after = upTo;
  }
  if (seen === null) await store.mark(MARK, String(newest));
  return marked;
}

async function markRange(
  { chat }: MarkingSetting['store'],
  after: number,
  upTo: number,
  nowMs: number,
): Promise<number> {
  let marked = 0;
  for (const { series, members } of await chat.touched.touched(after, upTo)) {
    const parts = await chat.ledger.partsTelling([
      ...new Set([...members.keys(), ...[...members.values()].flat()]),
    ]);
    if (parts.length === 0) continue;
    const ids = parts.map((part) => part.outboxId);
    for (const part of await chat.outbox.standing(ids, toIso(nowMs - EDITED_FOR_MS))) {
      const content = withState(part.content, series);
      if (content !== null && (await chat.outbox.wantEdit(part, content, toIso(nowMs)))) marked++;
    }
  }
  return marked;
}
