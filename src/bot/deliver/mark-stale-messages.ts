import type { Store } from '../../adapters/store/store.js';
import type { PartContent } from '../../digest/plan/part-content.js';
import { withState } from '../../digest/plan/with-state.js';
import { DAY_MS, toIso } from '../../digest/time/iso.js';
import { RULES_MARK } from '../ingest/rules-mark.js';

/** How long posted messages are kept up to date. */
const EDITED_FOR_MS = 14 * DAY_MS;
/** Copies looked at in one go: little enough that other work has its turn in between. */
const STEP = 1_000;
const MARK = 'edits seen';
/** After the rules changed, only what was posted this recently is edited: a reindex announces nothing, and starts no wave of edits. */
const EDITED_AFTER_RULES_MS = DAY_MS;
const SEEN_RULES = 'edits rules';

export interface MarkingSetting {
  readonly store: Pick<Store, 'chat' | 'markOf' | 'mark' | 'seriesByMessage'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Looks at what arrived since the last time, and marks the posted messages whose series changed state, also by a pull request that lists them: delivery edits them. It begins with
 * what arrives after its first run. Returns how many messages are to be edited.
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
  return marked + (await markAfterRules({ store, now }));
}

/** Once all mail has been read by other rules: what was posted in the last day says what its series say now. */
async function markAfterRules({ store, now }: MarkingSetting): Promise<number> {
  const rules = await store.markOf(RULES_MARK);
  const seen = await store.markOf(SEEN_RULES);
  if (rules === null || rules === seen) return 0;
  let marked = 0;
  const since = toIso(now() - EDITED_AFTER_RULES_MS);
  const parts = seen === null ? [] : await store.chat.outbox.postedSince(since);
  for (const part of parts) {
    let { content } = part;
    for (const messageId of messagesIn(content)) {
      const series = await store.seriesByMessage(messageId);
      if (series !== null) content = withState(content, series) ?? content;
    }
    if (content !== part.content && (await store.chat.outbox.requestEdit(part, content, toIso(now()))))
      marked++;
  }
  await store.mark(SEEN_RULES, rules);
  return marked;
}

function messagesIn(content: PartContent): ReadonlySet<string> {
  if (content.kind === 'notice') return new Set();
  const items = content.groups.flatMap((group) => group.sections.flatMap((section) => section.items));
  return new Set(items.flatMap((item) => item.messageId ?? []));
}

async function markRange(
  { chat }: MarkingSetting['store'],
  after: number,
  upTo: number,
  nowMs: number,
): Promise<number> {
  let marked = 0;
  for (const { series, members } of await chat.touched.touched(after, upTo)) {
    const parts = await chat.ledger.partsReporting([
      ...new Set([...members.keys(), ...[...members.values()].flat()]),
    ]);
    if (parts.length === 0) continue;
    const ids = parts.map((part) => part.outboxId);
    for (const part of await chat.outbox.posted(ids, toIso(nowMs - EDITED_FOR_MS))) {
      const content = withState(part.content, series);
      if (content !== null && (await chat.outbox.requestEdit(part, content, toIso(nowMs)))) marked++;
    }
  }
  return marked;
}
