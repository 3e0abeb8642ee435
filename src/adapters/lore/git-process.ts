import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';

/** How git is run: which program, and as whom it speaks. */
export interface GitSetup {
  /** `git`, or its path. */
  readonly program: string;
  readonly userAgent: string;
  /** `https`, and `http` only where the source names it. */
  readonly protocol: 'https' | 'http';
}

export interface GitProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Its process group. */
  readonly group: number | null;
  /** How it ended, all output read; never throws. `code` is null if it was killed. */
  readonly ended: Promise<{ readonly code: number | null; readonly errorText: string }>;
  /** Ends it and everything that it started, by force if it does not respond. */
  stop(): Promise<void>;
}

/** How long git may take to end after the first signal. */
const KILL_AFTER_MS = 3000;
/** How much of git's standard error is kept. */
const STDERR_CHARACTERS = 2000;

/** What git may see of our environment: where programs are, and how the network is reached. Nothing of the user's own configuration. */
const PASSED_ON = [
  'PATH',
  'http_proxy',
  'https_proxy',
  'HTTPS_PROXY',
  'all_proxy',
  'ALL_PROXY',
  'no_proxy',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
] as const;

function environment({ userAgent, protocol }: GitSetup): NodeJS.ProcessEnv {
  const passed = PASSED_ON.map((name) => [name, process.env[name]] as const);
  return {
    ...Object.fromEntries(passed.filter(([, value]) => value !== undefined)),
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'true',
    GIT_ALLOW_PROTOCOL: protocol,
    GIT_HTTP_USER_AGENT: userAgent,
    GIT_ADVICE: '0',
  };
}

/**
 * Starts git with these arguments, without a shell. It leads its own process group, so that what it starts ends with it. If there is no
 * git, `ended` is never settled by it: call `requireGit` first.
 */
export function startGit(setup: GitSetup, args: readonly string[], signal: AbortSignal): GitProcess {
  const child = spawn(setup.program, args, {
    env: environment(setup),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let errorText = '';
  child.stderr.on('data', (bytes: Buffer) => {
    errorText = (errorText + bytes.toString('latin1')).slice(-STDERR_CHARACTERS);
  });
  // It may have ended before all was written to it: its exit code says what was wrong.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.on('error', () => undefined);
  const ended = new Promise<{ code: number | null; errorText: string }>((resolve) => {
    child.once('error', (error) => resolve({ code: null, errorText: error.message }));
    child.once('close', (code) => resolve({ code, errorText }));
  });
  const stop = createStop(child, ended);
  const onAbort = () => void stop();
  signal.addEventListener('abort', onAbort, { once: true });
  if (signal.aborted) onAbort();
  void ended.then(() => signal.removeEventListener('abort', onAbort));
  return {
    stdin: child.stdin,
    stdout: child.stdout,
    stderr: child.stderr,
    group: child.pid ?? null,
    ended,
    stop,
  };
}

/**
 * Ends git and what it started. git may have exited while its helper still waits for the network and holds git's output open: the group
 * exists until `ended` is settled, and signals are sent only until then.
 */
function createStop(child: ChildProcess, ended: Promise<unknown>): () => Promise<void> {
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const kill = (how: NodeJS.Signals) => {
    if (child.pid === undefined || isOver) return;
    try {
      process.kill(-child.pid, how);
    } catch {
      // It has ended between the question and the signal.
    }
  };
  // A helper has nothing more to do for a git that is gone.
  child.once('exit', () => {
    const late = setTimeout(() => kill('SIGKILL'), KILL_AFTER_MS);
    void ended.then(() => clearTimeout(late));
  });
  return async () => {
    kill('SIGTERM');
    const last = setTimeout(() => kill('SIGKILL'), KILL_AFTER_MS);
    child.stdout?.destroy();
    child.stdin?.destroy();
    await ended;
    clearTimeout(last);
  };
}

/** Runs git to its end and gives what it wrote; for short answers. */
export async function askGit(
  setup: GitSetup,
  args: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly code: number | null; readonly out: string; readonly errorText: string }> {
  const git = startGit(setup, args, signal);
  git.stdin.end();
  let out = '';
  git.stdout.on('data', (bytes: Buffer) => {
    out += bytes.toString('latin1');
  });
  const { code, errorText } = await git.ended;
  return { code, out, errorText };
}

/**
 * The failure of a git that ended with an error; its own words, on one line. `mirror-damaged`: what was to be read is not whole, and is
 * to be fetched again.
 */
export function gitFailure(
  code: 'git-failed' | 'mirror-damaged',
  doing: string,
  errorText: string,
): TransientFailure {
  const lines = errorText.split(/[\r\n]+/).map((line) => line.replace(/[^\x20-\x7e]/g, ' ').trim());
  const why = lines.filter((line) => /^(?:fatal|error|remote):/.test(line)).slice(-2);
  const words = (why.length > 0 ? why : lines.filter((line) => line !== '').slice(-1)).join(' ');
  // Node's own list of authorities is not git's.
  const hint = /certificate/i.test(words)
    ? '. If the server is yours, set GIT_SSL_CAINFO to a file with the certificate of its authority (PEM)'
    : '';
  return new TransientFailure(
    code,
    `git could not ${doing}: ${words.slice(0, 300) || 'it was ended'}${hint}`,
  );
}

/** Throws UserError if git cannot be run. */
export async function requireGit(setup: GitSetup, source: string, signal: AbortSignal): Promise<void> {
  const { code, errorText } = await askGit(setup, ['--version'], signal);
  if (code === 0 || signal.aborted) return;
  throw new UserError(
    'git-missing',
    `${source} is read with git, and "${setup.program}" cannot be run here (${errorText.trim().slice(0, 100) || 'it failed'}).`,
    `Install git (Debian: apt install git), or follow the list without it: ${source.replace(/^lore\+git(?:\+https?)?:\/\/[^/]*\/(?:.*\/)?/, 'lore:')}.`,
  );
}
