import type { Answer } from '../../digest/ports/chat-bot.js';
import { parseSchedule } from '../../digest/schedule/parse-schedule.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { toIso } from '../../digest/time/iso.js';
import { list, note, say } from '../../digest/view/blocks.js';
import { anyone } from './access.js';
import { privately, problem } from './chat/answers.js';
import { commandButton } from './chat/command-button.js';
import { emailsOf, personOf } from './chat/requester-person.js';
import { type Command, form, plainForm } from './command.js';
import { type CommandContext, chatOf } from './context.js';
import { takeSure } from './follow/ask-first.js';
import { answerWeekly, renewWeekly, type WeeklyRequest, weeklyText } from './me/weekly.js';
import { text } from './option.js';

const DOES = 'Say which mail addresses are yours, so that author:me and /board know you';
/** One person has a few; it bounds what each question about them costs. */
const MOST_ADDRESSES = 10;
const LONGEST = 254;

const address = { address: text('A mail address: jane@example.org', { required: true }) };
const parse = {
  words: (words: string) => words,
  options: ({ address: typed }: { readonly address: string }) => typed,
};

/** `/me add ADDRESS`, `/me remove ADDRESS`, `/me list`. */
export const me: Command = {
  name: 'me',
  does: DOES,
  chat: {
    usage: 'add ADDRESS | remove ADDRESS | list | weekly [DAY] [TIME] | weekly off',
    otherNames: {},
    examples: [
      { words: 'add jane@example.org', does: 'an address that you send or get mail with' },
      { words: 'list', does: 'the addresses that are yours here' },
      { words: 'weekly mon 09:00', does: 'a digest a week of what waits for you, as a direct message' },
    ],
    forms: [
      plainForm({ name: 'list', does: 'The addresses that are yours here', right: anyone, run: listed }),
      form({
        name: 'add',
        does: 'Add an address that is yours',
        otherNames: ['link', 'is'],
        asksForWords: true,
        right: anyone,
        options: address,
        parse,
        run: add,
      }),
      form({
        name: 'remove',
        does: 'Remove an address',
        otherNames: ['delete', 'rm'],
        asksForWords: true,
        right: anyone,
        options: address,
        parse,
        run: remove,
      }),
      form({
        name: 'weekly',
        does: 'A digest a week of what waits for you, as a direct message',
        right: anyone,
        options: {
          when: text('mon 09:00 by default; off ends it'),
          zone: text('Time zone, such as Europe/Berlin; yours by default', { suggests: 'zone' }),
        },
        parse: {
          words: readWeekly,
          options: ({ when, zone }) => readWeekly(`${when} ${zone}`.trim()),
        },
        run: answerWeekly,
      }),
    ],
  },
  cli: null,
};

function readWeekly(words: string): WeeklyRequest {
  if (/^(?:off|stop|end|no)$/i.test(words.trim())) return { kind: 'off' };
  const { typed, isSure } = takeSure(` ${words}`);
  return { kind: 'set', isSure, read: (zone) => parseSchedule(typed, { zone, weekly: true }) };
}

async function listed(context: CommandContext): Promise<Answer> {
  const emails = await emailsOf(context);
  if (emails.length === 0)
    return privately(
      say(
        'I don’t know your mail address yet.',
        note(
          '/me add jane@example.org adds it: then author:me, to:me, maintainer:me and reviewed:me mean you, and /board shows what is waiting for you.',
        ),
      ),
    );
  const weekly = await weeklyText(context);
  return privately(
    say(
      'Your addresses here:',
      list(emails.map((email) => [{ text: email, style: 'code' } as const])),
      ...(weekly === null
        ? [note('/me weekly sends you a digest a week of what waits for you.')]
        : [note(`You get a digest of what waits for you ${weekly}; /me weekly off ends it.`)]),
      note(
        'Only you see them. /me remove ADDRESS removes one; /covernote forget in a direct message removes everything I know about you.',
      ),
    ),
  );
}

async function add(typed: string, context: CommandContext): Promise<Answer> {
  const email = readAddress(typed);
  if (email === null) return notAnAddress(typed);
  const { people } = chatOf(context);
  const known = await people.emails(personOf(context));
  if (known.includes(email)) return privately(say(`${email} is already yours here.`));
  if (known.length >= MOST_ADDRESSES)
    return problem(
      `You already have ${MOST_ADDRESSES} addresses here.`,
      'Remove one with /me remove ADDRESS.',
    );
  await people.add(personOf(context), email, toIso(context.nowMs()));
  await renewWeekly(context);
  return privately(
    say(
      `${email} is yours here now.`,
      note(
        '/board shows what is waiting for you, /follow maintainer:me follows it. I show only public mail, so you need not prove that it is yours.',
      ),
    ),
    [...commandButton('board me', 'My board'), ...commandButton('me weekly', 'Send me that weekly')],
  );
}

async function remove(typed: string, context: CommandContext): Promise<Answer> {
  const email = readAddress(typed);
  if (email === null) return notAnAddress(typed);
  const removed = await chatOf(context).people.remove(personOf(context), email);
  if (removed) await renewWeekly(context);
  return removed
    ? privately(
        say(
          `${email} is no longer yours here.`,
          note('Follows that use it stay; only your weekly digest changes. /following shows them.'),
        ),
      )
    : problem(`${email} is not one of your addresses here.`, '/me list shows them.');
}

/** `jane@example.org`, `<jane@example.org>`, `Jane Doe <jane@example.org>`, as Slack links it too: `<mailto:jane@example.org|jane@example.org>`. */
function readAddress(typed: string): string | null {
  const words = typed
    .trim()
    .toLowerCase()
    .slice(0, 1_000)
    .split(/[\s<>|"]+/);
  const found = new Set(
    words
      .map((word) => word.replace(/^mailto:/, ''))
      .filter((word) => /^[^@,;:()]{1,64}@[a-z0-9][a-z0-9.-]{0,240}\.[a-z0-9-]{2,63}$/.test(word)),
  );
  const [email, ...others] = found;
  return email === undefined || others.length > 0 || email.length > LONGEST ? null : email;
}

function notAnAddress(typed: string): Answer {
  const shown = shorten(oneLine(typed), 80);
  return problem(
    shown === '' ? 'Which address?' : `“${shown}” is not a single mail address.`,
    'For example: /me add jane@example.org',
  );
}
