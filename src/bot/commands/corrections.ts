import type { Command } from 'commander';
import { renderView } from '../../adapters/terminal/render-view.js';
import { correctionsAnswerSchema } from '../../digest/contract/correction-answer.js';
import { correctionsView } from '../../digest/view/correction-view.js';
import { contextOf } from '../cli/context.js';
import { type CliIo, write, writeJson } from '../cli/io.js';
import { withLibrary } from '../library.js';
import { answerCorrections } from './series/correct.js';

/** `covernote corrections`: what people linked and parted, the newest first. */
export function correctionsCommand(program: Command, io: CliIo): void {
  program
    .command('corrections')
    .description('what was linked and unlinked by hand: by whom, when, and how to take it back')
    .action(async (_options: unknown, command: Command) => {
      const context = contextOf(command, io);
      const corrections = await withLibrary(context.config, answerCorrections);
      if (context.json) return writeJson(io, correctionsAnswerSchema.parse({ corrections }));
      const { columns, color } = io;
      const view = correctionsView(corrections);
      await write(
        io.stdout,
        renderView(view, { columns, color, zone: context.config.timeZone, nowMs: io.nowMs() }),
      );
    });
}
