import { UserError } from '../../digest/failure/failure.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { parseMoment } from '../../digest/time/parse-moment.js';
import type {
  CliArgument,
  CliContext,
  CliExample,
  CliInput,
  CliOption,
  CliOptions,
  CliSide,
} from './context.js';

type CliValues<O extends CliOptions> = { readonly [N in keyof O]: ReturnType<O[N]['read']> };

interface CliParts<O extends CliOptions>
  extends Partial<Pick<CliSide, 'does' | 'subcommand' | 'notes' | 'pages' | 'arguments'>>,
    Pick<CliSide, 'examples'> {
  readonly options?: O;
  readonly run: (input: CliInput<CliValues<O>>, context: CliContext) => Promise<void> | void;
}

/** The command line's side of a command, with options as typed values. */
export function cliSide<const O extends CliOptions = Record<never, never>>({
  run,
  ...parts
}: CliParts<O>): CliSide {
  const options: CliOptions = parts.options ?? {};
  return {
    does: null,
    subcommand: null,
    notes: '',
    pages: false,
    arguments: [],
    ...parts,
    options,
    async run({ args, options: raw }, context) {
      const values = Object.entries(options).map(([name, { read }]) => [name, read(raw[name], `--${name}`)]);
      await run({ args, options: Object.fromEntries(values) as CliValues<O> }, context);
    },
  };
}

export function phrase(does: string, cli: CliSide): string {
  return cli.does ?? does.charAt(0).toLowerCase() + does.slice(1);
}

export function argument(
  name: string,
  does: string,
  more: Partial<Pick<CliArgument, 'required' | 'many' | 'completes'>> = {},
): CliArgument {
  return { name, does, required: false, many: false, completes: null, ...more };
}

export function example(line: string, does: string, needs: CliExample['needs'] = null): CliExample {
  return { line: `covernote ${line}`, does, needs };
}

const plain = { repeats: false, choices: [], fallback: null };

/** On or off. */
export function on(does: string): CliOption<boolean> {
  return { ...plain, value: null, does, read: (raw) => raw === true };
}

/** Any text; null if it is left out. */
export function value(placeholder: string, does: string): CliOption<string | null> {
  return { ...plain, value: placeholder, does, read: textOf };
}

/** Any text, with what holds without it. */
export function valueOr(placeholder: string, does: string, fallback: string): CliOption<string> {
  return { ...plain, value: placeholder, does, fallback, read: (raw) => textOf(raw) ?? fallback };
}

/** Given as often as it is needed. */
export function list(placeholder: string, does: string): CliOption<readonly string[]> {
  return {
    ...plain,
    value: placeholder,
    does,
    repeats: true,
    read: (raw) => (Array.isArray(raw) ? raw.map(String) : []),
  };
}

export function oneOf<const V extends string>(
  choices: readonly V[],
  does: string,
  fallback: V,
): CliOption<V> {
  return {
    ...plain,
    value: `<${choices.join('|')}>`,
    does,
    choices,
    fallback,
    read(raw, name) {
      const typed = textOf(raw) ?? fallback;
      const found = choices.find((one) => one === typed);
      if (found === undefined) throw wrong(name, typed, `Choose one of ${choices.join(', ')}.`);
      return found;
    },
  };
}

/** A whole number from 1. */
export function wholeNumber(does: string, fallback: number): CliOption<number> {
  return {
    ...plain,
    value: '<n>',
    does,
    fallback: String(fallback),
    read(raw, name) {
      const typed = textOf(raw) ?? String(fallback);
      const n = Number(typed);
      if (!Number.isInteger(n) || n < 1) throw wrong(name, typed, 'Write a whole number from 1.');
      return n;
    },
  };
}

function textOf(raw: unknown): string | null {
  return typeof raw === 'string' ? raw : null;
}

function wrong(name: string, typed: string, remedy: string): UserError {
  return new UserError('usage', `${name} can't be “${shorten(oneLine(typed), 60)}”.`, remedy);
}

/** `--since` of commands that read lists: ISO UTC, null for `all`. Throws UserError if it is not a valid time. */
export function sinceOf(text: string, nowMs: number, zone: string): string | null {
  if (text === 'all') return null;
  const since = parseMoment(text, nowMs, zone);
  if (since !== null) return since;
  throw new UserError('usage', `--since can’t be “${text}”.`, 'Write 90d, 2026-01-01 or all.');
}
