import { existsSync } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { UserError } from '../../digest/failure.js';
import { contextOf } from '../cli/context.js';
import { type CliIo, write, writeJson } from '../cli/io.js';
import { withLibrary } from '../library.js';

/** `covernote backup PATH`: a whole copy of the database, also while the bot runs on it. */
export function backupCommand(program: Command, io: CliIo): void {
  program
    .command('backup <path>')
    .description('write a whole copy of the database to a file, also while the bot runs')
    .option('--force', 'replace the file where there is one')
    .action(async (path: string, options: { force?: boolean }, command: Command) => {
      const context = contextOf(command, io);
      if (existsSync(path) && options.force !== true)
        throw new UserError(
          'backup-exists',
          `${path} is there already.`,
          'Give another path, or add --force.',
        );
      // Under the final name there is never half a copy.
      const part = `${path}.part`;
      try {
        await withLibrary(context.config, (library) => library.store.backup(part));
        await rename(part, path);
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
      const { size } = await stat(path);
      if (context.json) return writeJson(io, { path, bytes: size });
      await write(io.stdout, `The database was copied to ${path} (${size.toLocaleString('en-US')} bytes).\n`);
    });
}
