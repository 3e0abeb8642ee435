import type { Command } from 'commander';
import { UserError } from '../../digest/failure.js';
import { oneLine } from '../../digest/text/inert.js';
import { contextOf } from '../cli/context.js';
import { type CliIo, write, writeJson } from '../cli/io.js';
import { withLibrary } from '../library.js';
import { answerSubsystems } from './subsystems/find.js';

/** `covernote subsystems [WORDS]`: what can be followed, with how many series of each are here. */
export function subsystemsCommand(program: Command, io: CliIo): void {
  program
    .command('subsystems')
    .argument('[words...]', 'a slug, words of a section, a list address')
    .description('what can be followed, with counts')
    .action(async (words: string[], _options: unknown, command: Command) => {
      const context = contextOf(command, io);
      const answer = await withLibrary(context.config, (library) =>
        answerSubsystems(library, words.join(' ').trim()),
      );
      if (context.json) await writeJson(io, answer.subsystems);
      if (answer.subsystems.length === 0)
        throw new UserError(
          'no-subsystem',
          `There is no subsystem “${oneLine(words.join(' '))}”.`,
          answer.remedy,
        );
      if (context.json) return;
      const slugColumns = Math.max(...answer.subsystems.map((one) => one.slug.length));
      for (const one of answer.subsystems) {
        const row = `${one.slug.padEnd(slugColumns)}  ${String(one.series).padStart(6)}  ${oneLine(one.name)}`;
        await write(io.stdout, `${io.isTty ? row.slice(0, io.columns) : row}\n`);
      }
    });
}
