import { on, oneOf, value } from './cli-side.js';
import type { CliOption } from './context.js';

/** The options that every command takes. */
export const sharedOptions = {
  json: on('print JSON on stdout and nothing else'),
  db: value('<path>', 'the database (default: DATABASE_URL, then ./covernote.db)'),
  color: oneOf(['auto', 'always', 'never'], 'colors on stdout', 'auto'),
};

/** The command that a command line names; shared options may come before it, and their values are not it: `--db x.db ingest PATH`. */
export function commandName(argv: readonly string[]): string | null {
  const options: Readonly<Record<string, CliOption<unknown> | undefined>> = sharedOptions;
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (!word.startsWith('-')) return word;
    if ((options[word.slice(2)]?.value ?? null) !== null) at++;
  }
  return null;
}
