import type { ChannelName } from '../../digest/ports/chat-bot.js';
import { channelsAsNames, takeChannel } from './channel-words.js';
import { type ChatCommand, channelOptionOf, type Form } from './command.js';
import { type CommandProblem, isSlip, nearWords, unknownWord } from './near.js';
import { plainWords, splitFirst } from './plain-words.js';

/** A typed line as a form of a command with the words after it, or what is wrong with it. */
export type ParsedLine =
  | {
      readonly kind: 'form';
      readonly command: ChatCommand;
      readonly form: Form;
      readonly words: string;
      /** The channel that it is for, where the line names one and the form can be run for another. */
      readonly channel?: ChannelName;
    }
  | { readonly kind: 'problem'; readonly problem: CommandProblem };

/** The command that takes every other one as a word: `/covernote follow kvm`. */
const UMBRELLA = 'covernote';
/** What a line that names no command asks for: a title is typed more often than a slip. */
const SEARCH = 'series';
const HELP = /^(?:help|\?|-h|--help)$/i;

/** People begin with these in a direct message: they want to know what there is. */
const GREETING =
  /^(?:hi|hello|hey|hallo|moin|yo|start|thanks|thank you)(?: (?:there|all|covernote|bot))?[!.?]*$/i;
/** What comes before the words of a title when people ask in sentences. */
const ASKING =
  /^(?:(?:please|can you|could you|i want to|i'd like to) )*(?:what(?:'s| is| are) (?:new|up|happening|the (?:state|status))|show(?: me)?|find(?: me)?|search(?: for)?|look for|tell me about|anything(?: new)?|any news|news|status of)(?: (?:in|on|of|about|with|for|from|the))*\s+/i;

/** The words to look for in a question: `what is new in kvm?` asks for kvm; null if it is not a question. */
function wordsOfQuestion(line: string): string | null {
  const rest = line.replace(ASKING, '').trim();
  return rest === line || rest === '' ? null : rest;
}

/**
 * Reads a typed line: `/follow kvm`, `follow kvm`, `/covernote follow kvm`, `@covernote follow kvm`, as a chat passes it on; a line that
 * names no command is a search. Never throws; a command that does not exist is a problem that says which one is near.
 */
export function parseLine(commands: readonly ChatCommand[], text: string): ParsedLine {
  const line = plainWords(text)
    .replace(/^@covernote\b/i, '')
    .trim();
  const { words, channel } = takeChannel(line);
  if (channel === null) return readCommand(commands, line, false);
  const read = readCommand(commands, words, false);
  return read.kind === 'form' && channelOptionOf(read.form) !== null
    ? { ...read, channel }
    : readCommand(commands, channelsAsNames(line), false);
}

function readCommand(commands: readonly ChatCommand[], line: string, nested: boolean): ParsedLine {
  const [first, rest] = splitFirst(line);
  const name = first.replace(/^\//, '').toLowerCase();
  if (name === '' || (nested && name === UMBRELLA)) return readForm(commandOf(commands, UMBRELLA), 'help');
  const named = commands.find((one) => one.name === name);
  if (named?.name === UMBRELLA) return readUmbrella(commands, named, rest);
  if (named !== undefined) return HELP.test(rest) ? help(commands, name) : readForm(named, rest);
  const isPlain = !nested && !first.startsWith('/');
  const query = isPlain ? wordsOfQuestion(line) : null;
  if (query !== null) return readForm(commandOf(commands, SEARCH), query);
  for (const command of commands)
    if (Object.hasOwn(command.chat.otherNames, name))
      return readForm(command, `${command.chat.otherNames[name]} ${rest}`.trim());
  if (isPlain && GREETING.test(line)) return readForm(commandOf(commands, UMBRELLA), 'help');
  const names = commands.map((one) => one.name);
  if (isPlain && !isSlip(name, names)) return readForm(commandOf(commands, SEARCH), line);
  const forms = nested ? commandOf(commands, UMBRELLA).chat.forms.map((form) => form.name) : [];
  const near = nearWords(name, [...names.filter((one) => one !== UMBRELLA || !nested), ...forms]);
  const whole = (meant: string) =>
    forms.includes(meant) ? `${UMBRELLA} ${meant}` : `${meant} ${rest}`.trim();
  return {
    kind: 'problem',
    problem: unknownWord(
      'command',
      first.replace(/^\//, ''),
      near,
      'Try /series foll_pin, /follow kvm or /covernote help.',
      whole,
    ),
  };
}

/** `/covernote` has forms of its own, and takes every other command as one. */
function readUmbrella(commands: readonly ChatCommand[], command: ChatCommand, words: string): ParsedLine {
  const [first] = splitFirst(words);
  const own = command.chat.forms.some((form) => form.name === first.toLowerCase());
  return own ? readForm(command, words) : readCommand(commands, words, true);
}

function help(commands: readonly ChatCommand[], about: string): ParsedLine {
  return readForm(commandOf(commands, UMBRELLA), `help ${about}`);
}

function commandOf(commands: readonly ChatCommand[], name: string): ChatCommand {
  const found = commands.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no command ${name}`);
  return found;
}

/** The form of a command that the words after it name, with what is left of them; without words the first. Never throws. */
export function readForm(command: ChatCommand, words: string): ParsedLine {
  const { forms, impliedForm } = command.chat;
  const found = (form: Form, rest: string): ParsedLine => ({ kind: 'form', command, form, words: rest });
  const [bare] = forms;
  if (bare === undefined) throw new Error(`${command.name} has no form`);
  const [first, rest] = splitFirst(words);
  if (bare.name === '' || first === '') return found(bare, words);
  const word = first.toLowerCase();
  const named = forms.find(({ name, otherNames }) => name === word || otherNames.includes(word));
  if (named !== undefined) return found(named, rest);
  const implied = impliedForm?.(word) ?? null;
  const meant = forms.find(({ name }) => name === implied);
  if (meant !== undefined) return found(meant, words);
  const names = forms.map(({ name }) => name);
  const otherwise = `Try: ${names.map((name) => `/${command.name} ${name}`).join(', ')}.`;
  const whole = (name: string) => `${command.name} ${name} ${rest}`.trim();
  const near = nearWords(first, names);
  return { kind: 'problem', problem: unknownWord(`/${command.name}`, first, near, otherwise, whole) };
}
