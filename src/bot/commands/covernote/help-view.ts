import type { CommandSpec, FormSpec, OptionSpec } from '../../../digest/ports/command.js';
import { facts, heading, list, note, paragraph } from '../../../digest/view/blocks.js';
import type { Block, Span, View } from '../../../digest/view/view.js';

type Row = { label: string; spans: readonly Span[] };

/** Every command in a line, and how to get more. */
export function helpView(specs: readonly CommandSpec[]): View {
  return {
    fallback: `Commands: ${specs.map((spec) => `/${spec.name}`).join(', ')}.`,
    blocks: [
      facts(specs.map((spec) => ({ label: called(spec), spans: [{ text: spec.does }] }))),
      note(
        '/covernote help follow shows one command in full. Each also works behind /covernote: /covernote follow kvm.',
      ),
    ],
  };
}

/** One command in full: its forms, their options, examples. */
export function commandHelpView(spec: CommandSpec): View {
  const forms = spec.forms.filter((form) => form.name !== '');
  const options = spec.forms.flatMap((form) => (form.name === '' ? form.options : []));
  const blocks: Block[] = [heading(2, called(spec)), paragraph(`${spec.does}.`)];
  if (forms.length > 0) blocks.push(facts(forms.map((form) => formRow(spec, form))));
  if (options.length > 0) blocks.push(facts(options.map(optionRow)));
  if (forms.some((form) => form.options.some(isChannel)))
    blocks.push(
      note('Behind any of these, ', { text: 'in #channel', style: 'code' }, ' does it for another channel.'),
    );
  if (spec.examples.length > 0)
    blocks.push(
      heading(3, 'Examples'),
      list(
        spec.examples.map(({ words, does }) => [
          { text: `/${spec.name} ${words}`.trim(), style: 'code' } as const,
          { text: `: ${does}` },
        ]),
      ),
    );
  return { fallback: `${called(spec)}: ${spec.does}.`, blocks };
}

/** `/follow WHAT [FILTERS]`; long lists of forms are in the command's own help. */
function called(spec: CommandSpec): string {
  const usage = spec.usage.length > 24 ? '…' : spec.usage;
  return `/${spec.name} ${usage}`.trim();
}

function formRow(spec: CommandSpec, form: FormSpec): Row {
  const own = form.options.filter((option) => !isChannel(option));
  const options = own.map(({ name, required, choices }) => {
    const word = choices.length === 2 ? choices.map(({ value }) => value).join('|') : name.toUpperCase();
    return required ? word : `[${word}]`;
  });
  return { label: [`/${spec.name}`, form.name, ...options].join(' '), spans: [{ text: form.does }] };
}

function isChannel({ kind }: OptionSpec): boolean {
  return kind === 'channel';
}

function optionRow({ name, does, typed }: OptionSpec): Row {
  const how: Span[] = typed === null ? [] : [{ text: typed, style: 'code' }];
  return { label: name, spans: [...how, { text: `${how.length > 0 ? ' ' : ''}${does}` }] };
}
