import type { CommandName, CommandSpec } from '../../digest/ports/command.js';
import { changes, choice, field, flag, plain, reads } from './option.js';

/** The views of one series, the card first. */
export const seriesViews = ['card', 'patches', 'changes', 'history', 'reviews'] as const;
export type SeriesViewName = (typeof seriesViews)[number];

const zone = plain('zone', 'Time zone, such as Europe/Berlin; yours where you name none', {
  suggests: 'zone',
});

const series: CommandSpec = {
  name: 'series',
  does: 'One patch series: state, what it does, what changed, reviews, versions, where to read',
  usage: 'WORDS [v8 v10]',
  forms: [
    reads('', 'One patch series: state, what it does, what changed, reviews, versions, where to read', [
      plain('query', 'Words of its title, an author, a Message-ID, or a lore or patchwork link', {
        required: true,
        suggests: 'series',
      }),
      field('view', 'view', 'Which part of it to open; the card where you choose none', {
        choices: [
          choice('card', 'card: all in short'),
          choice('patches', 'patches: each with its reviews'),
          choice('changes', 'changes: what each version changed'),
          choice('history', 'history: all versions, with dates and links'),
          choice('reviews', 'reviews: who has said what'),
        ],
      }),
    ]),
  ],
  examples: [
    { words: 'foll_pin', does: 'the card of the series that is called so' },
    { words: 'foll_pin v8 v10', does: 'what changed between two of its versions' },
    { words: 'foll_pin view:reviews', does: 'who has reviewed which of its patches' },
    { words: 'https://lore.kernel.org/kvm/ID/', does: 'the series that a mail belongs to' },
  ],
};

const follow: CommandSpec = {
  name: 'follow',
  does: 'Follow a subsystem, list, author, path or series here, with filters of its own',
  usage: 'WHAT [FILTERS]',
  forms: [
    changes('', 'Follow a subsystem, list, author, path or series here, with filters of its own', [
      plain('what', 'kvm; kvm mm; author:jane@example.org; path:mm/**; series:foll_pin; "words of a title"', {
        required: true,
        suggests: 'followable',
      }),
      field('author', 'author', 'Only by this author: a name, an address, or @example.org'),
      field('kind', 'kind', 'Only of this kind', {
        choices: [
          choice('rfc', 'RFC'),
          choice('pull', 'pull requests'),
          choice('single', 'single patches, one by one'),
          choice('series', 'more than a single patch'),
          choice('resend', 'resent'),
        ],
      }),
      field('path', 'path', 'Only what changes this path: mm/** or *.rs'),
      field('words', 'title', 'Only with these words in the title'),
      field('min-version', 'version', 'Only from this version on', {
        choices: [2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => choice(`>=${n}`, `v${n} and later`)),
      }),
      flag('bots', 'bots:on', 'Mail that only bots wrote too; off where you say nothing'),
    ]),
  ],
  examples: [
    { words: 'kvm', does: 'the KVM subsystem' },
    { words: 'kvm mm', does: 'both of them' },
    { words: 'kvm -kind:rfc', does: 'KVM without RFCs' },
    { words: 'path:mm/** v>=2', does: 'what changes memory management, from the second version on' },
    { words: 'series:foll_pin', does: 'one series: new versions, reviews, and its end' },
  ],
};

const unfollow: CommandSpec = {
  name: 'unfollow',
  does: 'Stop following something here',
  usage: '[WHAT]',
  forms: [
    changes('', 'Stop following something here', [
      plain('what', 'As you followed it; without it you choose from a list', { suggests: 'followed' }),
    ]),
  ],
  examples: [
    { words: 'kvm', does: 'stops following KVM' },
    { words: '', does: 'shows what is followed, to choose from' },
  ],
};

const following: CommandSpec = {
  name: 'following',
  does: 'What is followed here: filters, who set it, the last result and the next run',
  usage: '',
  forms: [reads('', 'What is followed here: filters, who set it, the last result and the next run')],
  examples: [],
};

const digest: CommandSpec = {
  name: 'digest',
  does: 'The digest of this place: look at the next one, and say when it comes',
  usage: '[now | at TIMES [DAYS] [ZONE] | weekly | pause | resume | status | last | off | empty | silent]',
  forms: [
    reads('preview', 'What the next digest would hold, for you alone', [
      plain('days', 'Instead: what happened in so many days', { kind: 'integer' }),
    ]),
    changes('now', 'Send the digest here now'),
    changes('at', 'Say when the digest comes: times, days and time zone', [
      plain('times', '09:00, or several: 09:00 17:30', { required: true }),
      plain('days', 'daily, weekdays, weekends, or mon wed fri; daily where you say nothing'),
      zone,
    ]),
    changes('weekly', 'One digest a week', [
      plain('day', 'Monday where you choose none', {
        choices: [
          choice('mon', 'Monday'),
          choice('tue', 'Tuesday'),
          choice('wed', 'Wednesday'),
          choice('thu', 'Thursday'),
          choice('fri', 'Friday'),
          choice('sat', 'Saturday'),
          choice('sun', 'Sunday'),
        ],
      }),
      plain('time', '09:00 where you say nothing'),
      zone,
    ]),
    changes('pause', 'Send no digest here until you say resume'),
    changes('resume', 'Send digests again, with what happened since'),
    reads('status', 'The last run, the next run, how fresh the mail is, and why it is silent'),
    reads('last', 'Everything of the last digest, with what it left out'),
    changes('off', 'Send no digests here any more; what is followed stays'),
    changes('empty', 'What to do when nothing happened', [
      plain('what', 'Nothing, or one line that says so', {
        required: true,
        choices: [choice('skip', 'skip: send nothing'), choice('say', 'say: one line')],
      }),
    ]),
    changes('silent', 'Whether digests come without a sound and a badge, where the chat can do so', [
      plain('what', 'on: without; off: like any other message', {
        required: true,
        choices: [choice('on', 'on: no sound'), choice('off', 'off: a sound')],
      }),
    ]),
  ],
  examples: [
    { words: '', does: 'what the next one would hold' },
    { words: 'now', does: 'sends it now' },
    { words: 'at 09:00 weekdays Europe/Berlin', does: 'Monday to Friday at nine in Berlin' },
    { words: 'at 09:00 17:30', does: 'twice a day' },
    { words: 'weekly fri 16:00', does: 'once a week' },
    { words: 'status', does: 'why it is silent' },
  ],
};

const subsystems: CommandSpec = {
  name: 'subsystems',
  does: 'What can be followed, with how many series of it are here',
  usage: '[WORDS]',
  forms: [
    reads('', 'What can be followed, with how many series of it are here', [
      plain('words', 'Words of its name: memory', { suggests: 'followable' }),
    ]),
  ],
  examples: [{ words: 'memory', does: 'subsystems with that word in their name' }],
};

const covernote: CommandSpec = {
  name: 'covernote',
  does: 'Help, how things stand, and the settings of this place as text',
  usage: '[help [COMMAND] | status | export | import TEXT | forget | any other command]',
  forms: [
    reads('help', 'What covernote can do, and how to ask', [
      plain('about', 'One command in full', {
        choices: ['series', 'follow', 'unfollow', 'following', 'digest', 'subsystems'].map((name) =>
          choice(name),
        ),
      }),
    ]),
    reads('status', 'How fresh the mail is, how much of it is here, and how the sources do'),
    reads('export', 'What is followed here and when digests come, as text to keep or to paste elsewhere'),
    changes('import', 'Set this place up from what export gave', [
      plain('text', 'What export gave', { required: true }),
    ]),
    changes('forget', 'Remove all that is kept of this place; in a direct message, of you. Asks first'),
  ],
  examples: [
    { words: 'help follow', does: 'one command in full' },
    { words: 'follow kvm', does: 'the same as /follow kvm' },
    { words: 'export', does: 'the settings of this place as text' },
  ],
};

/** Every command, in the order of help. */
export const specs: readonly CommandSpec[] = [
  series,
  follow,
  unfollow,
  following,
  digest,
  subsystems,
  covernote,
];

/** The specification of a command. */
export function specOf(name: CommandName): CommandSpec {
  const found = specs.find((spec) => spec.name === name);
  if (found === undefined) throw new Error(`there is no specification of ${name}`);
  return found;
}
