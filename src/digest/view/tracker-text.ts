import type { RevisionRecord } from '../series/record.js';
import { type TrackerEvidence, trackerHost } from '../state/tracker-evidence.js';
import { count } from '../text/count.js';
import { oneLine, shorten } from '../text/inert.js';

const FAILING_SHOWN = 3;

/** What the trackers say of a posting, one line each: `patchwork.example.org: accepted 18 of 26, under review 8; 2 checks fail (build, style)`. */
export function trackerTexts(revision: RevisionRecord, evidence: readonly TrackerEvidence[]): string[] {
  const members = new Set(
    [revision.messageId, ...revision.patches.map((patch) => patch.messageId)].filter((id) => id !== null),
  );
  const own = evidence.filter(({ messageId }) => members.has(messageId));
  const trackers = [...new Set(own.map(({ tracker }) => tracker))];
  return trackers.map((tracker) => {
    const reports = own.filter((one) => one.tracker === tracker);
    return `${trackerHost(tracker)}: ${[statesText(reports, revision.total), checksText(reports)].filter((part) => part !== '').join('; ')}`;
  });
}

/** The last word on each patch, the commonest first. */
function statesText(reports: readonly TrackerEvidence[], total: number): string {
  const ofPatch = new Map<string, { state: string; at: string }>();
  for (const { messageId, what, at } of reports) {
    const known = ofPatch.get(messageId);
    if (what.kind === 'state' && (known === undefined || known.at <= at))
      ofPatch.set(messageId, { state: what.state, at });
  }
  const counts = new Map<string, number>();
  for (const { state } of ofPatch.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(
      ([state, n]) =>
        `${shorten(oneLine(state.replaceAll('-', ' ')), 40)}${total > 1 ? ` ${n} of ${total}` : ''}`,
    )
    .join(', ');
}

/** The last result of each check of each patch; passed ones are counted, failing ones named. */
function checksText(reports: readonly TrackerEvidence[]): string {
  const results = new Map<string, { context: string; result: string; at: string }>();
  for (const { messageId, what, at } of reports) {
    if (what.kind !== 'check') continue;
    const key = `${messageId}\n${what.context}`;
    const known = results.get(key);
    if (known === undefined || known.at <= at)
      results.set(key, { context: what.context, result: what.result, at });
  }
  const all = [...results.values()];
  const failing = [...new Set(all.filter(({ result }) => result === 'fail').map(({ context }) => context))];
  const passed = all.filter(({ result }) => result === 'success').length;
  if (failing.length > 0) {
    const named = failing.slice(0, FAILING_SHOWN).map((context) => shorten(oneLine(context), 40));
    const more = failing.length > FAILING_SHOWN ? ` +${failing.length - FAILING_SHOWN}` : '';
    return `${count(failing.length, 'check fails', 'checks fail')} (${named.join(', ')}${more})`;
  }
  return passed === 0 ? '' : `${count(passed, 'check')} passed`;
}
