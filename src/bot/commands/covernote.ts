import type { Answer } from '../../digest/ports/chat-bot.js';
import { anyone, manager } from './access.js';
import { privately, problem } from './chat/answers.js';
import { commandButtons, takePage } from './chat/command-button.js';
import { type Command, form, plainForm } from './command.js';
import type { CommandContext } from './context.js';
import { exportSettings, importSettings } from './covernote/carry-settings.js';
import { askForget, forgetRight } from './covernote/forget.js';
import { commandHelpView, helpView } from './covernote/help-view.js';
import { setUnfurl, unfurlRight } from './covernote/unfurl-setting.js';
import { botStatus } from './digest/status.js';
import { nearWords, unknownWord } from './near.js';
import { choice, text } from './option.js';
import { answerPlaces, placesRight } from './places/admin-places.js';
import { splitFirst } from './plain-words.js';

/** `/covernote [help [COMMAND] | status | places | unfurl FORM | export | import TEXT | forget]`; it takes every other command as a word. */
export const covernote: Command = {
  name: 'covernote',
  does: 'Help, the state of the mail here, and the settings of this place as text',
  cli: null,
  chat: {
    usage:
      '[help [COMMAND] | status | places | unfurl FORM | export | import TEXT | forget | any other command]',
    otherNames: { help: 'help', '?': 'help' },
    examples: [
      { words: 'help follow', does: 'one command in full' },
      { words: 'follow kvm', does: 'the same as /follow kvm' },
      { words: 'unfurl off', does: 'no card below links that are posted here' },
      { words: 'export', does: 'the settings of this place as text' },
    ],
    forms: [
      form({
        name: 'help',
        does: 'What covernote can do, and how to ask',
        right: anyone,
        options: {
          about: choice('One command in full', [
            ['series'],
            ['follow'],
            ['unfollow'],
            ['following'],
            ['digest'],
            ['subsystems'],
          ]),
        },
        parse: {
          words: (words) => splitFirst(words.replace(/^\//, ''))[0],
          options: ({ about }) => about ?? '',
        },
        run: answerHelp,
      }),
      plainForm({
        name: 'status',
        does: 'How fresh the mail is, how much of it is here, and the state of the sources',
        right: anyone,
        run: botStatus,
      }),
      form({
        name: 'places',
        does: 'For admins: every channel that gets digests, who set it up, the last result; change or stop it',
        right: placesRight,
        options: {},
        parse: { words: (words) => takePage(words).page, options: () => 1 },
        run: answerPlaces,
      }),
      form({
        name: 'unfurl',
        does: 'What to show below a link to a mail that someone posts here',
        right: unfurlRight,
        asksForWords: true,
        options: {
          what: choice(
            'How much to show of its series',
            [
              ['off', 'off: nothing'],
              ['thin', 'thin: title, one sentence, the facts'],
              ['full', 'full: the whole summary and what changed too'],
            ],
            { required: true },
          ),
        },
        parse: { words: (words) => words, options: ({ what }) => what ?? '' },
        run: setUnfurl,
      }),
      plainForm({
        name: 'export',
        does: 'What is followed here and when digests come, as text to keep or to paste elsewhere',
        right: anyone,
        run: exportSettings,
      }),
      form({
        name: 'import',
        does: 'Set this place up from an export',
        right: manager('set this place up'),
        options: { text: text('The text of an export', { required: true }) },
        parse: { words: (words) => words, options: ({ text: given }) => given },
        run: importSettings,
      }),
      plainForm({
        name: 'forget',
        does: 'Remove everything stored about this place; in a direct message, about you. Asks first',
        right: forgetRight,
        run: askForget,
      }),
    ],
  },
};

function answerHelp(about: string, { commands }: CommandContext): Answer {
  if (about === '') return privately(helpView(commands));
  const spec = commands.find(({ name }) => name === about.toLowerCase());
  if (spec !== undefined) return privately(commandHelpView(spec));
  const names = commands.map(({ name }) => name);
  const unknown = unknownWord(
    'command',
    about,
    nearWords(about, names),
    '/covernote help lists all.',
    (name) => `covernote help ${name}`,
  );
  return problem(unknown.message, unknown.remedy, commandButtons(unknown.suggestions));
}
