import type { OptionSpec, OptionValue } from '../../digest/ports/command.js';

/** An option of a form in a chat, and how its value becomes a typed one. */
export interface Option<T> extends Omit<OptionSpec, 'name'> {
  /** The value as a platform collected it; undefined if it was left out. Never throws: what does not fit counts as left out. */
  readonly read: (value: OptionValue | undefined) => T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;
export type ValuesOf<O extends Options> = { readonly [N in keyof O]: ReturnType<O[N]['read']> };

type Suggests = OptionSpec['suggests'];
interface More {
  readonly suggests?: Suggests;
  /** How it is typed among the words: `author:…`. */
  readonly typed?: string;
}

/** Any text; '' if it is left out. */
export function text(does: string, more: More & { readonly required?: true } = {}): Option<string> {
  return {
    ...spec(does, more),
    kind: 'text',
    required: more.required ?? false,
    read: (value) => (value === undefined ? '' : String(value).trim()),
  };
}

/** One of a few values, each with the label that is shown for it; null if it is left out. */
export function choice<const V extends string>(
  does: string,
  choices: readonly (readonly [value: V, label?: string])[],
  more: More & { readonly required?: true } = {},
): Option<V | null> {
  return {
    ...spec(does, more),
    kind: 'text',
    required: more.required ?? false,
    choices: choices.map(([value, label = value]) => ({ value, label })),
    read: (value) => choices.find(([one]) => one === value)?.[0] ?? null,
  };
}

export function integer(does: string): Option<number | null> {
  return {
    ...spec(does, {}),
    kind: 'integer',
    // Forms give what was typed; what is not a number is rejected by the code that checks its bounds.
    read: (value) =>
      typeof value === 'number' ? value : typeof value === 'string' && value !== '' ? Number(value) : null,
  };
}

/** Another channel, for which the form is then run: its id, '' if it is left out. */
export function channel(does: string): Option<string> {
  return {
    ...spec(does, { typed: 'in #channel' }),
    kind: 'channel',
    read: (value) => (typeof value === 'string' ? value : ''),
  };
}

/** On or off. */
export function flag(does: string, more: More): Option<boolean> {
  return { ...spec(does, more), kind: 'flag', read: (value) => value === true };
}

function spec(does: string, { suggests = null, typed }: More) {
  return { does, required: false, choices: [], suggests, typed: typed ?? null } as const;
}

/** The options of a form as typed values. */
export function readOptions<O extends Options>(
  options: O,
  given: Readonly<Record<string, OptionValue>>,
): ValuesOf<O> {
  const values = Object.entries(options).map(([name, option]) => [
    name,
    option.read(Object.hasOwn(given, name) ? given[name] : undefined),
  ]);
  return Object.fromEntries(values) as ValuesOf<O>;
}
