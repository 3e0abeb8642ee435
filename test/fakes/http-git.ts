import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeAnswer, startFakeHttp } from './http-server.js';

/** One commit of an archive: a mail that came, or one that was removed. */
export interface ArchiveCommit {
  /** Seconds since 1970. */
  readonly received: number;
  readonly mail: string;
  readonly isRemoval?: boolean;
}

/** An archive that git reads, as public-inbox lays it out: `/kvm/0`, `/kvm/1` … by git's own http-backend, with any history. */
export interface FakeArchive {
  readonly url: string;
  /** The requests, oldest first. */
  readonly requests: string[];
  /** Adds commits to an epoch, which is made where it is missing. */
  add(epoch: number, commits: readonly ArchiveCommit[]): void;
  /** Rebuilds an epoch's history. */
  rewrite(epoch: number, commits: readonly ArchiveCommit[]): void;
  /** What answers instead, for paths that contain a text; null ends it. */
  instead(part: string, answer: FakeAnswer | null): void;
  close(): Promise<void>;
}

export async function startFakeArchive(): Promise<FakeArchive> {
  const root = mkdtempSync(join(tmpdir(), 'covernote-archive-'));
  const others = new Map<string, FakeAnswer>();
  const requests: string[] = [];
  const repository = (epoch: number | string) => join(root, 'kvm', 'git', `${epoch}.git`);
  const server = await startFakeHttp((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const other = [...others].find(([part]) => path.includes(part));
    const [, epoch = '', rest = ''] = /^\/kvm\/(\d+)(\/.*)$/.exec(path) ?? [];
    if (other !== undefined) other[1](request, response);
    else if (path === '/kvm/_/text/config/raw') response.end('\taddress = kvm@vger.example.org\n');
    else if (epoch === '' || !existsSync(repository(epoch))) response.writeHead(404).end('Not Found');
    else serveGit(root, `/kvm/git/${epoch}.git${rest}`, query, request, response);
  });
  const write = (epoch: number, commits: readonly ArchiveCommit[], isNew: boolean) => {
    if (!existsSync(repository(epoch))) {
      mkdirSync(repository(epoch), { recursive: true });
      execFileSync('git', ['init', '-q', '--bare', '-b', 'master', repository(epoch)]);
    }
    const input = Buffer.concat(commits.map((commit, at) => fastImport(commit, at > 0 || isNew)));
    execFileSync(
      'git',
      ['--git-dir', repository(epoch), 'fast-import', '--quiet', '--force', '--date-format=raw'],
      {
        input,
      },
    );
  };
  return {
    url: server.url,
    requests,
    add: (epoch, commits) => write(epoch, commits, !existsSync(repository(epoch))),
    rewrite(epoch, commits) {
      rmSync(repository(epoch), { recursive: true, force: true });
      write(epoch, commits, true);
    },
    instead: (part, answer) => void (answer === null ? others.delete(part) : others.set(part, answer)),
    async close() {
      await server.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function fastImport({ received, mail, isRemoval = false }: ArchiveCommit, isChained: boolean): Buffer {
  const from = isChained ? '' : 'from refs/heads/master^0\n';
  const bytes = Buffer.from(mail);
  return Buffer.concat([
    Buffer.from(
      `commit refs/heads/master\ncommitter kvm <kvm@vger.example.org> ${received} +0000\ndata 4\nmail\n${from}deleteall\n` +
        `M 100644 inline ${isRemoval ? 'd' : 'm'}\ndata ${bytes.length}\n`,
    ),
    bytes,
    Buffer.from('\n'),
  ]);
}

/** CGI, as git-http-backend(1) wants it. */
function serveGit(
  root: string,
  path: string,
  query: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      PATH_INFO: path,
      QUERY_STRING: query,
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  child.stdin.on('error', () => undefined);
  request.pipe(child.stdin);
  const parts: Buffer[] = [];
  child.stdout.on('data', (part: Buffer) => parts.push(part));
  child.on('close', () => {
    const answer = Buffer.concat(parts);
    const end = answer.indexOf('\r\n\r\n');
    const headers = answer.subarray(0, end).toString().split('\r\n');
    let status = 200;
    for (const header of headers) {
      const [name = '', value = ''] = header.split(': ');
      if (name === 'Status') status = Number(value.split(' ')[0]);
      else response.setHeader(name, value);
    }
    response.writeHead(status).end(answer.subarray(end + 4));
  });
}
