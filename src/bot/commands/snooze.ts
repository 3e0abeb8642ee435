import type { Person } from '../../adapters/store/chat/people.js';
import { readSnooze, type SnoozeTime } from '../../digest/plan/read-snooze.js';
import { holds, type Snooze } from '../../digest/plan/snooze.js';
import type { Answer } from '../../digest/ports/chat-bot.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { toIso } from '../../digest/time/iso.js';
import { list, note, paragraph, say } from '../../digest/view/blocks.js';
import type { Span } from '../../digest/view/view.js';
import { anyone, manager, refusal } from './access.js';
import { echo, nameFor, privately, problem } from './chat/answers.js';
import { personOf } from './chat/asker-person.js';
import { ensureDestination } from './chat/change.js';
import { type Command, form } from './command.js';
import { type CommandContext, chatOf } from './context.js';
import { choice, text } from './option.js';
import { oneSeries } from './series/one-series.js';

const DOES = 'Put a series off: until a date, a new version or a reply; or mark it done';
const MOST_SNOOZED = 500;
const LISTED = 25;
const here = manager('snooze a series here');

interface Asked {
  readonly words: string;
  /** It is put off for the whole place, not for the asker alone. */
  readonly isHere: boolean;
}

/** `/snooze TITLE [2w | 2026-12-24 | version | reply | done | off] [here]`, `/snooze list`. */
export const snooze: Command = {
  name: 'snooze',
  does: DOES,
  chat: {
    usage: 'TITLE [2w | DATE | version | reply | done | off] [here]',
    otherNames: {},
    examples: [
      { words: 'foll_pin 2w', does: 'leave a series out of my board for two weeks' },
      { words: 'foll_pin reply', does: 'until someone replies or a new version comes' },
      { words: 'foll_pin done here', does: 'out of the board of this channel, until a new version comes' },
      { words: 'list', does: 'what is snoozed' },
    ],
    forms: [
      form({
        name: '',
        does: DOES,
        right: anyone,
        asksForWords: true,
        options: {
          series: text('Words of its title, or a Message-ID', { required: true, suggests: 'series' }),
          until: text('2w, 2026-12-24, version, reply, done, off', { typed: '2w' }),
          for: choice('For you alone, or for this channel', [['me'], ['here']]),
        },
        parse: {
          words: (typed): Asked => {
            const words = typed.trim().replace(/(?:^| )(?:for )?(?:here|this channel)$/i, '');
            return { words, isHere: words !== typed.trim() };
          },
          options: ({ series, until, for: whom }): Asked => ({
            words: `${series} ${until}`.trim(),
            isHere: whom === 'here',
          }),
        },
        run: answerSnooze,
      }),
    ],
  },
  cli: null,
};

async function answerSnooze({ words, isHere }: Asked, context: CommandContext): Promise<Answer> {
  const refused = isHere ? refusal(here, context) : null;
  if (refused !== null) return problem(refused.message, refused.remedy);
  const whose = isHere ? context.place : personOf(context);
  if (/^(?:list)?$/i.test(words)) return listed(whose, isHere, context);
  const read = readSnooze(words, context.nowMs(), context.asker.zone ?? context.zone);
  if (read === null || read.words === '')
    return problem(
      read === null ? 'That date is past, or more than a year away.' : 'Which series?',
      'For example: /snooze foll_pin 2w, /snooze foll_pin 2026-12-24, /snooze foll_pin reply.',
    );
  const found = await oneSeries(context.library, read.words);
  if (found.kind === 'one') return setOrEnd(found.series, read.time, whose, isHere, context);
  return problem(
    found.kind === 'many'
      ? `Several series match ${echo(read.words)}.`
      : `No series matches ${echo(read.words)}.`,
    found.kind === 'many'
      ? 'Add a word of its title, or give its Message-ID.'
      : 'Look for it with /series first.',
  );
}

async function setOrEnd(
  series: SeriesRecord,
  time: SnoozeTime,
  whose: Person,
  isHere: boolean,
  context: CommandContext,
): Promise<Answer> {
  const { snoozes } = chatOf(context);
  const title = shorten(oneLine(series.title), 120);
  const where = isHere ? ' here' : '';
  const known = await snoozes.of(whose);
  const members = new Set(series.revisions.map(({ id }) => id));
  const before = known
    .filter(({ messageKey }) => members.has(messageKey))
    .map(({ messageKey }) => messageKey);
  if (time.endsWith === 'off') {
    if (before.length === 0)
      return problem(`“${title}” is not snoozed${where}.`, '/snooze list shows what is.');
    await snoozes.remove(whose, before);
    return privately(say(`“${title}” is not snoozed${where} any more.`));
  }
  if (before.length === 0 && known.length >= MOST_SNOOZED)
    return problem(`${MOST_SNOOZED} series are snoozed already.`, 'End some with /snooze TITLE off.');
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
  const text = `“${title}” is ${time.endsWith === 'done' ? 'done' : 'snoozed'}${where}`;
  const said = [{ text: `${text} ` }, ...endOf(made), { text: '.' }];
  const answer = privately({
    fallback: `${text}.`,
    blocks: [paragraph(...said), note(`/snooze TITLE off${where} ends it, /snooze list${where} shows all.`)],
  });
  return isHere ? { ...answer, announce: announced(text, said, context) } : answer;
}

/** A channel learns what changes what it gets; a person alone with the bot knows. */
function announced(
  text: string,
  said: readonly Span[],
  { asker, place }: CommandContext,
): Answer['announce'] {
  if (place.kind !== 'channel') return null;
  const by = nameFor(asker.name, 'someone');
  return { view: { fallback: `${text}.`, blocks: [paragraph(...said, ` Done by ${by}.`)] }, actions: [] };
}

async function listed(whose: Person, isHere: boolean, context: CommandContext): Promise<Answer> {
  const { library, nowMs } = context;
  const rows: Span[][] = [];
  const ended: string[] = [];
  const known = await chatOf(context).snoozes.of(whose);
  for (const one of known) {
    const series = await library.store.seriesByMessage(one.messageKey);
    if (series !== null && !holds(one, series, toIso(nowMs()))) ended.push(one.messageKey);
    else rows.push([{ text: one.title, style: 'bold' }, { text: ' · ' }, ...endOf(one)]);
  }
  await chatOf(context).snoozes.remove(whose, ended);
  const where = isHere ? ' here' : '';
  if (rows.length === 0)
    return privately(
      say(`Nothing is snoozed${where}.`, note(`/snooze foll_pin 2w${where} puts a series off.`)),
    );
  const more = rows.length - LISTED;
  return privately(
    say(
      `Snoozed${where}:`,
      list(rows.slice(0, LISTED)),
      ...(more > 0 ? [note(`+${more} more`)] : []),
      note(`/snooze TITLE off${where} ends one.`),
    ),
  );
}

function endOf({ endsWith, until }: Snooze): Span[] {
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
