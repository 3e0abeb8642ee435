import type { Destination } from '../../adapters/store/chat/destinations.js';
import type { StoredSlot } from '../../adapters/store/chat/slots.js';
import type { Digest } from '../../digest/contract/digest-answer.js';
import { describeSchedule } from '../../digest/schedule/describe-schedule.js';
import { nextSlots } from '../../digest/schedule/slots.js';
import { count } from '../../digest/text/count.js';
import type { Block, Span } from '../../digest/view/view.js';
import { note } from './answers.js';
import type { ChatScene } from './scene.js';

/** When the next digest of a place comes, ISO UTC; null where none will. */
export function nextRun(scene: ChatScene, { schedule, state }: Destination): string | null {
  if (schedule === null || state !== 'active') return null;
  return nextSlots(schedule, scene.nowMs(), 1)[0]?.due ?? null;
}

/** `daily at 09:00 (Europe/Berlin)`; null where no digest is sent. */
export function scheduleText({ schedule }: Destination): string | null {
  return schedule === null ? null : describeSchedule(schedule);
}

/** `Next digest: in 3 hours, 17 Nov 2026 09:00; daily at 09:00.`, or why there is none. */
export function nextRunSpans(scene: ChatScene, destination: Destination): Span[] {
  const schedule = scheduleText(destination);
  if (schedule === null) return [{ text: 'No digest is scheduled: /digest at 09:00 sets one.' }];
  if (destination.state === 'paused')
    return [{ text: `Paused; it was ${schedule}. /digest resume goes on.` }];
  if (destination.state === 'broken')
    return [
      { text: `Stopped, because it could not be posted here. /digest resume tries again (${schedule}).` },
    ];
  const next = nextRun(scene, destination);
  if (next === null) return [{ text: `Digests come ${schedule}.` }];
  return [
    { text: 'Next digest: ' },
    { at: next, form: 'time' },
    { text: ', ' },
    { at: next, form: 'relative' },
    { text: `; ${schedule}.` },
  ];
}

export function nextRunBlock(scene: ChatScene, destination: Destination): Block {
  return note(...nextRunSpans(scene, destination));
}

/** How many things a digest tells of: `12 series`; `nothing new`. */
export function toldText({ counts }: Digest): string {
  const told = counts.series + counts.versions + counts.discussed + counts.applied;
  const singles = counts.singlePatches;
  const parts = [
    told > 0 ? count(told, 'series', 'series') : '',
    singles > 0 ? count(singles, 'single patch', 'single patches') : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing new' : parts.join(' and ');
}

/** What became of the last digest of a place, in words behind its time. */
export function resultText(slot: StoredSlot): string {
  switch (slot.state) {
    case 'sent':
      return toldText(slot.digest);
    case 'empty':
      return 'nothing new';
    case 'open':
      return `${toldText(slot.digest)}, being sent${slot.problem === null ? '' : ` (${slot.problem})`}`;
    case 'stale':
      return `not all could be sent in time${slot.problem === null ? '' : `: ${slot.problem}`}; the rest comes with the next`;
    case 'refused':
      return `refused${slot.problem === null ? '' : `: ${slot.problem}`}`;
    default:
      return slot.state satisfies never;
  }
}
