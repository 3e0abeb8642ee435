import type { FormSpec, OptionSpec } from '../../digest/ports/command.js';

type Choice = OptionSpec['choices'][number];

/** One value of a choice whose label is what is written. */
export function choice(value: string, label = value): Choice {
  return { value, label };
}

/** An option that is written as it is typed; an optional text without choices where nothing else is said. */
export function plain(name: string, does: string, more: Partial<OptionSpec> = {}): OptionSpec {
  return {
    name,
    does,
    kind: 'text',
    required: false,
    choices: [],
    suggests: null,
    written: { as: 'plain' },
    ...more,
  };
}

/** An option that is written as `key:value`. */
export function field(name: string, key: string, does: string, more: Partial<OptionSpec> = {}): OptionSpec {
  return plain(name, does, { written: { as: 'field', key }, ...more });
}

/** An option that is on or off, and is written as these words where it is on. */
export function flag(name: string, words: string, does: string): OptionSpec {
  return plain(name, does, { kind: 'flag', written: { as: 'words', words } });
}

/** A form that only reads. */
export function reads(name: string, does: string, options: readonly OptionSpec[] = []): FormSpec {
  return { name, does, options, changes: false };
}

/** A form that changes what a place gets. */
export function changes(name: string, does: string, options: readonly OptionSpec[] = []): FormSpec {
  return { name, does, options, changes: true };
}
