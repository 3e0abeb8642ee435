/** The commands of the chats as data: help, Discord's registration, Slack's manifest and forms, and the terminal come from it. */

/** The value of an option, as a platform collects it. */
export type OptionValue = string | number | boolean;

export interface OptionSpec {
  /** Discord's rule: lower case, 1 to 32 of `a-z 0-9 - _`. */
  readonly name: string;
  /** At most 100 characters. */
  readonly does: string;
  /** `channel`: the id of a channel, to which the request then applies. */
  readonly kind: 'text' | 'integer' | 'flag' | 'channel';
  readonly required: boolean;
  /** Fixed values to choose from; empty: anything. At most 25. */
  readonly choices: readonly { readonly label: string; readonly value: string }[];
  /** What is suggested while it is typed. */
  readonly suggests: 'series' | 'followable' | 'followed' | 'zone' | null;
  /** How it is typed among the words, for help: `author:…`; null: unchanged. */
  readonly typed: string | null;
}

export interface FormSpec {
  /** '' for the command itself, else its subcommand: `at`. */
  readonly name: string;
  readonly does: string;
  readonly options: readonly OptionSpec[];
  /** It changes what a place gets: announced there, and not open to all. */
  readonly changes: boolean;
  /** Typed without words, it is shown as a form if the chat has forms; else it answers with what it needs. */
  readonly asksForWords: boolean;
}

export interface CommandSpec {
  /** Discord's rule for names; the slash is not part of it. */
  readonly name: string;
  /** At most 100 characters. */
  readonly does: string;
  /** For people: `WHAT [FILTERS]`. */
  readonly usage: string;
  /** One form named '' if there are no subcommands; else one each, the first is the bare command. */
  readonly forms: readonly FormSpec[];
  readonly examples: readonly { readonly words: string; readonly does: string }[];
}
