import type { Action, Answer } from '../../../digest/ports/chat-bot.js';
import type { ChatCommand } from '../command.js';
import type { CommandProblem } from '../near.js';
import { parseLine } from '../parse-line.js';
import { problem } from './answers.js';
import { commandButtons } from './command-button.js';

/** A command or form that does not exist; what was meant is one press away where it changes nothing. */
export function didYouMean(
  { message, remedy, suggestions }: CommandProblem,
  commands: readonly ChatCommand[],
): Answer {
  const harmless = suggestions.filter((line) => {
    const read = parseLine(commands, `/${line}`);
    return read.kind === 'form' && read.form.right.kind === 'anyone';
  });
  const actions: readonly Action[] = commandButtons(harmless);
  return problem(message, remedy, actions);
}
