import { existsSync } from 'node:fs';
import { copyDatabase } from '../../adapters/store/copy/copy-database.js';
import { databasePlace } from '../../adapters/store/database-url.js';
import type { Engine } from '../../adapters/store/engine/engine.js';
import { openEngine } from '../../adapters/store/engine/open-engine.js';
import { UserError } from '../../digest/failure/failure.js';
import { count } from '../../digest/text/count.js';
import { argument, cliSide, example } from '../cli/cli-side.js';
import { createProgress, printJson, printText } from '../cli/print.js';
import type { Command } from './command.js';

/** `covernote copy FROM TO`: moves a database to another engine, or to another place. */
export const copy: Command = {
  name: 'copy',
  does: 'Copy a database to an empty one, on SQLite or PostgreSQL, and check that it is the same',
  chat: null,
  cli: cliSide({
    arguments: [
      argument('from', 'sqlite:PATH or postgres://…', { required: true, completes: 'files' }),
      argument('to', 'an empty database; a file is created', { required: true, completes: 'files' }),
    ],
    notes:
      'Stop every covernote that uses them first. To resume a copy that was stopped, run the same command again. Give passwords in PGPASSWORD or ~/.pgpass rather than on the command line, where other users of the machine can see them.',
    examples: [
      example(
        'copy sqlite:covernote.db postgres://covernote@db.example.org/covernote',
        'to a server',
        'network',
      ),
    ],
    async run({ args: [from = '', to = ''] }, context) {
      refuseMissing(from);
      const progress = createProgress(context.io, context.io.isTty);
      const copied = await between(from, to, (source, target) =>
        copyDatabase(source, target, ({ step, table, done, total }) =>
          progress.show(done, total, `${step} ${table}`),
        ),
      ).finally(progress.end);
      if (context.json) return printJson(context, copied);
      const again = copied.resumed ? ', resumed where the copy had stopped' : '';
      await printText(
        context,
        `${count(copied.rows, 'row')} of ${copied.tables} tables were copied${again}, and are the same by count and hash.\n`,
      );
    },
  }),
};

async function between<T>(
  from: string,
  to: string,
  work: (source: Engine, target: Engine) => Promise<T>,
): Promise<T> {
  const source = await openEngine(from);
  try {
    const target = await openEngine(to);
    try {
      return await work(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** A typo would be copied as an empty database. */
function refuseMissing(from: string): void {
  const place = databasePlace(from);
  if (place.engine === 'sqlite' && !existsSync(place.path))
    throw new UserError('no-database', `There is no database at ${place.path}.`, 'Check the path.');
}
