import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll } from 'vitest';

const run = promisify(execFile);
const UP = fileURLToPath(new URL('../../../shared/upstream/public-inbox-up', import.meta.url));
const IMPORT = fileURLToPath(new URL('../../../shared/upstream/bin/import.pl', import.meta.url));

type Daemon = 'httpd' | 'nntpd' | 'imapd';

/** The lists that it carries where a test names none: name → address. */
const LISTS: Readonly<Record<string, string>> = {
  kvm: 'kvm@vger.kernel.org',
  'linux-mm': 'linux-mm@kvack.org',
};

export interface PublicInboxOptions {
  readonly lists?: Readonly<Record<string, string>>;
  /** Raw mails that are there from the start; each goes to the lists that its To, Cc or List-Id name, to every list where they name none. */
  readonly mail?: readonly (string | Uint8Array)[];
}

/** A real public-inbox (what lore.kernel.org runs) on loopback, with mail of ours. */
export interface PublicInbox {
  readonly httpPort: number;
  readonly nntpPort: number;
  readonly imapPort: number;
  /** `http://127.0.0.1:PORT`. */
  readonly httpUrl: string;
  /** A list's newsgroup, as lore names it: `org.kernel.vger.kvm`. */
  group(list: string): string;
  /** The folder of a list: its epochs are in `git/0.git`, `git/1.git` … */
  inboxFolder(list: string): string;
  /** One more mail, as it would come in: there for every daemon when this resolves. */
  deliver(list: string, raw: string | Uint8Array): Promise<void>;
  /** Many together: a hundred times faster, in the order given. Mails without a Message-ID are not for this. */
  deliverMany(list: string, raws: readonly (string | Uint8Array)[]): Promise<void>;
  /** Takes a mail out again, as for spam: git keeps a removal, NNTP and IMAP forget its number. */
  remove(list: string, raw: string | Uint8Array): Promise<void>;
  /** Empties a list and rebuilds it from these mails, numbers from 1, as a server that was set up again. Its daemons are restarted. */
  makeAnew(list: string, raws: readonly (string | Uint8Array)[]): Promise<void>;
  stop(daemon: Daemon): Promise<void>;
  /** Starts a stopped daemon on its old port. */
  start(daemon: Daemon): Promise<void>;
  close(): Promise<void>;
}

/**
 * Why there can be no public-inbox here, for `describe.skipIf(publicInboxMissing !== null)`; null if there can be one. In CI it is
 * always null: there a test that cannot start it fails.
 */
export const publicInboxMissing: string | null = process.env.CI === 'true' ? null : whatIsMissing();

/** For the title of what is skipped: '' or ` (skipped: no public-inbox-nntpd)`. */
export const skippedBecause: string = publicInboxMissing === null ? '' : ` (skipped: ${publicInboxMissing})`;

function whatIsMissing(): string | null {
  if (!existsSync(UP)) return '../shared is not beside the repository';
  const folders = (process.env.PATH ?? '').split(delimiter);
  const programs = [
    'public-inbox-httpd',
    'public-inbox-nntpd',
    'public-inbox-imapd',
    'git',
    'curl',
    'python3',
  ];
  const absent = programs.find((program) => !folders.some((folder) => existsSync(join(folder, program))));
  return absent === undefined ? null : `no ${absent}`;
}

/**
 * One public-inbox for the tests of a file or a `describe`: started before them, ended after them. The returned function gives it to a
 * running test. If it is missing nothing is started, so the tests must be under `describe.skipIf(publicInboxMissing !== null)`.
 */
export function usePublicInbox(options: PublicInboxOptions = {}): () => PublicInbox {
  let started: PublicInbox | null = null;
  beforeAll(async () => {
    if (publicInboxMissing === null) started = await startPublicInbox(options);
  });
  afterAll(async () => {
    await started?.close();
  });
  return () => {
    if (started === null) throw new Error(`there is no public-inbox${skippedBecause}`);
    return started;
  };
}

export async function startPublicInbox(options: PublicInboxOptions = {}): Promise<PublicInbox> {
  const lists = options.lists ?? LISTS;
  const folder = mkdtempSync(join(tmpdir(), 'covernote-inbox-'));
  const base = join(folder, 'base');
  const mail = join(folder, 'mail');
  mkdirSync(mail);
  for (const [at, raw] of (options.mail ?? []).entries())
    writeFileSync(join(mail, `${String(at).padStart(6, '0')}.eml`), raw);
  const [httpPort = 0, nntpPort = 0, imapPort = 0, pop3Port = 0] = await freePorts(4);
  await run(UP, [mail, base], {
    env: {
      ...process.env,
      APT: '0',
      ALL: '0',
      PORT_HTTP: String(httpPort),
      PORT_NNTP: String(nntpPort),
      PORT_IMAP: String(imapPort),
      PORT_POP3: String(pop3Port),
      LISTS: Object.entries(lists)
        .map(([name, address]) => `${name}=${address}`)
        .join(' '),
    },
    timeout: 90_000,
  });
  const ports = { httpd: httpPort, nntpd: nntpPort, imapd: imapPort };
  const daemons = createDaemons(base, ports);
  const env = { ...process.env, HOME: base, PI_CONFIG: join(base, 'config') };
  const inboxFolder = (list: string) => join(base, 'inbox', list);
  const deliver: PublicInbox['deliver'] = (list, raw) =>
    piped(join(base, 'deliver.sh'), [list], Buffer.from(raw), env);
  const deliverMany: PublicInbox['deliverMany'] = async (list, raws) => {
    const [only] = raws;
    // The importer takes seven times as long as delivery for a mail of 50 MB.
    if (raws.length === 1 && only !== undefined) return await deliver(list, only);
    await piped('perl', [IMPORT, inboxFolder(list), list, lists[list] ?? ''], mboxrd(raws), env);
  };
  return {
    httpPort,
    nntpPort,
    imapPort,
    httpUrl: `http://127.0.0.1:${httpPort}`,
    group: (list) => groupOf(list, lists[list] ?? ''),
    inboxFolder,
    deliver,
    deliverMany,
    remove: (list, raw) => piped(join(base, 'rm.sh'), [list], Buffer.from(raw), env),
    async makeAnew(list, raws) {
      for (const daemon of Object.keys(ports) as Daemon[]) await daemons.stop(daemon);
      rmSync(inboxFolder(list), { recursive: true, force: true });
      const address = lists[list] ?? '';
      const url = `http://127.0.0.1:${httpPort}/${list}`;
      const init = [
        '-V2',
        '-L',
        'full',
        '--ng',
        groupOf(list, address),
        list,
        inboxFolder(list),
        url,
        address,
      ];
      await run('public-inbox-init', init, { env });
      await deliverMany(list, raws);
      for (const daemon of Object.keys(ports) as Daemon[]) await daemons.start(daemon);
    },
    ...daemons,
    async close() {
      await run(join(base, 'down.sh'), []);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

function createDaemons(base: string, ports: Readonly<Record<Daemon, number>>) {
  const pidFile = (daemon: Daemon) => join(base, 'pid', daemon);
  return {
    async stop(daemon: Daemon): Promise<void> {
      const pid = Number(readFileSync(pidFile(daemon), 'utf8'));
      process.kill(pid, 'SIGTERM');
      // The first signal lets it finish what it does for others; the workers end with it.
      await until(() => !isAlive(pid), `${daemon} did not end`);
      rmSync(pidFile(daemon), { force: true });
    },
    async start(daemon: Daemon): Promise<void> {
      const log = (name: string) => join(base, 'log', `${daemon}.${name}`);
      const scheme = { httpd: 'http', nntpd: 'nntp', imapd: 'imap' }[daemon];
      const listen = `${scheme}://127.0.0.1:${ports[daemon]}`;
      const where = ['-P', pidFile(daemon), '-1', log('out'), '-2', log('err')];
      const env = { ...process.env, HOME: base, PI_CONFIG: join(base, 'config') };
      const words = ['-D', '-W1', '-l', listen, ...where];
      for (let tries = 1; ; tries++) {
        try {
          await run(`public-inbox-${daemon}`, words, { env, timeout: 30_000 });
          break;
        } catch (error) {
          // A worker of the one before may hold the port for a moment longer.
          if (tries === 50) throw error;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
      await until(() => existsSync(pidFile(daemon)), `${daemon} did not start`);
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A daemon that ended is a zombie if nothing waits for it.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(holds: () => boolean, otherwise: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (holds()) return;
    await new Promise((done) => setTimeout(done, 25));
  }
  throw new Error(otherwise);
}

/** Gives a program its input; if it fails, its standard error is the error's text. */
function piped(
  program: string,
  args: readonly string[],
  input: Uint8Array,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['pipe', 'ignore', 'pipe'] });
    let output = '';
    child.stderr.on('data', (text: Buffer) => {
      output = (output + text.toString()).slice(-2000);
    });
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`${program} ${args.join(' ')} ended with ${code}: ${output}`)),
    );
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function mboxrd(raws: readonly (string | Uint8Array)[]): Buffer {
  const parts = raws.map((raw) => {
    const text = Buffer.from(raw)
      .toString('latin1')
      .replace(/^>*From /gm, '>$&')
      .replace(/\n*$/, '\n\n');
    return `From mboxrd@z Thu Jan  1 00:00:00 1970\n${text}`;
  });
  return Buffer.from(parts.join(''), 'latin1');
}

function groupOf(list: string, address: string): string {
  const host = address
    .slice(address.indexOf('@') + 1)
    .split('.')
    .reverse()
    .join('.');
  return `${host}.${list}`;
}

/** Ports that were free a moment ago. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}
