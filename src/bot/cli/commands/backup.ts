import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { withLibrary } from '../../library.js';
import { writeWhole } from '../backup-file.js';
import { contextOf } from '../context.js';
import { type CliIo, write, writeJson } from '../io.js';

/** `covernote backup PATH`: a whole copy of the database, also while the bot runs on it. */
export function backupCommand(program: Command, io: CliIo): void {
  program
    .command('backup <path>')
    .description('write a whole copy of the database to a file, also while the bot runs')
    .option('--force', 'replace the file where there is one')
    .action(async (path: string, options: { force?: boolean }, command: Command) => {
      const context = contextOf(command, io);
      await writeWhole(path, { force: options.force === true }, (part) =>
        withLibrary(context.config, (library) => library.store.backup(part)),
      );
      const { size } = await stat(path);
      if (context.json) return writeJson(io, { path, bytes: size });
      await write(io.stdout, `The database was copied to ${path} (${size.toLocaleString('en-US')} bytes).\n`);
    });
}
