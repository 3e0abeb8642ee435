import type { Mute } from '../../../adapters/store/chat/mutes.js';
import { isMuted } from '../../../digest/plan/muted.js';
import type { Answer } from '../../../digest/ports/chat-bot.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { count } from '../../../digest/text/count.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { toIso } from '../../../digest/time/iso.js';
import { list, note, say } from '../../../digest/view/blocks.js';
import { manager } from '../access.js';
import { shortId } from '../chat/action-ids.js';
import { nameFor, privately, problem, select } from '../chat/answers.js';
import { announceChange, destinationOf } from '../chat/change.js';
import { ensureDestination } from '../chat/ensure-destination.js';
import { type CommandContext, chatOf } from '../context.js';
import { oneSeries } from '../series/one-series.js';
import { whichSeries } from '../series/which-series.js';
import { withSeries } from '../series/with-series.js';

export const muteRight = manager('mute a series here');

const MOST_MUTES = 500;
const LISTED = 25;

/** `Mute it here` in the menu of a series: nothing of it comes here any more. */
export function muteByAnchor(anchor: string, context: CommandContext): Promise<Answer> {
  return withSeries(context, anchor, (series) => mute(series, context));
}

/** `/digest mute WORDS`. */
export async function muteByWords(words: string, context: CommandContext): Promise<Answer> {
  if (words.trim() === '')
    return problem('Mute which series?', 'For example: /digest mute foll_pin. /digest muted lists them.');
  const found = await oneSeries(context.library, words);
  if (found.kind === 'one') return mute(found.series, context);
  return whichSeries(words, found, (id) => `digest mute ${id}`, context);
}

async function mute(series: SeriesRecord, context: CommandContext): Promise<Answer> {
  const { requester, nowMs } = context;
  const { mutes } = chatOf(context);
  const destination = await ensureDestination(context);
  const known = await mutes.keys(destination.id);
  const title = shorten(oneLine(series.title), 120);
  if (isMuted(series, known)) return privately(say(`“${title}” is muted here already.`));
  if (known.size >= MOST_MUTES)
    return problem(`This place already mutes ${MOST_MUTES} series.`, 'Unmute some with /digest muted.');
  const [first] = series.revisions;
  const madeByName = shorten(oneLine(requester.name), 80);
  const made: Mute = {
    messageKey: first?.id ?? series.id,
    title,
    madeBy: requester.id,
    madeByName,
    madeAt: toIso(nowMs()),
  };
  await mutes.add(destination.id, made);
  const text = `“${title}” is muted here: its versions, reviews and outcome are left out.`;
  return announceChange(
    context,
    destination,
    { channel: text, person: text, notes: [note('/digest muted shows what is muted.')], next: 'nothing' },
    { added: [], removed: [], before: {}, after: {}, muted: [made.messageKey] },
  );
}

/** `/digest muted`: what is muted here, as a list to end mutes from. */
export async function answerMuted(context: CommandContext): Promise<Answer> {
  const destination = await destinationOf(context);
  const muted = destination === null ? [] : await chatOf(context).mutes.of(destination.id);
  if (muted.length === 0)
    return privately(say('Nothing is muted here.', note('/digest mute foll_pin mutes one series.')));
  const shown = muted.slice(0, LISTED);
  const anchors = await chatOf(context).anchors.anchors(shown.map(({ messageKey }) => messageKey));
  const rows = shown.map(({ title, madeByName }) => [
    { text: title, style: 'bold' } as const,
    { text: ` · by ${nameFor(madeByName, 'someone')}`, style: 'dim' } as const,
  ]);
  const left = muted.length - shown.length;
  return privately(
    say(
      `${count(muted.length, 'series is', 'series are')} muted here.`,
      list(rows),
      ...(left > 0 ? [note(`+${left} more: unmute some to see them.`)] : []),
    ),
    [
      select(
        shortId({ kind: 'unmute-series' }),
        'Unmute a series',
        shown.map(({ title }, i) => ({ value: anchors[i] ?? '', label: title, describes: '' })),
      ),
    ],
  );
}

/** A choice from that list. */
export async function unmute(anchor: string, context: CommandContext): Promise<Answer> {
  const destination = await destinationOf(context);
  const key = await chatOf(context).anchors.resolve(anchor);
  const muted = destination === null ? [] : await chatOf(context).mutes.of(destination.id);
  const ended = muted.find(({ messageKey }) => messageKey === key);
  if (destination === null || ended === undefined)
    return problem('This series is no longer muted here.', '/digest muted shows what is.');
  await chatOf(context).mutes.remove(destination.id, [ended.messageKey]);
  const text = `“${ended.title}” is no longer muted here.`;
  return announceChange(
    context,
    destination,
    { channel: text, person: text, notes: [], next: 'nothing' },
    { added: [], removed: [], before: {}, after: {}, unmuted: [ended] },
  );
}
