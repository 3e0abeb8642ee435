import type { Command } from 'commander';
import { UserError } from '../../digest/failure.js';
import { oneLine } from '../../digest/text/inert.js';
import { type CliIo, write, writeJson } from '../cli/io.js';
import { type Check, examine } from '../examine.js';

const MARKS: Readonly<Record<Check['verdict'], string>> = { fine: 'ok  ', note: 'note', wrong: 'BAD ' };

/** `covernote doctor`: checks configuration, database, sources and tokens, and says what to mend. */
export function doctorCommand(program: Command, io: CliIo): void {
  program
    .command('doctor')
    .description('check configuration, database, sources and tokens, and say what to mend')
    .action(async (_options: unknown, command: Command) => {
      const options: { json?: boolean; db?: string } = command.optsWithGlobals();
      const env = options.db === undefined ? io.env : { ...io.env, DATABASE_URL: databaseUrl(options.db) };
      const checks = await examine(env, io.nowMs());
      if (options.json === true) await writeJson(io, checks);
      else for (const check of checks) await write(io.stdout, line(check));
      const wrong = checks.filter((check) => check.verdict === 'wrong').length;
      if (wrong > 0) throw new UserError('unwell', `${wrong} of ${checks.length} checks failed.`, '');
    });
}

function databaseUrl(db: string): string {
  return /^[a-z]+:/.test(db) ? db : `sqlite:${db}`;
}

function line({ name, verdict, found, remedy }: Check): string {
  const tail = remedy === '' ? '' : `\n       ${oneLine(remedy)}`;
  return `${MARKS[verdict]} ${name}: ${oneLine(found)}${tail}\n`;
}
