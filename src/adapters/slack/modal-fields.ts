import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Requester } from '../../digest/ports/chat-bot.js';
import type { OptionSpec, OptionValue } from '../../digest/ports/command.js';
import { LIMITS } from './limits.js';
import { plain } from './render-actions.js';

/** The fields of a modal: made of a form's options, and read back when it is sent. */

type Input = types.InputBlock;
type InputElement = Input['element'];

/** Begins the action ids of our fields. */
export const FIELD = 'field:';
/** A time in addition to the picked one; Slack's picker has only one. */
const MORE_TIMES = 'more-times';
/** What is picked can be typed instead: the whole grammar, and where Slack cannot load suggestions. */
const IN_WORDS = 'in-words';

/** Slack shows no more of them in one line. */
const MOST_PICKED = 10;

/** The fields of one option, with what is known filled in. */
export function inputsOf(option: OptionSpec, initial: string, requester: Requester): Input[] {
  if (option.name === 'times') {
    const [first = '', ...others] = initial.split(' ');
    return [
      inputBlock(option.name, 'Time', '', false, {
        type: 'timepicker',
        action_id: FIELD + option.name,
        initial_time: /^\d\d:\d\d$/.test(first) ? first : '09:00',
        ...(requester.zone === null ? {} : { timezone: requester.zone }),
      }),
      inputBlock(MORE_TIMES, 'Further times', 'Such as 12:00 17:30; leave empty for one digest a day', true, {
        type: 'plain_text_input',
        action_id: FIELD + MORE_TIMES,
        ...(others.length === 0 ? {} : { initial_value: others.join(' ') }),
      }),
    ];
  }
  if (option.name === 'days' && option.kind === 'text') return [daysInput(option, initial)];
  if (option.suggests === 'followable') return followableInputs(option, initial);
  const known = option.suggests === 'zone' ? initial || (requester.zone ?? '') : initial;
  const label = labelOf(option);
  const hint = hintBelow(label, option.does);
  return [inputBlock(option.name, label, hint, !option.required, elementOf(option, known))];
}

/** A picker and a field for words; to edit what is followed, the words alone. */
function followableInputs({ name, does }: OptionSpec, initial: string): Input[] {
  if (initial !== '')
    return [inputBlock(IN_WORDS, 'What to follow', does, false, textInput(IN_WORDS, initial))];
  return [
    inputBlock(name, 'What to follow', 'Type a few letters; several can be picked', true, {
      type: 'multi_external_select',
      action_id: FIELD + name,
      min_query_length: 0,
      max_selected_items: MOST_PICKED,
      placeholder: plain('Subsystems, lists, authors, paths', LIMITS.placeholder),
    }),
    inputBlock(IN_WORDS, 'Or in words', does, true, textInput(IN_WORDS, '')),
  ];
}

const DAYS = [
  ['daily', 'Every day'],
  ['weekdays', 'Monday to Friday'],
  ['weekends', 'Saturday and Sunday'],
  ['mon', 'Mondays'],
  ['tue', 'Tuesdays'],
  ['wed', 'Wednesdays'],
  ['thu', 'Thursdays'],
  ['fri', 'Fridays'],
  ['mon wed fri', 'Monday, Wednesday, Friday'],
  ['tue thu', 'Tuesday, Thursday'],
] as const;

function daysInput(option: OptionSpec, initial: string): Input {
  const isOther = initial !== '' && !DAYS.some(([value]) => value === initial);
  const offered: readonly (readonly [string, string])[] = isOther ? [[initial, initial], ...DAYS] : DAYS;
  const options = offered.map(([value, label]) => ({ value, text: plain(label, LIMITS.optionText) }));
  const daily = options.find(({ value }) => value === initial) ?? options[0];
  return inputBlock(option.name, 'Days', '', false, {
    type: 'static_select',
    action_id: FIELD + option.name,
    options,
    ...(daily === undefined ? {} : { initial_option: daily }),
  });
}

/** Fields whose option is called too shortly for a form. */
const LABELS: Readonly<Record<string, string>> = {
  what: 'What to show',
  until: 'Until when',
  for: 'For whom',
  author: 'Only by this author',
  kind: 'Only this kind',
  path: 'Only what changes this path',
  words: 'Only with these words in the title',
  'min-version': 'Only from this version on',
  bots: 'Include mail that only bots wrote',
  when: 'When it is posted',
  in: 'For another channel',
  zone: 'Time zone',
  form: 'How much to say about each series',
  items: 'Series per section',
  order: 'The order of series',
  threads: 'Threads for several subsystems',
  quiet: 'Quiet hours',
  limit: 'Messages an hour, at once',
};

function labelOf({ name }: OptionSpec): string {
  const words = name.replaceAll('-', ' ');
  return LABELS[name] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** The hint below a label does not repeat the label. */
function hintBelow(label: string, does: string): string {
  if (!does.startsWith(label)) return does;
  const rest = does.slice(label.length).replace(/^[:;,]? /, '');
  // A path is written as it is.
  if (/^[a-z]+[^a-z ,;]/.test(rest)) return rest;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

function inputBlock(
  name: string,
  label: string,
  hint: string,
  optional: boolean,
  element: InputElement,
): Input {
  return {
    type: 'input',
    block_id: name,
    label: plain(label, LIMITS.inputLabel),
    ...(hint === '' ? {} : { hint: plain(hint, LIMITS.inputLabel) }),
    optional,
    element,
  };
}

function elementOf(option: OptionSpec, initial: string): InputElement {
  const actionId = FIELD + option.name;
  const choices = option.choices.map(({ value, label }) => ({
    value,
    text: plain(label, LIMITS.optionText),
  }));
  if (choices.length > 0) {
    const chosen = choices.find(({ value }) => value === initial);
    const known = chosen === undefined ? {} : { initial_option: chosen };
    return { type: 'static_select', action_id: actionId, options: choices, ...known };
  }
  if (option.kind === 'flag')
    return {
      type: 'checkboxes',
      action_id: actionId,
      options: [{ value: 'on', text: plain('Yes', LIMITS.optionText) }],
    };
  if (option.kind === 'channel')
    return {
      type: 'conversations_select',
      action_id: actionId,
      filter: { include: ['public', 'private'], exclude_bot_users: true },
    };
  return textInput(option.name, initial);
}

function textInput(name: string, initial: string): InputElement {
  return {
    type: 'plain_text_input',
    action_id: FIELD + name,
    max_length: 1000,
    ...(initial === '' ? {} : { initial_value: initial }),
  };
}

/** One field of a sent modal, as Slack gives it. */
const fieldSchema = z.looseObject({
  type: z.string().nullish(),
  value: z.string().nullish(),
  selected_time: z.string().nullish(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
  selected_conversation: z.string().nullish(),
  selected_options: z.array(z.looseObject({ value: z.string() })).nullish(),
});
const valuesSchema = z.record(z.string(), z.record(z.string(), fieldSchema));

/** What was filled in, by the option's name. */
export function formValues(values: unknown): Record<string, OptionValue> {
  const read = valuesSchema.parse(values);
  const filled: Record<string, string | boolean> = {};
  for (const fields of Object.values(read))
    for (const [actionId, field] of Object.entries(fields)) {
      const value = filledIn(field);
      if (actionId.startsWith(FIELD) && value !== '') filled[actionId.slice(FIELD.length)] = value;
    }
  const { [MORE_TIMES]: more, [IN_WORDS]: words, ...rest } = filled;
  const what = [rest.what, words].filter((text) => typeof text === 'string').join(', ');
  return {
    ...rest,
    ...(what === '' ? {} : { what }),
    ...(typeof more === 'string' ? { times: `${rest.times ?? ''} ${more}`.trim() } : {}),
  };
}

/** The block that shows an option. What was picked is never wrong: where more was typed, it is that. */
export function blockOfOption(
  option: string,
  given: Readonly<Record<string, OptionValue>>,
  inputs: readonly string[],
): string {
  if (option === 'times' && String(given.times ?? '').includes(' ')) return MORE_TIMES;
  return option === 'what' && inputs.includes(IN_WORDS) ? IN_WORDS : option;
}

function filledIn(field: z.infer<typeof fieldSchema>): string | boolean {
  if (field.selected_options !== undefined && field.selected_options !== null)
    return field.type === 'checkboxes'
      ? field.selected_options.length > 0
      : field.selected_options.map(({ value }) => value).join(', ');
  return (
    field.selected_time ??
    field.selected_option?.value ??
    field.selected_conversation ??
    field.value ??
    ''
  ).trim();
}
