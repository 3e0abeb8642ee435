import type { Writable } from 'node:stream';
import { UserError } from '../../digest/failure/failure.js';
import { createChatBot } from '../commands/chat/chat-bot.js';
import { type Command, chatCommands, cliCommands, specOf } from '../commands/command.js';
import { type Config, readConfig } from '../config.js';
import type { CliContext } from './context.js';
import type { CliIo } from './io.js';

export interface SharedOptions {
  readonly json?: boolean;
  readonly db?: string;
}

/** Puts together what a command runs with. */
export function createContext(
  commands: readonly Command[],
  io: CliIo,
  out: Writable,
  { json, db }: SharedOptions,
): CliContext {
  const url = db === undefined ? {} : { databaseUrl: toUrl(db), databaseSaid: true };
  let config: Config | null = null;
  return {
    commands: cliCommands(commands),
    chatSpecs: chatCommands(commands).map(specOf),
    createBot: (options) => createChatBot({ ...options, commands }),
    io,
    out,
    json: json === true,
    env: db === undefined ? io.env : { ...io.env, DATABASE_URL: toUrl(db) },
    get config() {
      config ??= { ...configOf(io.env), ...url };
      return config;
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
