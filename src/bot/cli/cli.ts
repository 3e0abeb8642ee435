import type { Writable } from 'node:stream';
import { Command as Commander, CommanderError, Option } from 'commander';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import { createChatBot } from '../commands/chat/chat-bot.js';
import { type Command, chatCommands, cliCommands, specOf } from '../commands/command.js';
import { withLibrary } from '../compose.js';
import { type Config, readConfig } from '../config.js';
import { phrase } from './cli-side.js';
import type { CliContext, CliOption, CliSide } from './context.js';
import type { CliIo } from './io.js';
import { pagedOutput, plainOutput } from './pager.js';
import { sharedOptions } from './shared-options.js';
import { VERSION } from './version.js';

const NOTES = `
Output goes through $PAGER (less by default) where it is long and a terminal shows it. NO_COLOR turns colors off.

Exit status: 0 success, 1 failure, 2 wrong usage.`;
const SHARED = `
Shared options: --json (JSON alone on stdout), --db PATH, --color WHEN.`;

const SUCCESS = 0;
const FAILURE = 1;
const WRONG_USAGE = 2;

/** Runs one command line and returns its exit status. */
export async function runCli(
  commands: readonly Command[],
  argv: readonly string[],
  io: CliIo,
): Promise<number> {
  try {
    await createProgram(commands, io).parseAsync([...argv], { from: 'user' });
    return SUCCESS;
  } catch (error) {
    return report(error, io);
  }
}

/** The command line for commander: parsing, help and usage errors. */
function createProgram(commands: readonly Command[], io: CliIo): Commander {
  const program = new Commander('covernote')
    .description(
      'Reads kernel-style mailing lists, understands the patch series on them, and reports what is new.',
    )
    .version(VERSION)
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // Reported in our own words by `report`.
      outputError: () => undefined,
    })
    // Long options leave little room beside them: what they do is still wrapped.
    .configureHelp({ minWidthToWrap: 24 })
    .showSuggestionAfterError()
    .exitOverride();
  for (const [word, option] of Object.entries(sharedOptions)) program.addOption(optionOf(word, option));
  const all = cliCommands(commands);
  for (const { name, does, cli } of all) {
    const line = phrase(does, cli);
    const command = addCommand(groupOf(program, name, line, cli), name, cli).description(line);
    command.action(() => runCommand(commands, cli, command, io));
  }
  const firsts = all.filter(({ name }) => SHOWN.has(name)).flatMap(({ cli }) => cli.examples.slice(0, 1));
  return program.addHelpText('after', `${examplesText(firsts)}\n${NOTES}`);
}

/** The commands whose first example is in the program's own help. */
const SHOWN = new Set(['ingest', 'digest', 'series', 'diff', 'parse']);

/** The program, or the group that a subcommand belongs to: `discord` of `discord invite`. */
function groupOf(program: Commander, name: string, does: string, { subcommand }: CliSide): Commander {
  if (subcommand === null) return program;
  return program.command(name).description(does).exitOverride().copyInheritedSettings(program);
}

function addCommand(parent: Commander, name: string, cli: CliSide): Commander {
  const command = parent
    .command(cli.subcommand ?? name)
    .exitOverride()
    .copyInheritedSettings(parent);
  for (const { name: word, does, required, many } of cli.arguments) {
    const inside = many ? `${word}...` : word;
    command.argument(required ? `<${inside}>` : `[${inside}]`, does);
  }
  for (const [word, option] of Object.entries(cli.options)) command.addOption(optionOf(word, option));
  const notes = cli.notes === '' ? '' : `\n${cli.notes}\n`;
  command.addHelpText('after', `${notes}${examplesText(cli.examples)}\n${SHARED}`);
  return command;
}

function optionOf(word: string, { value, does, fallback, repeats }: CliOption<unknown>): Option {
  const flags = value === null ? `--${word}` : `--${word} ${value}`;
  const made = new Option(
    flags,
    `${does}${fallback === null || fallback === '' ? '' : ` (default: ${fallback})`}`,
  );
  return repeats ? made.argParser((one: string, all: string[] = []) => [...all, one]) : made;
}

async function runCommand(
  commands: readonly Command[],
  cli: CliSide,
  command: Commander,
  io: CliIo,
): Promise<void> {
  const { color: typed, ...shared } = command.optsWithGlobals<SharedOptions & { color?: string }>();
  const color = sharedOptions.color.read(typed, '--color');
  const paged = cli.pages && shared.json !== true ? io.pager : null;
  const output = paged === null ? plainOutput(io) : pagedOutput(io, paged);
  const shown = { ...io, color: color === 'auto' ? io.color : color === 'always' };
  try {
    const context = createContext(commands, shown, output.out, shared);
    await cli.run({ args: command.args, options: command.opts() }, context);
  } finally {
    await output.end();
  }
}

const MOST_BESIDE = 44;

function examplesText(examples: CliSide['examples']): string {
  if (examples.length === 0) return '';
  const short = examples.filter(({ line }) => line.length <= MOST_BESIDE);
  const columns = Math.max(0, ...short.map(({ line }) => line.length));
  // What a long line does is below it: else every other one would be pushed aside.
  const rows = examples.map(({ line, does }) =>
    line.length > MOST_BESIDE ? `  ${line}\n      ${does}` : `  ${line.padEnd(columns)}  ${does}`.trimEnd(),
  );
  return `\nExamples:\n${rows.join('\n')}`;
}

/** Says what went wrong in one form; only a bug shows its stack. */
function report(error: unknown, io: CliIo): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return SUCCESS;
    // Help that was printed because no command was given.
    if (error.code !== 'commander.help') io.stderr.write(usageText(error));
    return WRONG_USAGE;
  }
  if (error instanceof UserError) {
    io.stderr.write(`covernote: ${error.message}${error.remedy === '' ? '' : `\n  ${error.remedy}`}\n`);
    return error.code === 'usage' ? WRONG_USAGE : FAILURE;
  }
  if (error instanceof TransientFailure) {
    io.stderr.write(`covernote: ${error.message}\n  Try again later.\n`);
    return FAILURE;
  }
  const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(`covernote: this is a bug in covernote, please report it.\n${shown}\n`);
  return FAILURE;
}

/** Commander's error in our form: `error: unknown command 'pars'\n(Did you mean parse?)`. */
function usageText({ message }: CommanderError): string {
  const [what = '', hint = ''] = message.replace(/^error: /, '').split('\n');
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1)}`.replace(/\.?$/, '.');
  const remedy = hint === '' ? 'covernote --help lists the commands, COMMAND --help their options.' : hint;
  return `covernote: ${sentence}\n  ${remedy.replace(/^\((.*)\)$/, '$1')}\n`;
}

interface SharedOptions {
  readonly json?: boolean;
  readonly db?: string;
}

function createContext(
  commands: readonly Command[],
  io: CliIo,
  out: Writable,
  { json, db }: SharedOptions,
): CliContext {
  const url = db === undefined ? {} : { databaseUrl: toUrl(db), isDatabaseSet: true };
  let config: Config | null = null;
  const configured = () => {
    config ??= { ...configOf(io.env), ...url };
    return config;
  };
  return {
    commands: cliCommands(commands),
    chatSpecs: chatCommands(commands).map(specOf),
    createBot: (options) => createChatBot({ ...options, commands }),
    withLibrary: (use, purpose, config = configured()) => withLibrary(config, io.nowMs(), use, purpose),
    async runBot(library) {
      const { runBot } = await import('../run.js');
      await runBot({ library, commands, stdin: io.stdin, now: io.nowMs });
    },
    io,
    out,
    json: json === true,
    env: db === undefined ? io.env : { ...io.env, DATABASE_URL: toUrl(db) },
    get config() {
      return configured();
    },
  };
}

function configOf(env: CliIo['env']): Config {
  const read = readConfig(env);
  if (read.ok) return read.config;
  const lines = read.problems.map((problem) => `  ${problem.name} ${problem.message}: ${problem.remedy}.`);
  throw new UserError(
    'bad-configuration',
    `The configuration is wrong:\n${lines.join('\n')}`,
    'Fix it in .env or in the environment.',
  );
}

function toUrl(db: string): string {
  return /^[a-z]+:/.test(db) ? db : `sqlite:${db}`;
}
