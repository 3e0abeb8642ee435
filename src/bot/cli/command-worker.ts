import { Readable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import { commands } from '../commands/commands.js';
import { runCli } from './cli.js';
import { type CommandSettings, WANTS_STDIN } from './command-thread.js';
import { processIo } from './io.js';

/** The thread in which one command line runs, from its start to its exit status. */
const { argv, terminal } = workerData as CommandSettings;

async function* readStdin(): AsyncGenerator<Buffer> {
  parentPort?.postMessage(WANTS_STDIN);
  yield* process.stdin;
}

const stdin = Readable.from(readStdin(), { objectMode: false });
process.exitCode = await runCli(commands, argv, { ...processIo(), ...terminal, stdin });
