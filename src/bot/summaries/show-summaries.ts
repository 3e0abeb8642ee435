import type { ChatStore } from '../../adapters/store/chat/chat-store.js';
import type { ReportingPart } from '../../adapters/store/chat/ledger.js';
import type { Store } from '../../adapters/store/store.js';
import type { PartContent } from '../../digest/plan/part-content.js';
import { withSummary } from '../../digest/plan/with-summary.js';
import type { PlatformName } from '../../digest/ports/chat-platform.js';
import type { RevisionRecord } from '../../digest/series/record.js';
import { DAY_MS, toIso } from '../../digest/time/iso.js';
import type { PagesAt } from '../../digest/view/page-link.js';
import { type FitsView, fitsPart } from '../../digest/view/part-view.js';

/** How long posted messages are kept up to date. */
export const EDITED_FOR_MS = 14 * DAY_MS;
const BATCH = 200;

export interface ShowingSetting {
  readonly store: Pick<Store, 'chat' | 'written' | 'seriesByMessage'>;
  /** Whether a view goes into one message there; null for a platform that is not running. */
  readonly fitsOn: (platform: PlatformName) => FitsView | null;
  /** Where the pages are published; absent: they are not. */
  readonly pagesAt?: PagesAt;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Marks the posted messages that name a posting whose summary came after them: delivery edits them. A posting is checked again
 * until none of its messages is on its way. Returns how many are to be edited.
 */
export async function showSummaries(setting: ShowingSetting): Promise<number> {
  const { store } = setting;
  let marked = 0;
  for (const key of await store.written.answered(BATCH)) {
    const series = await store.seriesByMessage(key);
    const revision = series?.revisions.find(({ id }) => id === key);
    const shown = revision === undefined ? { edits: 0, isSettled: true } : await showOne(setting, revision);
    marked += shown.edits;
    if (shown.isSettled) await store.written.shown(key);
  }
  return marked;
}

async function showOne(
  setting: ShowingSetting,
  revision: RevisionRecord,
): Promise<{ readonly edits: number; readonly isSettled: boolean }> {
  const { chat } = setting.store;
  const patches = revision.patches.flatMap(({ messageId }) => (messageId === null ? [] : [messageId]));
  const parts = await chat.ledger.partsReporting([...new Set([revision.id, ...patches])]);
  const ids = parts.map((part) => part.outboxId);
  // Before the messages are read: one that is sent in between is checked again.
  let isSettled = !(await chat.outbox.anyOpen(ids));
  const fits = await fitsOf(setting, chat, parts);
  const now = setting.now();
  let edits = 0;
  for (const part of await chat.outbox.posted(ids, toIso(now - EDITED_FOR_MS))) {
    const content = withSummary(part.content, revision, (made) => fits(part.id, made));
    if (content === null) continue;
    if (await chat.outbox.requestEdit(part, content, toIso(now))) edits += 1;
    else isSettled = false;
  }
  return { edits, isSettled };
}

/** Whether a part's content goes into one message where it was posted. */
async function fitsOf(
  { fitsOn, pagesAt }: ShowingSetting,
  chat: ChatStore,
  parts: readonly ReportingPart[],
): Promise<(part: number, content: PartContent) => boolean> {
  const places = await chat.destinations.byIds([...new Set(parts.map((part) => part.destinationId))]);
  const platformOf = new Map(places.map(({ id, platform }) => [id, platform]));
  const destinationOf = new Map(parts.map((part) => [part.outboxId, part.destinationId]));
  return (part, content) => {
    const platform = platformOf.get(destinationOf.get(part) ?? -1);
    const fits = platform === undefined ? null : fitsOn(platform);
    return fits !== null && fitsPart(fits, pagesAt)(content);
  };
}
