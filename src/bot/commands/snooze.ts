import type { Person } from '../../adapters/store/chat/people.js';
import { readSnooze } from '../../digest/plan/read-snooze.js';
import { holds, type Snooze } from '../../digest/plan/snooze.js';
import type { Answer } from '../../digest/ports/chat-bot.js';
import { toIso } from '../../digest/time/iso.js';
import { list, note, say } from '../../digest/view/blocks.js';
import type { Span } from '../../digest/view/view.js';
import { anyone, refusal } from './access.js';
import { shortId } from './chat/action-ids.js';
import { echo, privately, problem, select } from './chat/answers.js';
import { personOf } from './chat/requester-person.js';
import { type Command, form } from './command.js';
import { type CommandContext, chatOf } from './context.js';
import { choice, text } from './option.js';
import { oneSeries } from './series/one-series.js';
import { whichSeries } from './series/which-series.js';
import { endOf, setSnooze, snoozeHere } from './snooze/set-snooze.js';

const DOES = 'Snooze a series: until a date, a new version or a reply; or mark it done';
const EXAMPLES = 'For example: /snooze foll_pin 2w, /snooze foll_pin 2026-12-24, /snooze foll_pin reply.';
const LISTED = 25;

interface SnoozeRequest {
  readonly words: string;
  /** It is snoozed for the whole place, not only for the user. */
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
          until: text('A time (2w), a date (2026-12-24), version, reply, or done; “off” ends a snooze', {
            typed: '2w',
          }),
          for: choice('For you alone, or for this channel', [['me'], ['here']]),
        },
        parse: {
          words: (typed): SnoozeRequest => {
            const words = typed.trim().replace(/(?:^| )(?:for )?(?:here|this channel)$/i, '');
            return { words, isHere: words !== typed.trim() };
          },
          options: ({ series, until, for: whom }): SnoozeRequest => ({
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

async function answerSnooze({ words, isHere }: SnoozeRequest, context: CommandContext): Promise<Answer> {
  const refused = isHere ? refusal(snoozeHere, context) : null;
  if (refused !== null) return problem(refused.message, refused.remedy);
  const whose = isHere ? context.place : personOf(context);
  if (/^(?:list)?$/i.test(words)) return listed(whose, isHere, context);
  const read = readSnooze(words, context.nowMs(), context.requester.zone ?? context.zone);
  if (read === null || read.words === '')
    return problem(
      read === null ? 'That date is past, or more than a year away.' : 'Which series?',
      EXAMPLES,
    );
  const found = await oneSeries(context.library, read.words);
  if (found.kind === 'one') return setSnooze(found.series, read.time, isHere, context);
  const end = found.kind === 'none' ? await unknownEnd(read.words, context) : null;
  if (end !== null) return problem(`${echo(end)} is not a time to snooze until.`, EXAMPLES);
  const until = words.slice(read.words.length).trim();
  const rest = `${until === '' ? '' : ` ${until}`}${isHere ? ' here' : ''}`;
  return whichSeries(read.words, found, (id) => `snooze ${id}${rest}`, context);
}

/** The last word, where those before it name a series: it was meant as a time. */
async function unknownEnd(words: string, { library }: CommandContext): Promise<string | null> {
  const [, before = '', last = ''] = /^(.+?)\s+(\S+)$/s.exec(words) ?? [];
  if (before === '') return null;
  return (await oneSeries(library, before)).kind === 'one' ? last : null;
}

async function listed(whose: Person, isHere: boolean, context: CommandContext): Promise<Answer> {
  const { library, nowMs } = context;
  const rows: Span[][] = [];
  const held: Snooze[] = [];
  const ended: string[] = [];
  const known = await chatOf(context).snoozes.of(whose);
  for (const one of known) {
    const series = await library.store.seriesByMessage(one.messageKey);
    if (series !== null && !holds(one, series, toIso(nowMs()))) ended.push(one.messageKey);
    else {
      held.push(one);
      rows.push([{ text: one.title, style: 'bold' }, { text: ' · ' }, ...endOf(one)]);
    }
  }
  await chatOf(context).snoozes.remove(whose, ended);
  const where = isHere ? ' here' : '';
  if (rows.length === 0)
    return privately(
      say(`Nothing is snoozed${where}.`, note(`/snooze foll_pin 2w${where} puts a series off.`)),
    );
  const more = rows.length - LISTED;
  const shown = held.slice(0, LISTED);
  const anchors = await chatOf(context).anchors.anchors(shown.map(({ messageKey }) => messageKey));
  const options = shown.map(({ title }, at) => ({ value: anchors[at] ?? '', label: title, describes: '' }));
  return privately(
    say(
      `Snoozed${where}:`,
      list(rows.slice(0, LISTED)),
      ...(more > 0 ? [note(`+${more} more`)] : []),
      note(`/snooze TITLE off${where} ends one.`),
    ),
    [
      select(
        shortId({ kind: 'snooze', does: 'ask', anchor: null, isHere: false }),
        'Change or end one',
        options,
      ),
    ],
  );
}
