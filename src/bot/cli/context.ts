import type { Writable } from 'node:stream';
import type { ChatBot } from '../../digest/ports/chat-bot.js';
import type { CommandSpec } from '../../digest/ports/command.js';
import type { BotOptions } from '../commands/context.js';
import type { Config } from '../config.js';
import type { Library, WithLibrary } from '../library.js';
import type { CliIo } from './io.js';

export interface CliSide {
  /** The word behind the command's name, where that alone is a group: `invite` of `discord`. */
  readonly subcommand: string | null;
  /** What it does there; null: what the command does everywhere. */
  readonly does: string | null;
  readonly arguments: readonly CliArgument[];
  readonly options: CliOptions;
  /** A paragraph for its own help; '' if there is none. */
  readonly notes: string;
  readonly examples: readonly CliExample[];
  /** Its output may be long: on a terminal it goes through the pager. */
  readonly pages: boolean;
  readonly run: (input: CliInput<Readonly<Record<string, unknown>>>, context: CliContext) => Promise<void>;
}

export interface CliInput<V> {
  readonly args: readonly string[];
  readonly options: V;
}

export interface CliArgument {
  readonly name: string;
  readonly does: string;
  readonly required: boolean;
  /** It takes all words that are left; the last argument only. */
  readonly many: boolean;
  /** What the shell completes: files, or one of these words. */
  readonly completes: 'files' | readonly string[] | null;
}

export interface CliExample {
  /** A whole line for a shell; a test runs it on the mail that ships, in the folder of the project. */
  readonly line: string;
  readonly does: string;
  /** Why the test can't run it (`server`: it runs until it is ended); null: it does. */
  readonly needs: 'network' | 'server' | null;
}

export interface CliOption<T> {
  /** `<moment>`; null: it is on or off. */
  readonly value: string | null;
  readonly does: string;
  readonly repeats: boolean;
  readonly choices: readonly string[];
  /** What holds without it, for help; null: nothing. */
  readonly fallback: string | null;
  /** The value as commander has it. Throws UserError. `name`: the option, with its dashes. */
  readonly read: (raw: unknown, name: string) => T;
}

export type CliOptions = Readonly<Record<string, CliOption<unknown>>>;

/** What a command of the command line runs with: the process's streams, the shared options and the configuration. */
export interface CliContext {
  readonly commands: readonly { readonly name: string; readonly does: string; readonly cli: CliSide }[];
  readonly chatSpecs: readonly CommandSpec[];
  readonly createBot: (options: BotOptions) => ChatBot;
  readonly withLibrary: WithLibrary;
  /** Runs the bot of the chats until the process is signalled to end. */
  readonly runBot: (library: Library) => Promise<void>;
  readonly io: CliIo;
  /** Where output goes: stdout, or the pager. */
  readonly out: Writable;
  readonly json: boolean;
  /** The environment, with what the shared options override. */
  readonly env: CliIo['env'];
  /** Read when it is first used: throws UserError that names everything wrong in the environment. */
  readonly config: Config;
}
