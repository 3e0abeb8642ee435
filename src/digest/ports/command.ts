/** What can be asked for in a chat, said once: help, Discord's registration, Slack's parsing and the terminal come from it. */

export const commandNames = [
  'series',
  'follow',
  'unfollow',
  'following',
  'digest',
  'subsystems',
  'covernote',
] as const;
export type CommandName = (typeof commandNames)[number];

export interface OptionSpec {
  /** Discord's rule: lower case, 1 to 32 of `a-z 0-9 - _`. */
  readonly name: string;
  /** At most 100 characters. */
  readonly does: string;
  readonly kind: 'text' | 'integer' | 'flag';
  readonly required: boolean;
  /** Fixed values to choose from; empty: anything. At most 25. */
  readonly choices: readonly { readonly label: string; readonly value: string }[];
  /** What is suggested while it is typed. */
  readonly suggests: 'series' | 'followable' | 'followed' | 'zone' | null;
  /** How it is written among the words: as it is, as `key:"value"`, or (a flag) as these words where it is on. */
  readonly written:
    | { readonly as: 'plain' }
    | { readonly as: 'field'; readonly key: string }
    | { readonly as: 'words'; readonly words: string };
}

export interface FormSpec {
  /** '' for the command itself, else its subcommand: `at`. */
  readonly name: string;
  readonly does: string;
  readonly options: readonly OptionSpec[];
  /** It changes what a place gets: announced there, and not for everybody. */
  readonly changes: boolean;
}

export interface CommandSpec {
  readonly name: CommandName;
  /** At most 100 characters. */
  readonly does: string;
  /** For people: `WHAT [FILTERS]`. */
  readonly usage: string;
  /** One form named '' where there are no subcommands; else one each, the first standing for the bare command. */
  readonly forms: readonly FormSpec[];
  readonly examples: readonly { readonly words: string; readonly does: string }[];
}

/** Options as a platform gives them, written as the words that everybody can type. Pure. */
export function wordsOf(form: FormSpec, values: Readonly<Record<string, string | number | boolean>>): string {
  const words = form.name === '' ? [] : [form.name];
  for (const option of form.options) {
    const value = values[option.name];
    if (value === undefined || value === '' || value === false) continue;
    if (option.written.as === 'words') words.push(option.written.words);
    else if (option.written.as === 'plain') words.push(String(value).trim());
    else words.push(`${option.written.key}:${quoted(String(value).trim())}`);
  }
  return words.filter((word) => word !== '').join(' ');
}

/** The grammar's quotes, where a value could be read as more than one. */
function quoted(value: string): string {
  return /^[\w@.+/*=<>-]+$/.test(value)
    ? value
    : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
