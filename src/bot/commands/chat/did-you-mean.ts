import type { Action, Answer } from '../../../digest/ports/chat-bot.js';
import { specOf } from '../commands.js';
import type { CommandProblem } from '../near.js';
import { parseLine, readForm } from '../parse-line.js';
import { idOf } from './action-ids.js';
import { button, problem } from './answers.js';

const MOST_SUGGESTED = 3;

/** A command or form that is none, with what may have been meant one press away where a press can do no harm. */
export function formProblem({ message, remedy, suggestions }: CommandProblem): Answer {
  const actions = suggestions.slice(0, MOST_SUGGESTED).flatMap((line): Action[] => {
    const read = parseLine(line);
    if (read.kind === 'problem') return [];
    const { command, words } = read;
    const form = readForm(specOf(command), words);
    if (form.kind === 'problem' || form.form.changes) return [];
    const id = idOf({ kind: 'command', command, words, replaces: true });
    return id === null ? [] : [button(id, `/${line}`)];
  });
  return problem(message, remedy, actions);
}
