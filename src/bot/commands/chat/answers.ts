import { UserError } from '../../../digest/failure/failure.js';
import type { Action, Answer } from '../../../digest/ports/chat-bot.js';
import type { ParsedSchedule } from '../../../digest/schedule/parse-schedule.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { paragraph } from '../../../digest/view/blocks.js';
import type { View } from '../../../digest/view/view.js';

/** Slack takes 75 characters on a button and in a list, Discord 80 and 100. */
const MAX_LABEL = 75;
/** Discord accepts this many in a list, Slack 100. */
const MAX_OPTIONS = 25;

export function privately(view: View, actions: readonly Action[] = []): Answer {
  return { kind: 'done', view, actions, visibility: 'private', replaces: false, announce: null };
}

/** The request was not carried out: what happened and why, and what to do now. */
export function problem(message: string, remedy: string, actions: readonly Action[] = []): Answer {
  const [what, how] = [sentence(message), sentence(remedy)];
  const blocks = [what, how].filter((text) => text !== '').map((text) => paragraph(text));
  return { ...privately({ fallback: `${what} ${how}`.trim(), blocks }, actions), kind: 'problem' };
}

/** A UserError as an answer; null for anything else, which is a bug or for a retry. */
export function problemOf(error: unknown): Answer | null {
  return error instanceof UserError ? problem(error.message, error.remedy) : null;
}

/** What was typed, quoted in an answer: on one line, shortened. */
export function echo(typed: string, most = 80): string {
  return `“${shorten(oneLine(typed), most)}”`;
}

/** A person or a channel as others see them, for the middle of a sentence. */
export function nameFor(name: string, otherwise: string): string {
  const plain = shorten(oneLine(name), 60);
  return plain === '' ? otherwise : plain;
}

/** Text for a button or a list, within what both chats take. */
export function labelOf(text: string, most = MAX_LABEL): string {
  return shorten(oneLine(text), most) || '?';
}

export function button(
  id: string,
  text: string,
  tone: Extract<Action, { kind: 'button' }>['tone'] = 'plain',
): Action {
  return { kind: 'button', id, label: labelOf(text), tone };
}

/** A list to choose from; what both chats have no room for is left out. */
export function select(
  id: string,
  placeholder: string,
  options: readonly { readonly value: string; readonly label: string; readonly describes: string }[],
): Action {
  return {
    kind: 'select',
    id,
    placeholder: labelOf(placeholder),
    options: options.slice(0, MAX_OPTIONS).map(({ value, label, describes }) => ({
      value,
      label: labelOf(label),
      describes: shorten(oneLine(describes), MAX_LABEL),
    })),
  };
}

function sentence(text: string): string {
  return shorten(oneLine(text), 800);
}

/** What is wrong with the words of a schedule, at the option in which it was typed. */
export function refusedSchedule({
  message,
  remedy,
  part,
}: Extract<ParsedSchedule, { ok: false }>['problem']): Answer {
  const wrong = problem(message, remedy.replaceAll('`', ''));
  return part === undefined ? wrong : { ...wrong, option: part };
}
