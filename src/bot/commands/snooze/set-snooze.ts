import type { SnoozeTime } from '../../../digest/plan/read-snooze.js';
import type { Snooze } from '../../../digest/plan/snooze.js';
import type { Action, Answer } from '../../../digest/ports/chat-bot.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { toIso } from '../../../digest/time/iso.js';
import { note, paragraph } from '../../../digest/view/blocks.js';
import type { Span } from '../../../digest/view/view.js';
import { manager } from '../access.js';
import { shortId } from '../chat/action-ids.js';
import { button, nameFor, privately, problem } from '../chat/answers.js';
import { ensureDestination } from '../chat/ensure-destination.js';
import { personOf } from '../chat/requester-person.js';
import { type CommandContext, chatOf } from '../context.js';

export const snoozeHere = manager('snooze a series here');

const MOST_SNOOZED = 500;

/** Snoozes a series for the user, or with `isHere` for the place; or ends that. The right was already checked. */
export async function setSnooze(
  series: SeriesRecord,
  time: SnoozeTime,
  isHere: boolean,
  context: CommandContext,
): Promise<Answer> {
  const { snoozes } = chatOf(context);
  const whose = isHere ? context.place : personOf(context);
  const title = titleOf(series);
  const where = isHere ? ' here' : '';
  const known = await snoozes.of(whose);
  const before = ofSeries(known, series).map(({ messageKey }) => messageKey);
  if (time.endsWith === 'off') {
    if (before.length === 0)
      return problem(`“${title}” is not snoozed${where}.`, `/snooze list${where} shows what is.`);
    await snoozes.remove(whose, before);
    const text = `“${title}” is no longer snoozed${where}`;
    return {
      ...privately(viewOf([`${text}.`])),
      announce: isHere ? announced([`${text}.`], [], context) : null,
    };
  }
  if (before.length === 0 && known.length >= MOST_SNOOZED)
    return problem(`${MOST_SNOOZED} series are snoozed already.`, 'Remove some with /snooze TITLE off.');
  // So that forgetting the place removes it.
  if (isHere) await ensureDestination(context);
  const made: Snooze = {
    messageKey: before[0] ?? series.revisions[0]?.id ?? series.id,
    title,
    endsWith: time.endsWith,
    until: time.until,
    revisions: series.revisions.length,
    replies: series.replies,
  };
  await snoozes.set(whose, made, toIso(context.nowMs()));
  const sentence = [
    `“${title}” is ${time.endsWith === 'done' ? 'done' : 'snoozed'}${where} `,
    ...endOf(made),
    '.',
  ];
  const undo = [await undoOf(series, isHere, context)];
  const ends = note(`/snooze TITLE off${where} ends it, /snooze list${where} shows all.`);
  const view = viewOf(sentence);
  return {
    ...privately({ ...view, blocks: [...view.blocks, ends] }, undo),
    announce: isHere ? announced(sentence, undo, context) : null,
  };
}

/** Those of a person or place that are about a series. */
export function ofSeries(snoozes: readonly Snooze[], { revisions }: SeriesRecord): readonly Snooze[] {
  const members = new Set(revisions.map(({ id }) => id));
  return snoozes.filter(({ messageKey }) => members.has(messageKey));
}

/** The title of a series for the middle of a sentence. */
export function titleOf({ title }: SeriesRecord): string {
  return shorten(oneLine(title), 120);
}

async function undoOf(series: SeriesRecord, isHere: boolean, context: CommandContext): Promise<Action> {
  const anchor = await chatOf(context).anchors.anchor(series.revisions.at(-1)?.id ?? series.id);
  return button(shortId({ kind: 'snooze', does: 'off', anchor, isHere }), 'Undo', 'danger');
}

type Sentence = readonly (Span | string)[];

function viewOf(sentence: Sentence) {
  const text = sentence.map((one) =>
    typeof one === 'string' ? one : 'text' in one ? one.text : one.at.slice(0, 10),
  );
  return { fallback: text.join(''), blocks: [paragraph(...sentence)] };
}

/** A channel learns what changes what it gets; a person alone with the bot knows. */
function announced(
  sentence: Sentence,
  actions: readonly Action[],
  { requester, place }: CommandContext,
): Answer['announce'] {
  if (place.kind !== 'channel') return null;
  const by = nameFor(requester.name, 'someone');
  return { view: viewOf([...sentence, ` Done by ${by}.`]), actions };
}

/** `until 24 December`, `until a new version comes`. */
export function endOf({ endsWith, until }: Pick<Snooze, 'endsWith' | 'until'>): Span[] {
  switch (endsWith) {
    case 'date':
      return until === null ? [] : [{ text: 'until ' }, { at: until, form: 'date' }];
    case 'reply':
      return [{ text: 'until a reply or a new version comes' }];
    case 'version':
    case 'done':
      return [{ text: 'until a new version comes' }];
    default:
      return endsWith satisfies never;
  }
}
