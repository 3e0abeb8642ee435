import type { Destination } from '../../../adapters/store/chat/destination.js';
import type { StoredSlot } from '../../../adapters/store/chat/slots.js';
import type { Digest } from '../../../digest/plan/digest.js';
import { seriesCounted } from '../../../digest/plan/sections.js';
import { describeSchedule } from '../../../digest/schedule/describe-schedule.js';
import { nextSlots } from '../../../digest/schedule/slots.js';
import { count } from '../../../digest/text/count.js';
import { note } from '../../../digest/view/blocks.js';
import type { Block, Span } from '../../../digest/view/view.js';
import type { BotServices } from '../context.js';

/** When the next digest of a place comes, ISO UTC; null if none will. */
export function nextRun(
  { nowMs }: Pick<BotServices, 'nowMs'>,
  { schedule, state }: Destination,
): string | null {
  if (schedule === null || state !== 'active') return null;
  return nextSlots(schedule, nowMs(), 1)[0]?.due ?? null;
}

/** `daily at 09:00 (Europe/Berlin)`; null if no digest is sent. */
export function scheduleText({ schedule }: Destination): string | null {
  return schedule === null ? null : describeSchedule(schedule);
}

/** How much a reply includes about the next run: the schedule too, unless the line before has it. */
export type NextRunDetail = 'with schedule' | 'time alone' | 'nothing';

/** `Next digest: 17 Nov 2026 09:00; daily at 09:00 (Europe/Berlin).`, or why there is none. The time is given once: some chats show both forms alike. */
function nextRunSpans(
  services: Pick<BotServices, 'nowMs'>,
  destination: Destination,
  detail: NextRunDetail,
): Span[] {
  const schedule = scheduleText(destination);
  if (schedule === null) return [{ text: 'No digest is scheduled: /digest at 09:00 sets one.' }];
  if (destination.state === 'paused')
    return [{ text: `Digests are paused (${schedule}): /digest resume starts them again.` }];
  if (destination.state === 'broken')
    return [
      {
        text: `Digests are paused, since they could not be posted here (${schedule}): /digest resume tries again.`,
      },
    ];
  const next = nextRun(services, destination);
  if (next === null) return [{ text: `Digests come ${schedule}.` }];
  return [
    { text: 'Next digest: ' },
    { at: next, form: 'time' },
    { text: detail === 'time alone' ? '.' : `; ${schedule}.` },
  ];
}

export function nextRunBlocks(
  services: Pick<BotServices, 'nowMs'>,
  destination: Destination,
  detail: NextRunDetail = 'with schedule',
): Block[] {
  return detail === 'nothing' ? [] : [note(...nextRunSpans(services, destination, detail))];
}

/** How many things a digest reports: `12 series`; `nothing new`. */
export function seriesText({ counts }: Digest): string {
  const series = seriesCounted(counts);
  const singles = counts.singlePatches;
  const parts = [
    series > 0 ? count(series, 'series', 'series') : '',
    singles > 0 ? count(singles, 'single patch', 'single patches') : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing new' : parts.join(' and ');
}

/** What became of the last digest of a place, in words behind its time. */
export function resultText(slot: StoredSlot): string {
  switch (slot.state) {
    case 'sent':
      return seriesText(slot.digest);
    case 'empty':
      return 'nothing new';
    case 'open':
      return `${seriesText(slot.digest)}, being sent${slot.problem === null ? '' : ` (${slot.problem})`}`;
    case 'stale':
      return `not all could be sent in time${slot.problem === null ? '' : `: ${slot.problem}`}; the rest comes with the next`;
    case 'refused':
      return `refused${slot.problem === null ? '' : `: ${slot.problem}`}`;
    default:
      return slot.state satisfies never;
  }
}
