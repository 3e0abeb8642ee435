import { parseSchedule, readSchedule } from '../../digest/schedule/parse-schedule.js';
import { anyone, changeDigests } from './access.js';
import { takePage } from './chat/command-button.js';
import { type Command, type Form, form, plainForm } from './command.js';
import { answerLast, answerNow, answerPreview, readDays } from './digest/answer.js';
import { readLimit, readQuiet } from './digest/at-once-words.js';
import { digestCli } from './digest/cli.js';
import { currentLayout, currentSchedule } from './digest/current-values.js';
import { layoutOf, readItems, readLayout, readSections, sectionWords, setLayout } from './digest/layout.js';
import { answerMuted, muteByWords, muteRight } from './digest/mutes.js';
import {
  endDigests,
  ifSent,
  pauseDigests,
  resumeDigests,
  setEmpty,
  setSchedule,
  setSilent,
} from './digest/settings.js';
import { digestStatus } from './digest/status.js';
import { channel, choice, integer, text } from './option.js';

const right = changeDigests;
const inChannel = channel('For another channel');
const zone = text('Time zone, such as Europe/Berlin; yours by default', { suggests: 'zone' });

/** In the order of help. */
const forms: readonly Form[] = [
  form({
    name: 'preview',
    otherNames: ['show', 'next'],
    does: 'What the next digest would contain, shown only to you',
    right: anyone,
    options: { days: integer('Instead: what happened in the last N days'), in: inChannel },
    parse: {
      words: readDays,
      options: ({ days }) => ({ days: days === null ? '' : String(days), page: 1 }),
    },
    run: answerPreview,
  }),
  plainForm({
    name: 'now',
    otherNames: ['send'],
    does: 'Send the digest here now',
    right,
    posts: true,
    options: { in: inChannel },
    run: answerNow,
  }),
  form({
    name: 'at',
    otherNames: ['schedule'],
    does: 'Set the schedule: times, days and time zone',
    right,
    posts: true,
    asksForWords: true,
    options: {
      times: text('09:00, or several: 09:00 17:30', { required: true }),
      days: text('daily, weekdays, weekends, or mon wed fri; daily by default'),
      zone,
      in: inChannel,
    },
    parse: {
      words: (words) => (own: string) => parseSchedule(words, { zone: own }),
      options: (parts) => (own: string) => readSchedule(parts, { zone: own }),
    },
    current: currentSchedule,
    run: (read, context) => ifSent(context, () => setSchedule(read, context)),
  }),
  form({
    name: 'weekly',
    does: 'One digest a week',
    right,
    posts: true,
    options: {
      day: choice('Monday by default', [
        ['mon', 'Monday'],
        ['tue', 'Tuesday'],
        ['wed', 'Wednesday'],
        ['thu', 'Thursday'],
        ['fri', 'Friday'],
        ['sat', 'Saturday'],
        ['sun', 'Sunday'],
      ]),
      time: text('09:00 by default'),
      zone,
      in: inChannel,
    },
    parse: {
      words: (words) => (own: string) => parseSchedule(words, { zone: own, weekly: true }),
      options: (given) => (own: string) => {
        const parts = { times: given.time, days: given.day ?? '', zone: given.zone };
        return readSchedule(parts, { zone: own, weekly: true });
      },
    },
    run: (read, context) => ifSent(context, () => setSchedule(read, context)),
  }),
  plainForm({
    name: 'pause',
    does: 'Send no digests here until you resume them',
    right,
    options: { in: inChannel },
    run: (context) => ifSent(context, () => pauseDigests(context)),
  }),
  plainForm({
    name: 'resume',
    otherNames: ['unpause'],
    does: 'Send digests again, with what happened since',
    right,
    posts: true,
    options: { in: inChannel },
    run: (context) => ifSent(context, () => resumeDigests(context)),
  }),
  plainForm({
    name: 'status',
    otherNames: ['why'],
    does: 'The last run, the next run, how fresh the mail is, and why no digest comes',
    right: anyone,
    options: { in: inChannel },
    run: digestStatus,
  }),
  form({
    name: 'last',
    otherNames: ['more'],
    does: 'The whole last digest, including what it left out',
    right: anyone,
    options: { in: inChannel },
    parse: { words: (words) => takePage(words).page, options: () => 1 },
    run: answerLast,
  }),
  form({
    name: 'layout',
    otherNames: ['format'],
    does: 'How digests look here; anything left empty stays as it is',
    right,
    asksForWords: true,
    options: {
      form: choice('How much to say about each series', [
        ['compact', 'compact: a few lines'],
        ['full', 'full: the whole summary and what changed'],
      ]),
      items: integer('How many series a section shows, 1 to 25; Show all opens the others'),
      sections: text(`Which to show, of ${sectionWords.join(', ')}; or all`),
      order: choice('The order of series', [
        ['importance', 'importance: size, reviews, discussion, follows'],
        ['newest', 'newest first'],
        ['oldest', 'oldest first'],
        ['size', 'the most patches first'],
        ['replies', 'the most discussed first'],
      ]),
      threads: choice('How the details of several subsystems are posted', [
        ['single', 'single: one thread for the whole digest'],
        ['subsystem', 'subsystem: one thread for each subsystem'],
      ]),
      quiet: text('No immediate messages in these hours, such as 22:00-07:00; off for none'),
      limit: integer('Most messages an hour from follows with when:now, 1 to 200; 30 by default'),
      in: inChannel,
    },
    parse: {
      words: readLayout,
      options: ({ form: shape, items, sections, order, threads, quiet, limit }) =>
        layoutOf([
          shape === null ? null : { form: shape },
          items === null ? null : readItems(items),
          sections === '' ? null : readSections(sections.toLowerCase()),
          order === null ? null : { order },
          threads === null ? null : { threads },
          quiet === '' ? null : readQuiet(quiet.toLowerCase()),
          limit === null ? null : readLimit(limit),
        ]),
    },
    current: currentLayout,
    run: (read, context) => setLayout(read, context),
  }),
  form({
    name: 'mute',
    does: 'Leave one series out of everything posted here',
    right: muteRight,
    options: {
      series: text('Words of its title, a Message-ID or a link', { required: true, suggests: 'series' }),
    },
    parse: { words: (words) => words, options: ({ series }) => series },
    run: (words, context) => ifSent(context, () => muteByWords(words, context)),
  }),
  plainForm({
    name: 'muted',
    otherNames: ['mutes', 'unmute'],
    does: 'What is muted here, and unmute it',
    right: anyone,
    run: answerMuted,
  }),
  plainForm({
    name: 'off',
    otherNames: ['stop'],
    does: 'Stop digests here; follows stay',
    right,
    options: { in: inChannel },
    run: (context) => ifSent(context, () => endDigests(context)),
  }),
  form({
    name: 'empty',
    does: 'What to do when nothing happened',
    right,
    options: {
      what: choice(
        'Nothing, or one line that says so',
        [
          ['skip', 'skip: send nothing'],
          ['say', 'say: one line'],
        ],
        { required: true },
      ),
      in: inChannel,
    },
    parse: { words: (words) => words, options: ({ what }) => what ?? '' },
    run: (what, context) => ifSent(context, () => setEmpty(what, context)),
  }),
  form({
    name: 'silent',
    does: 'Whether digests come without a sound and a badge, where the chat supports it',
    right,
    options: {
      what: choice(
        'on: without a sound; off: like any other message',
        [
          ['on', 'on: no sound'],
          ['off', 'off: a sound'],
        ],
        { required: true },
      ),
      in: inChannel,
    },
    parse: { words: (words) => words, options: ({ what }) => what ?? '' },
    run: (what, context) => ifSent(context, () => setSilent(what, context)),
  }),
];

/** `/digest [FORM]`; `covernote digest` builds one for a window and sends nothing. */
export const digest: Command = {
  name: 'digest',
  does: 'The digest of this place: preview the next one, and set its schedule',
  chat: {
    usage:
      '[now | at TIMES [DAYS] [ZONE] | weekly | pause | resume | status | last | layout … | mute SERIES | muted | off | empty | silent]',
    otherNames: { status: 'status' },
    impliedForm,
    forms,
    examples: [
      { words: '', does: 'what the next one would contain' },
      { words: 'now', does: 'sends it now' },
      { words: 'at 09:00 weekdays Europe/Berlin', does: 'Monday to Friday at nine in Berlin' },
      { words: 'at 09:00 17:30', does: 'twice a day' },
      { words: 'weekly fri 16:00', does: 'once a week' },
      { words: 'layout full 15', does: 'more of each series, and 15 of them in a section' },
      { words: 'layout sections:new,applied order:size', does: 'two sections, large series first' },
      {
        words: 'layout quiet:22:00-07:00 limit:10',
        does: 'nothing at once at night, and little during the day',
      },
      { words: 'mute foll_pin', does: 'nothing more about that series' },
      { words: 'status', does: 'why no digest comes' },
    ],
  },
  cli: digestCli,
};

/** `/digest 09:00 weekdays` says when, and `/digest 7` how many days. */
function impliedForm(word: string): string | null {
  if (/^\d{1,2}(?::\d\d|\.\d\d)?(?:am|pm)$|^\d{1,2}:\d\d,?$/.test(word)) return 'at';
  if (/^(?:daily|weekdays|weekends|everyday)$/.test(word)) return 'at';
  return /^\d{1,9}d?$/.test(word) ? 'preview' : null;
}
