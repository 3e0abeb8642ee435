import { runInThread } from './command-thread.js';
import { type CliIo, processIo } from './io.js';
import { commandName } from './shared-options.js';

/** Commands that read mail in bulk, and nothing else. */
const BULK_READERS: ReadonlySet<string> = new Set(['ingest', 'reindex']);

/** The process edge: reads `.env`, runs the command line, and leaves the exit status. */
export async function main(): Promise<void> {
  // A reader that goes away (`… | head`) is not an error.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    process.stderr.write(`covernote: the output can't be written: ${error.message}\n`);
    process.exit(1);
  });
  try {
    process.loadEnvFile('.env');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  process.exitCode = await run(process.argv.slice(2), processIo());
}

async function run(argv: readonly string[], io: CliIo): Promise<number> {
  if (BULK_READERS.has(commandName(argv) ?? '')) {
    const { columns, isTty, color, pager } = io;
    const status = await runInThread({ argv, terminal: { columns, isTty, color, pager } }, io.stdin);
    if (status !== null) return status;
  }
  const [{ runCli }, { commands }] = await Promise.all([
    import('./cli.js'),
    import('../commands/commands.js'),
  ]);
  return runCli(commands, argv, io);
}
