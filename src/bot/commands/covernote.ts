import type { Answer } from '../../digest/ports/chat-bot.js';
import type { FormSpec } from '../../digest/ports/command.js';
import { describeSchedule } from '../../digest/schedule/describe-schedule.js';
import { count } from '../../digest/text/count.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { toIso } from '../../digest/time/iso.js';
import type { Block } from '../../digest/view/view.js';
import { note, privately, problem, say } from './chat/answers.js';
import { announceChange, destinationOf, ensureDestination, refusal } from './chat/change.js';
import { formProblem } from './chat/did-you-mean.js';
import { settingsChanged } from './chat/undo.js';
import { specOf, specs } from './commands.js';
import { type Asked, chatOf } from './context.js';
import { askForget } from './covernote/forget.js';
import { commandHelpView, helpView } from './covernote/help-view.js';
import { formatSettings, readSettings, type SettingsText } from './covernote/settings-text.js';
import { canBeSilent } from './digest/silent.js';
import { answerOwnStatus } from './digest/status.js';
import { followsText } from './follow/follow-words.js';
import { readWholeWant, type Want } from './follow/read-want.js';
import { nearWords, unknownWord } from './near.js';
import { readForm, splitFirst } from './parse-line.js';

const MOST_FOLLOWS = 200;

/** `/covernote [help [COMMAND] | status | export | import TEXT | forget]`. */
export async function answerCovernote(typed: string, asked: Asked): Promise<Answer> {
  const read = readForm(specOf('covernote'), typed);
  if (read.kind === 'problem') return formProblem(read.problem);
  switch (read.form.name) {
    case 'status':
      return answerOwnStatus(asked);
    case 'export':
      return answerExport(asked);
    case 'import':
      return answerImport(read.rest, read.form, asked);
    case 'forget':
      return askForget(asked);
    default:
      return answerHelp(read.rest);
  }
}

function answerHelp(typed: string): Answer {
  const [first] = splitFirst(typed.replace(/^\//, ''));
  if (first === '') return privately(helpView());
  const spec = specs.find(({ name }) => name === first.toLowerCase());
  if (spec !== undefined) return privately(commandHelpView(spec));
  const names = specs.map(({ name }) => name);
  const near = nearWords(first, names);
  return formProblem(
    unknownWord('command', first, near, `There is ${names.join(', ')}.`, (one) => `covernote help ${one}`),
  );
}

async function answerExport(asked: Asked): Promise<Answer> {
  const destination = await destinationOf(asked);
  const follows = destination === null ? [] : await chatOf(asked.scene).follows.of(destination.id);
  if (destination === null || (follows.length === 0 && destination.schedule === null))
    return problem('There is nothing to export: nothing is followed here.', 'Try /follow kvm.');
  const texts = formatSettings(destination, follows);
  const how =
    texts.length === 1
      ? 'Paste this behind /covernote import in another place:'
      : `Paste these ${texts.length} behind /covernote import in another place, one after the other:`;
  return privately(
    say(how, ...texts.map((text): Block => ({ kind: 'paragraph', spans: [{ text, style: 'code' }] }))),
  );
}

async function answerImport(typed: string, form: FormSpec, asked: Asked): Promise<Answer> {
  const refused = form.changes ? refusal(asked, 'set this place up') : null;
  if (refused !== null) return refused;
  if (typed.trim() === '')
    return problem('Import what?', 'Paste what /covernote export gave behind /covernote import.');
  const read = readSettings(typed);
  if (read.kind === 'problem')
    return problem(read.message, 'Nothing was changed. Copy what /covernote export gave once more.');
  const { settings } = read;
  const wants: Want[] = [];
  const unread: string[] = [];
  for (const words of settings.follows) {
    const want = readWholeWant(words, asked.scene.library.catalog);
    if (want === null || want.everything) unread.push(words);
    else if (!wants.some((one) => one.words === want.words)) wants.push(want);
  }
  if (wants.length === 0 && unread.length > 0)
    return problem(
      `None of its follows can be read: ${shorten(oneLine(unread.join(', ')), 200)}.`,
      'Nothing was changed. Copy what /covernote export gave once more.',
    );
  return setUp(settings, wants, unread, asked);
}

/** Adds what is not followed yet and sets the schedule; says what that changed. */
async function setUp(
  settings: SettingsText,
  wants: readonly Want[],
  unread: readonly string[],
  asked: Asked,
): Promise<Answer> {
  const { scene, asker } = asked;
  const chat = chatOf(scene);
  const now = toIso(scene.nowMs());
  const before = await ensureDestination(asked);
  const followed = await chat.follows.of(before.id);
  const known = new Set(followed.map(({ words }) => words));
  const fresh = wants.filter(({ words }) => !known.has(words));
  if (followed.length + fresh.length > MOST_FOLLOWS)
    return problem(
      `That would be more than the ${MOST_FOLLOWS} things that a place can follow.`,
      'Nothing was changed. End some with /unfollow first.',
    );
  const by = { madeBy: asker.id, madeByName: shorten(oneLine(asker.name), 80), madeAt: now };
  const schedule = scene.delivers(before) ? settings.schedule : undefined;
  const changes = {
    ...(schedule == null || same(schedule, before.schedule) ? {} : { schedule, zone: schedule.zone }),
    ...(settings.empty === undefined || settings.empty === before.empty ? {} : { empty: settings.empty }),
    ...(settings.silent === undefined || settings.silent === before.silent || !canBeSilent(before)
      ? {}
      : { silent: settings.silent }),
  };
  const set = { ...changes, setBy: asker.id, setByName: by.madeByName };
  const { added, after } = await chat.inTransaction(async (on) => ({
    added: await on.follows.add(
      before.id,
      fresh.map(({ tree, words }) => ({ tree, words, ...by })),
    ),
    after:
      Object.keys(changes).length > 0
        ? ((await on.destinations.update(before.id, set, now)) ?? before)
        : before,
  }));
  const told = [
    added.length > 0 ? `${count(added.length, 'follow')} added (${await followsText(scene, added)})` : '',
    changes.schedule === undefined ? '' : `digests come ${describeSchedule(changes.schedule)}`,
    changes.empty === undefined
      ? ''
      : changes.empty === 'say'
        ? 'an empty digest is one line'
        : 'an empty digest is not sent',
    changes.silent === undefined ? '' : changes.silent ? 'digests make no sound' : 'digests make a sound',
  ].filter((part) => part !== '');
  const notes =
    unread.length === 0
      ? []
      : [note(`Not understood and left out: ${shorten(oneLine(unread.join(', ')), 300)}.`)];
  if (told.length === 0)
    return privately(say('Everything in it is set here already: nothing was changed.', ...notes));
  const text = `Set up from an export: ${told.join('; ')}.`;
  return announceChange(
    asked,
    after,
    { channel: text, person: text, notes },
    { added: added.map(({ words }) => words), removed: [], ...settingsChanged(before, after) },
  );
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
