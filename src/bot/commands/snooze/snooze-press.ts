import type { SnoozeTime } from '../../../digest/plan/read-snooze.js';
import { holds } from '../../../digest/plan/snooze.js';
import type { Action, Answer } from '../../../digest/ports/chat-bot.js';
import type { RevisionRecord, SeriesRecord } from '../../../digest/series/record.js';
import { versionName } from '../../../digest/series/version-name.js';
import { DAY_MS, toIso } from '../../../digest/time/iso.js';
import { note, paragraph } from '../../../digest/view/blocks.js';
import { anyone, type PressAction, refusal } from '../access.js';
import { type Pressed, type SnoozeVerb, shortId } from '../chat/action-ids.js';
import { button, privately, select } from '../chat/answers.js';
import { personOf } from '../chat/requester-person.js';
import { type CommandContext, chatOf } from '../context.js';
import { withSeries } from '../series/with-series.js';
import { endOf, ofSeries, setSnooze, snoozeHere, titleOf } from './set-snooze.js';

type SnoozePress = Extract<Pressed, { kind: 'snooze' }>;

const WEEK_MS = 7 * DAY_MS;

/** The ways to snooze a series, with the labels of their buttons: for the user, and for the channel. */
const CHOICES: readonly (readonly [does: Exclude<SnoozeVerb, 'ask' | 'off'>, label: string, here: string])[] =
  [
    ['week', 'For a week', 'For a week, for the channel'],
    ['version', 'Until a new version', 'Until a new version, for the channel'],
    ['reply', 'Until a reply', 'Until a reply, for the channel'],
    ['done', 'Mark as done', 'Mark as done, for the channel'],
  ];

/** A list to choose one of the rows of a board from. */
export async function snoozeSelect(
  rows: readonly { readonly series: SeriesRecord; readonly revision: RevisionRecord }[],
  context: CommandContext,
): Promise<Action[]> {
  if (rows.length === 0) return [];
  const anchors = await chatOf(context).anchors.anchors(rows.map(({ revision }) => revision.id));
  const id = shortId({ kind: 'snooze', does: 'ask', anchor: null, isHere: false });
  return [
    select(
      id,
      'Open, snooze or mark one as done',
      rows.map(({ series, revision }, at) => ({
        value: anchors[at] ?? '',
        label: revision.title,
        describes: `${versionName(revision)} · ${series.author.name || series.author.email}`,
      })),
    ),
  ];
}

/** `chosen`: what was chosen from such a list; null if nothing was. */
export function snoozePress(
  { does, anchor, isHere }: SnoozePress,
  chosen: string | null,
  context: CommandContext,
): PressAction | null {
  const named = anchor ?? chosen;
  if (named === null) return null;
  if (does === 'ask')
    return {
      right: anyone,
      run: () => withSeries(context, named, (series) => askSnooze(series, named, context)),
    };
  return {
    right: isHere ? snoozeHere : anyone,
    run: () =>
      withSeries(context, named, async (series) => {
        const answer = await setSnooze(series, timeOf(does, context.nowMs()), isHere, context);
        // Replaces the question; Undo may be below the announcement in the channel.
        return { ...answer, replaces: does !== 'off' && answer.kind === 'done' };
      }),
  };
}

function timeOf(does: Exclude<SnoozeVerb, 'ask'>, nowMs: number): SnoozeTime {
  switch (does) {
    case 'week':
      return { endsWith: 'date', until: toIso(nowMs + WEEK_MS) };
    case 'version':
    case 'reply':
    case 'done':
      return { endsWith: does, until: null };
    case 'off':
      return { endsWith: 'off' };
    default:
      return does satisfies never;
  }
}

/** Until when? For the user; and in a channel, for people with the right, for the whole channel. */
async function askSnooze(series: SeriesRecord, anchor: string, context: CommandContext): Promise<Answer> {
  const { place, nowMs } = context;
  const mayHere = place.kind === 'channel' && refusal(snoozeHere, context) === null;
  const isHeld = async (isHere: boolean) => {
    const own = ofSeries(await chatOf(context).snoozes.of(isHere ? place : personOf(context)), series);
    return own.find((one) => holds(one, series, toIso(nowMs()))) ?? null;
  };
  const [mine, ours] = [await isHeld(false), mayHere ? await isHeld(true) : null];
  const press = (does: SnoozeVerb, isHere: boolean, label: string) =>
    button(shortId({ kind: 'snooze', does, anchor, isHere }), label);
  const currentNote = (where: string, held: typeof mine) =>
    held === null
      ? []
      : [note(`It is ${held.endsWith === 'done' ? 'done' : 'snoozed'}${where} `, ...endOf(held), '.')];
  const title = titleOf(series);
  const text = `Snooze “${title}” on your board${mayHere ? ', or for this channel' : ''}?`;
  return privately(
    { fallback: text, blocks: [paragraph(text), ...currentNote('', mine), ...currentNote(' here', ours)] },
    [
      ...CHOICES.map(([does, label]) => press(does, false, label)),
      ...(mine === null ? [] : [press('off', false, 'End my snooze')]),
      ...(mayHere ? CHOICES.map(([does, , label]) => press(does, true, label)) : []),
      ...(ours === null ? [] : [press('off', true, 'End the channel’s snooze')]),
      button(
        shortId({ kind: 'series', pops: false, view: 'card', anchor, page: 1, pinned: false }),
        'Open its card',
      ),
    ],
  );
}
