import { stat } from 'node:fs/promises';
import { argument, cliSide, example, on } from '../cli/cli-side.js';
import { printJson, printText } from '../cli/print.js';
import { writeWhole } from './backup-file.js';
import type { Command } from './command.js';

/** `covernote backup PATH`: a whole copy of the database, also while the bot runs on it. */
export const backup: Command = {
  name: 'backup',
  does: 'Write a whole copy of the database to a file, also while the bot runs',
  chat: null,
  cli: cliSide({
    arguments: [argument('path', 'the file to write', { required: true, completes: 'files' })],
    options: { force: on('replace the file if it exists') },
    examples: [example('backup copy.db', 'a copy in the current folder')],
    async run({ args: [path = ''], options: { force } }, context) {
      await writeWhole(path, { force }, (part) =>
        context.withLibrary((library) => library.store.backup(part)),
      );
      const { size } = await stat(path);
      if (context.json) return printJson(context, { path, bytes: size });
      const bytes = size.toLocaleString('en-US');
      await printText(context, `The database was copied to ${path} (${bytes} bytes).\n`);
    },
  }),
};
