import { Command, CommanderError } from 'commander';
import { UserError } from '../../digest/failure/failure.js';
import { backupCommand } from './commands/backup.js';
import { correctionsCommand } from './commands/corrections.js';
import { diffCommand } from './commands/diff.js';
import { digestCommand } from './commands/digest.js';
import { discordCommand } from './commands/discord.js';
import { doctorCommand } from './commands/doctor.js';
import { healthCommand } from './commands/health.js';
import { ingestCommand } from './commands/ingest.js';
import { linkCommand, unlinkCommand } from './commands/link.js';
import { parseCommand } from './commands/parse.js';
import { reindexCommand } from './commands/reindex.js';
import { runCommand } from './commands/run.js';
import { schemaCommand } from './commands/schema.js';
import { seriesCommand } from './commands/series.js';
import { slackCommand } from './commands/slack.js';
import { sourcesCommand } from './commands/sources.js';
import { subsystemsCommand } from './commands/subsystems.js';
import type { CliIo } from './io.js';
import { VERSION } from './version.js';

/** A command adds itself to the program; one file and one line each. */
type AddCommand = (program: Command, io: CliIo) => void;

const commands: readonly AddCommand[] = [
  runCommand,
  ingestCommand,
  digestCommand,
  seriesCommand,
  diffCommand,
  linkCommand,
  unlinkCommand,
  correctionsCommand,
  subsystemsCommand,
  sourcesCommand,
  parseCommand,
  doctorCommand,
  healthCommand,
  reindexCommand,
  backupCommand,
  discordCommand,
  slackCommand,
  schemaCommand,
];

const EXAMPLES = `
Examples:
  covernote ingest examples/mail       read the mail that ships with covernote
  covernote digest --follow kvm        what happened in kvm in the last 24 hours
  covernote series foll_pin            one series: versions, reviews, state
  covernote diff foll_pin v8 v10       what changed between two versions
  covernote parse mail.eml --json      what covernote understands of a mail

Exit status: 0 fine, 1 failed, 2 wrong usage.`;

const FINE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;

/** Runs one command line and returns its exit status. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<number> {
  const program = new Command('covernote')
    .description(
      'Reads kernel-style mailing lists, understands the patch series on them, and tells what is new.',
    )
    .version(VERSION)
    .option('--json', 'print JSON on stdout and nothing else')
    .option('--db <path>', 'the database (default: DATABASE_URL, then ./covernote.db)')
    .addHelpText('after', EXAMPLES)
    .configureOutput({ writeOut: (text) => io.stdout.write(text), writeErr: (text) => io.stderr.write(text) })
    .showSuggestionAfterError()
    .exitOverride();
  for (const add of commands) add(program, io);
  for (const command of program.commands)
    command.exitOverride().copyInheritedSettings(program).addHelpText('after', SHARED);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return FINE;
  } catch (error) {
    return report(error, io);
  }
}

const SHARED = `
Shared options: --json (JSON alone on stdout), --db PATH.`;

/** Says what went wrong in the words of the person who typed it; only a bug shows its stack. */
function report(error: unknown, io: CliIo): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? FINE : WRONG_USAGE;
  if (error instanceof UserError) {
    io.stderr.write(`covernote: ${error.message}${error.remedy === '' ? '' : `\n  ${error.remedy}`}\n`);
    return error.code === 'usage' ? WRONG_USAGE : FAILED;
  }
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(`covernote: this is a bug in covernote, please report it.\n${told}\n`);
  return FAILED;
}
