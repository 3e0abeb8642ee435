import { startEarly } from '../ingest/parse-thread.js';
import { processIo } from './io.js';

/** Commands that read mail whenever they do anything. */
const READERS: ReadonlySet<string> = new Set(['ingest', 'reindex']);

/** The process edge: reads `.env`, runs the command line, and leaves the exit status. */
export async function main(): Promise<void> {
  // A reader that goes away (`… | head`) is no error.
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
  const argv = process.argv.slice(2);
  if (READERS.has(argv.find((word) => !word.startsWith('-')) ?? '')) startEarly();
  const [{ runCli }, { commands }] = await Promise.all([
    import('./cli.js'),
    import('../commands/commands.js'),
  ]);
  process.exitCode = await runCli(commands, argv, processIo());
}
