import { UserError } from '../../digest/failure/failure.js';
import { argument, cliSide, example } from '../cli/cli-side.js';
import { completionScript, shells } from '../cli/completion-script.js';
import { printText } from '../cli/print.js';
import type { Command } from './command.js';

/** `covernote completion SHELL`: a script that completes commands, options and their values. */
export const completion: Command = {
  name: 'completion',
  does: 'Print a script that completes commands and options in a shell',
  chat: null,
  cli: cliSide({
    arguments: [argument('shell', shells.join(', '), { required: true, completes: shells })],
    notes: `Save its output where the shell looks for completions, or load it in the shell’s startup file:
  bash  source <(covernote completion bash)
  zsh   source <(covernote completion zsh)
  fish  covernote completion fish | source`,
    examples: [example('completion bash', 'for bash'), example('completion fish', 'for fish')],
    async run({ args: [name] }, context) {
      const shell = shells.find((one) => one === name);
      if (shell === undefined)
        throw new UserError(
          'usage',
          `There is no completion for “${name}”.`,
          `Choose one of: ${shells.join(', ')}.`,
        );
      await printText(context, completionScript(shell, context.commands));
    },
  }),
};
