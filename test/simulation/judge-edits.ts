import type { LoggedMessage } from '../fakes/memory-chat.js';
import { itemsIn, newsIn, type Place } from './judge.js';
import type { Posting } from './postings.js';

const HOUR_MS = 3_600_000;
/** How long posted messages are kept up to date. */
const EDITED_FOR_MS = 14 * 24 * HOUR_MS;

/**
 * Where nothing fails: what a message reported as news says by now that a later version came, or that it was applied, and nothing else of
 * it changed.
 */
export function judgeEdits(
  place: Place,
  log: readonly LoggedMessage[],
  postings: readonly Posting[],
): { readonly problems: string[]; readonly edited: number } {
  const problems: string[] = [];
  let edited = 0;
  const byName = new Map(postings.map((posting) => [`${posting.token} v${posting.version}`, posting]));
  for (const message of log) {
    const now = linesOf(message.body.text);
    const news = new Set(newsIn(message.firstText));
    for (const [name, first] of linesOf(message.firstText)) {
      const posting = byName.get(name);
      // Of the digests that named it again later, only the last is kept up to date.
      const expected =
        posting === undefined || !news.has(name) ? null : wordFor(posting, postings, Date.parse(message.at));
      const last = now.get(name) ?? '';
      if (last !== first) edited++;
      if (expected !== null && !expected.test(last))
        problems.push(`${place.address}: ${name} of ${message.at} says “${last.trim()}”, not ${expected}`);
      if (titleOf(last) !== titleOf(first))
        problems.push(`${place.address}: ${name} of ${message.at} became “${last.trim()}”`);
    }
  }
  return { problems, edited };
}

function linesOf(text: string): Map<string, string> {
  return new Map(itemsIn(text).map(({ name, lines }) => [name, lines.join('\n')]));
}

/** Without the mark of its state, which is what an edit changes. */
function titleOf(lines: string): string {
  return (lines.split('\n')[0] ?? '').replace(/^(?:✅|🟠|⛔) /u, '');
}

/** What the message about a posting that was reported at a moment must say; null if that depends on minutes, or on several words together. */
function wordFor(posting: Posting, postings: readonly Posting[], listedMs: number): RegExp | null {
  const untilMs = listedMs + EDITED_FOR_MS;
  const family = postings.filter(({ token }) => token === posting.token);
  const moments = family.flatMap(({ firstMs, readyMs, appliedMs }) => [firstMs, readyMs, appliedMs ?? 0]);
  if (moments.some((ms) => Math.abs(ms - untilMs) < 2 * HOUR_MS)) return null;
  if (family.some(({ firstMs, readyMs }) => firstMs < untilMs && readyMs > untilMs)) return null;
  const { appliedMs } = posting;
  // It stays applied, whatever is posted later.
  if (appliedMs !== null) return appliedMs > listedMs && appliedMs < untilMs ? /applied/ : null;
  const later = family.filter(
    ({ version, readyMs }) => version > posting.version && readyMs > listedMs && readyMs < untilMs,
  );
  const last = Math.max(...later.map(({ version }) => version));
  return later.length > 0 ? new RegExp(`superseded by v${last}`) : null;
}
