import type { Command } from 'commander';
import { UserError } from '../../digest/failure/failure.js';
import { type Config, readConfig } from '../config.js';
import type { CliIo } from './io.js';

/** What every command gets: the world, the configuration and the options that all commands share. */
export interface CliContext {
  readonly io: CliIo;
  readonly json: boolean;
  readonly config: Config;
}

/** Reads the shared options of a command that is about to run. Everything wrong in the environment is told at once. */
export function contextOf(command: Command, io: CliIo): CliContext {
  const options: { json?: boolean; db?: string } = command.optsWithGlobals();
  const read = readConfig(io.env);
  if (!read.ok) {
    const lines = read.problems.map((problem) => `  ${problem.name} ${problem.message}: ${problem.remedy}.`);
    throw new UserError(
      'bad-configuration',
      `The configuration is wrong:\n${lines.join('\n')}`,
      'Mend it in .env or in the environment.',
    );
  }
  const config =
    options.db === undefined
      ? read.config
      : { ...read.config, databaseUrl: toUrl(options.db), databaseSaid: true };
  return { io, json: options.json === true, config };
}

function toUrl(db: string): string {
  return /^[a-z]+:/.test(db) ? db : `sqlite:${db}`;
}
