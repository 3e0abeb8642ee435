import type { Action, Answer, ChatBot, Place, Requester } from '../../../digest/ports/chat-bot.js';
import { note, paragraph } from '../../../digest/view/blocks.js';
import type { Block, View } from '../../../digest/view/view.js';
import { splitFirst } from '../plain-words.js';
import { numberRows } from './numbered-choices.js';

export const localPlace: Place = {
  platform: 'terminal',
  tenant: 'local',
  address: 'me',
  kind: 'person',
  name: '',
};

/** A chat with one person who types lines, and numbers or words for buttons. */
export interface TypedChat {
  /** The answer to a typed line; null for /quit. Wrong words are answered in words, never thrown. */
  answer(line: string): Promise<View | null>;
  complete(line: string): Promise<readonly string[]>;
}

/** What can be pressed beneath the last answer, by its number and its word. */
interface Choice {
  readonly id: string;
  readonly value: string | null;
  readonly label: string;
}

export function createTypedChat(bot: ChatBot, zone: string): TypedChat {
  const requester: Requester = {
    id: 'me',
    tenant: 'local',
    name: 'you',
    zone,
    rights: 'manager',
    rightsHold: 'here',
  };
  const at = { requester, place: localPlace };
  let choices: readonly Choice[] = [];
  return {
    async answer(line) {
      const typed = line.trim();
      if (/^\/?(?:quit|exit)$/i.test(splitFirst(typed)[0])) return null;
      const chosen = chosenOf(choices, typed);
      // What was offered can still be chosen.
      if (chosen === null && NUMBER.test(typed)) return noSuchChoice(typed, choices.length);
      const answer =
        chosen === null
          ? await bot.answer({ request: { kind: 'typed', line: typed }, ...at })
          : await bot.press({ ...chosen, ...at });
      const isHelp = chosen === null && /^\/?(?:covernote )?help$/i.test(typed);
      choices = choicesOf(answer.actions);
      const leave = isHelp ? [note('/quit (or Ctrl-D) leaves.')] : [];
      return { ...answer.view, blocks: [...withChoices(answer), ...leave] };
    },
    complete: (line) => completeLine(bot, line, at),
  };
}

type At = { readonly requester: Requester; readonly place: Place };

/** Lists come first, so that their numbers are those of the lines above. */
function choicesOf(actions: readonly Action[]): Choice[] {
  const lists = actions.flatMap((action) =>
    action.kind === 'select'
      ? action.options.map(({ value, label }) => ({ id: action.id, value, label }))
      : [],
  );
  return [...lists, ...buttonsOf(actions)];
}

function buttonsOf(actions: readonly Action[]): Choice[] {
  return actions.flatMap((action) =>
    action.kind === 'button' && action.current !== true
      ? [{ id: action.id, value: null, label: action.label }]
      : [],
  );
}

const NUMBER = /^\d{1,9}$/;

/** A number is a row of the last answer, and never anything else. */
function noSuchChoice(typed: string, offered: number): View {
  const message = `There is no number ${typed} to choose.`;
  const remedy =
    offered === 0
      ? 'The last answer offers nothing. To search for it, type /series and a word of a title.'
      : `Type ${offered === 1 ? '1' : `1 to ${offered}`}, for what the last answer offers.`;
  return { fallback: message, blocks: [paragraph(message), paragraph(remedy)] };
}

/** `2`, `patches`, `follow this series`. */
function chosenOf(choices: readonly Choice[], typed: string): Choice | null {
  if (NUMBER.test(typed)) return choices[Number(typed) - 1] ?? null;
  return choices.find(({ label }) => label.toLowerCase() === typed.toLowerCase()) ?? null;
}

/** The blocks of an answer, and what can be typed for its buttons and lists. */
function withChoices({ view, actions }: Answer): Block[] {
  const options = choicesOf(actions).length - buttonsOf(actions).length;
  const select = actions.find((action) => action.kind === 'select');
  const blocks = select === undefined ? [...view.blocks] : withOptions(view.blocks, select, options);
  const labels = buttonsOf(actions).map(({ label }) => label);
  if (labels.length === 0) return blocks;
  const [first, last] = [options + 1, options + labels.length];
  if (labels.every((label) => label.length <= MOST_IN_LINE))
    return [...blocks, note(`Type ${labels.map((label, i) => `${first + i} ${label}`).join(' · ')}`)];
  const rows: Block = { kind: 'list', items: labels.map((text, i) => [{ text: `${first + i}. ${text}` }]) };
  return [...blocks, rows, note(`Type ${first === last ? first : `its number, ${first} to ${last}`}.`)];
}

/** Longer labels, such as titles, have a line each. */
const MOST_IN_LINE = 40;

/** Options that are rows of the answer are numbered there, others are listed below it. */
function withOptions(
  blocks: readonly Block[],
  { options, placeholder }: Extract<Action, { kind: 'select' }>,
  most: number,
): Block[] {
  const labels = options.map(({ label }) => label);
  const listed: Block = { kind: 'list', ordered: true, items: labels.map((text) => [{ text }]) };
  return [
    ...(numberRows(blocks, labels) ?? [...blocks, listed]),
    note(`${placeholder}: type ${most === 1 ? '1' : `its number, 1 to ${most}`}.`),
  ];
}

/** Commands, their forms, and what the bot suggests for the words after them. */
async function completeLine(bot: ChatBot, line: string, at: At): Promise<readonly string[]> {
  const found = /^\/(\S+)\s+(.*)$/.exec(line);
  if (found === null)
    return line.startsWith('/')
      ? bot.commands.map(({ name }) => `/${name} `).filter((name) => name.startsWith(line))
      : [];
  const [, command = '', typed = ''] = found;
  const spec = bot.commands.find(({ name }) => name === command);
  if (spec === undefined) return [];
  const [first] = splitFirst(typed);
  const form = spec.forms.find(({ name }) => name === '' || name === first.toLowerCase());
  const option = form?.options.find(({ suggests }) => suggests !== null);
  if (form === undefined || option === undefined)
    return spec.forms.map(({ name }) => `/${command} ${name}`).filter((whole) => whole.startsWith(line));
  // In a form, what is completed is the last word.
  const head = form.name === '' ? `/${command} ` : line.slice(0, line.lastIndexOf(' ') + 1);
  const suggested = await bot.suggest({
    command,
    option: option.name,
    typed: line.slice(head.length),
    ...at,
  });
  return suggested.map(({ value }) => `${head}${value}`).filter((whole) => whole.startsWith(line));
}
