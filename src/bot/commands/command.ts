import type { Answer, Request } from '../../digest/ports/chat-bot.js';
import type { CommandSpec, FormSpec } from '../../digest/ports/command.js';
import type { CliSide } from '../cli/context.js';
import type { Right } from './access.js';
import type { CommandContext } from './context.js';
import { type Options, readOptions, type ValuesOf } from './option.js';

/** Everything about one command. A new one is a module that exports this, and a row in commands.ts. */
export interface Command {
  readonly name: string;
  /** A sentence without its full stop, at most 100 characters. */
  readonly does: string;
  readonly chat: ChatSide | null;
  /** How the command line offers it; null: not there. */
  readonly cli: CliSide | null;
}

interface ChatSide {
  /** For people: `WHAT [FILTERS]`. */
  readonly usage: string;
  /** Other words that people type for the command, each with the words that it means: `status` → `status` of /digest. */
  readonly otherNames: Readonly<Record<string, string>>;
  /** One form named '' if there are no subcommands; else one each, the first is the bare command. */
  readonly forms: readonly Form[];
  /** The form that a first word means though it names none: `09:00` of /digest. */
  readonly impliedForm?: (word: string) => string | null;
  /** At least one where it takes words; a test runs each on the mail that ships. */
  readonly examples: readonly { readonly words: string; readonly does: string }[];
}

/** One way to use a command in a chat. */
export interface Form extends Pick<FormSpec, 'name' | 'does' | 'asksForWords'> {
  /** Other words for it: `stop` for `off`. */
  readonly otherNames: readonly string[];
  readonly options: Options;
  readonly right: Right;
  /** It makes messages come to the place: refused for a channel where the bot could post none. */
  readonly posts: boolean;
  /** The current values of its options in a place, by name: a chat's form begins with them. Absent: nothing. */
  readonly current?: ((context: CommandContext) => Promise<Readonly<Record<string, string>>>) | undefined;
  /** What was typed behind it, or the options that a platform collected. Throws UserError. */
  readonly run: (input: FormInput, context: CommandContext) => Promise<Answer>;
}

/** The option by which a form is run for another channel; null if it acts only on the place where it is typed. */
export function channelOptionOf({ options }: Pick<Form, 'options'>): string | null {
  return Object.entries(options).find(([, option]) => option.kind === 'channel')?.[0] ?? null;
}

export type FormInput =
  | { readonly kind: 'words'; readonly words: string }
  | Pick<Extract<Request, { kind: 'options' }>, 'kind' | 'options'>;

interface FormParts<O extends Options, P> extends Pick<Form, 'name' | 'does' | 'right'> {
  readonly otherNames?: readonly string[];
  readonly asksForWords?: true;
  readonly posts?: true;
  readonly current?: Form['current'];
  readonly options: O;
  /** Typed words and typed options become the same narrower value; only words are parsed. */
  readonly parse: {
    readonly words: (words: string, context: CommandContext) => P;
    readonly options: (values: ValuesOf<O>, context: CommandContext) => P;
  };
  readonly run: (parsed: P, context: CommandContext) => Answer | Promise<Answer>;
}

/** A form whose typed words and options `parse` makes equal. */
export function form<const O extends Options, P>({ parse, run, ...parts }: FormParts<O, P>): Form {
  return {
    otherNames: [],
    asksForWords: false,
    posts: false,
    ...parts,
    run: async (input, context) =>
      run(
        input.kind === 'words'
          ? parse.words(input.words, context)
          : parse.options(readOptions(parts.options, input.options), context),
        context,
      ),
  };
}

export function plainForm(
  parts: Pick<Form, 'name' | 'does' | 'right'> & {
    readonly otherNames?: readonly string[];
    readonly options?: Options;
    readonly posts?: true;
    readonly run: (context: CommandContext) => Answer | Promise<Answer>;
  },
): Form {
  const nothing = () => null;
  return form({
    options: {},
    ...parts,
    parse: { words: nothing, options: nothing },
    run: (_, context) => parts.run(context),
  });
}

export type ChatCommand = Command & { readonly chat: ChatSide };

export function chatCommands(commands: readonly Command[]): readonly ChatCommand[] {
  return commands.filter((command): command is ChatCommand => command.chat !== null);
}

type CliCommand = Command & { readonly cli: CliSide };

export function cliCommands(commands: readonly Command[]): readonly CliCommand[] {
  return commands.filter((command): command is CliCommand => command.cli !== null);
}

/** A command as the chats' edges need it: for registration, forms and help. */
export function specOf({ name, does, chat }: ChatCommand): CommandSpec {
  return { name, does, usage: chat.usage, examples: chat.examples, forms: chat.forms.map(formSpec) };
}

export function formSpec({ name, does, options, right, asksForWords }: Form): FormSpec {
  return {
    name,
    does,
    asksForWords,
    changes: right.kind === 'manager',
    options: Object.entries(options).map(([optionName, { read: _, ...option }]) => ({
      name: optionName,
      ...option,
    })),
  };
}
