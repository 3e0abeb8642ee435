import {
  type CommandName,
  type CommandSpec,
  commandNames,
  type FormSpec,
} from '../../digest/ports/command.js';
import { specOf } from './commands.js';
import { type CommandProblem, nearWords, unknownWord } from './near.js';
import { plainWords } from './plain-words.js';

export type ParsedLine =
  | { readonly kind: 'command'; readonly command: CommandName; readonly words: string }
  | { readonly kind: 'problem'; readonly problem: CommandProblem };

/** Other words for a command, as people try them. */
const OTHER_NAMES: Readonly<Record<string, readonly [CommandName, string]>> = {
  help: ['covernote', 'help'],
  '?': ['covernote', 'help'],
  status: ['digest', 'status'],
  subscribe: ['follow', ''],
  unsubscribe: ['unfollow', ''],
  follows: ['following', ''],
  list: ['following', ''],
  find: ['series', ''],
  search: ['series', ''],
  show: ['series', ''],
};

/**
 * Reads a typed line: `/follow kvm`, `follow kvm`, `/covernote follow kvm`, `@covernote follow kvm`, as a chat hands it over. Never
 * throws; a word that is no command is a problem that says which one is near.
 */
export function parseLine(text: string): ParsedLine {
  const line = plainWords(text);
  const [first, rest] = splitFirst(line.replace(/^@covernote\b/i, '').trim());
  return readCommand(first.replace(/^\//, ''), rest, false);
}

function readCommand(word: string, rest: string, nested: boolean): ParsedLine {
  const name = word.toLowerCase();
  const command = commandNames.find((one) => one === name);
  if (command === 'covernote') return nested ? help() : readCovernote(rest);
  if (command !== undefined) return { kind: 'command', command, words: rest };
  if (name === '') return help();
  const other = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined;
  if (other !== undefined) return { kind: 'command', command: other[0], words: `${other[1]} ${rest}`.trim() };
  const forms = nested ? specOf('covernote').forms.map((form) => form.name) : [];
  const near = nearWords(name, [...commandNames.filter((one) => one !== 'covernote' || !nested), ...forms]);
  const whole = (meant: string) => (forms.includes(meant) ? `covernote ${meant}` : `${meant} ${rest}`.trim());
  return {
    kind: 'problem',
    problem: unknownWord('command', word, near, 'Type /covernote help for what there is.', whole),
  };
}

/** `/covernote` has words of its own, and takes every other command as one. */
function readCovernote(words: string): ParsedLine {
  const [first, rest] = splitFirst(words);
  const own = specOf('covernote').forms.some((form) => form.name === first.toLowerCase());
  return own
    ? { kind: 'command', command: 'covernote', words }
    : readCommand(first.replace(/^\//, ''), rest, true);
}

function help(): ParsedLine {
  return { kind: 'command', command: 'covernote', words: 'help' };
}

export type ReadForm =
  | { readonly kind: 'form'; readonly form: FormSpec; readonly rest: string }
  | { readonly kind: 'problem'; readonly problem: CommandProblem };

/** Other words for a form. */
const OTHER_FORMS: Readonly<Record<string, string>> = {
  stop: 'off',
  show: 'preview',
  next: 'preview',
  send: 'now',
  unpause: 'resume',
  why: 'status',
  more: 'last',
};

/** The form of a command that the words behind it name, with what is left of them; without words the first. Never throws. */
export function readForm(spec: CommandSpec, words: string): ReadForm {
  const bare = spec.forms[0];
  if (bare === undefined) throw new Error(`${spec.name} has no form`);
  if (bare.name === '') return { kind: 'form', form: bare, rest: words };
  const [first, rest] = splitFirst(words);
  if (first === '') return { kind: 'form', form: bare, rest: '' };
  const lower = first.toLowerCase();
  const name = Object.hasOwn(OTHER_FORMS, lower) ? OTHER_FORMS[lower] : lower;
  const form = spec.forms.find((one) => one.name === name);
  if (form !== undefined) return { kind: 'form', form, rest };
  const implied = spec.name === 'digest' ? impliedForm(lower) : null;
  const meant = spec.forms.find((one) => one.name === implied);
  if (meant !== undefined) return { kind: 'form', form: meant, rest: words };
  const near = nearWords(
    first,
    spec.forms.map((one) => one.name),
  );
  const otherwise = `There is: ${spec.forms.map((one) => `/${spec.name} ${one.name}`).join(', ')}.`;
  return {
    kind: 'problem',
    problem: unknownWord(`/${spec.name}`, first, near, otherwise, (one) =>
      `${spec.name} ${one} ${rest}`.trim(),
    ),
  };
}

/** `/digest 09:00 weekdays` says when, and `/digest 7` how many days. */
function impliedForm(word: string): string | null {
  if (/^\d{1,2}(?::\d\d|\.\d\d)?(?:am|pm)$|^\d{1,2}:\d\d,?$/.test(word)) return 'at';
  if (/^(?:daily|weekdays|weekends|everyday)$/.test(word)) return 'at';
  return /^\d{1,9}d?$/.test(word) ? 'preview' : null;
}

/** The first word of a text, and the rest of it. */
export function splitFirst(text: string): readonly [first: string, rest: string] {
  const trimmed = text.trim();
  const at = trimmed.search(/\s/);
  return at < 0 ? [trimmed, ''] : [trimmed.slice(0, at), trimmed.slice(at).trim()];
}
