import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCatalogReader, readCatalog } from '../../src/bot/catalog.js';
import {
  keepMaintainersFresh,
  maintainersFile,
  maintainersTrouble,
  refreshMaintainers,
} from '../../src/bot/maintainers.js';

const DAY = 86_400_000;
const START = Date.parse('2026-11-01T00:00:00Z');
const FILE =
  'Maintainers List\n----------------\n\nKERNEL VIRTUAL MACHINE (KVM)\nM:\tAda Example <ada@example.org>\nL:\tkvm@vger.kernel.org\nS:\tSupported\nF:\tvirt/kvm/\n';

let server: Server;
let folder: string;
let url: string;
let requests: IncomingMessage[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-maintainers-'));
  requests = [];
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/MAINTAINERS`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

const config = () => ({
  maintainers: url,
  databaseUrl: `sqlite:${join(folder, 'a.db')}`,
  contact: 'admin@example.org',
});
const refresh = (days: number) =>
  refreshMaintainers(config(), { nowMs: START + days * DAY, timeoutMs: 2_000, maxBytes: 10_000 });
const good: typeof answer = (request, response) => {
  if (request.headers['if-none-match'] === '"one"') response.writeHead(304).end();
  else response.writeHead(200, { etag: '"one"' }).end(FILE);
};

describe('MAINTAINERS by URL', () => {
  it('is fetched once, checked again each day, and read from the copy', async () => {
    answer = good;
    expect(maintainersFile(config())).toBeNull();
    expect(() => readCatalog(url, config())).toThrow(/has not been fetched/);
    expect(await refresh(0)).toEqual({ kind: 'fetched', entries: 1 });
    expect(await refresh(0.9)).toEqual({ kind: 'fresh' });
    expect(await refresh(1.1)).toEqual({ kind: 'unchanged' });
    expect(requests.map((request) => request.headers['if-none-match'])).toEqual([undefined, '"one"']);
    expect(requests[0]?.headers['user-agent']).toMatch(/^covernote\/\S+ \(\+admin@example\.org\)$/);
    expect(readCatalog(url, config()).entries).toHaveLength(1);
  });

  it.each<[string, typeof answer, string]>([
    ['an error', (_, response) => response.writeHead(503).end('busy'), 'it answered 503'],
    [
      'a page of another kind',
      (_, response) => response.end('<html>not a bot?</html>'),
      'is no MAINTAINERS file',
    ],
    ['silence', () => undefined, 'did not answer in time'],
    ['half a file', (_, response) => response.writeHead(200, { 'content-length': 999 }).end(FILE), ''],
    ['too much', (_, response) => response.end('x'.repeat(20_000)), 'larger than 10000 bytes'],
    ['a closed connection', (request) => request.socket.destroy(), ''],
  ])('keeps the last good copy where %s comes, and says why', async (_, broken, reason) => {
    answer = broken;
    expect(await refresh(0)).toEqual({ kind: 'missing', reason: expect.stringContaining(reason) });
    answer = good;
    await refresh(0);
    answer = broken;
    const kept = { since: '2026-11-01T00:00:00Z', reason: expect.stringContaining(reason) };
    expect(await refresh(2)).toEqual({ kind: 'kept', ...kept });
    expect(maintainersTrouble(config())).toEqual(kept);
    expect(readCatalog(url, config()).entries).toHaveLength(1);
    answer = good;
    await refresh(3);
    expect(maintainersTrouble(config())).toBeNull();
  });

  it('is read again when a newer copy has come, and checked hourly while it can’t be read', async () => {
    answer = good;
    await refresh(0);
    const read = createCatalogReader(config());
    const first = read(url);
    expect(read(url)).toBe(first);
    answer = (_, response) => response.end(`${FILE}\nMEMORY MANAGEMENT\nL:\tlinux-mm@kvack.org\nF:\tmm/\n`);
    const ending = new AbortController();
    const reported: string[] = [];
    let now = START + 0.99 * DAY;
    await keepMaintainersFresh(config(), {
      nowMs: () => now,
      signal: ending.signal,
      async sleep(delayMs) {
        now += delayMs;
        if (reported.length === 3) ending.abort();
      },
      onRefreshed: ({ kind }) => reported.push(kind),
    });
    expect(reported).toEqual(['fresh', 'fetched', 'fresh']);
    expect(read(url).entries).toHaveLength(2);
  });

  it('is none of another URL', async () => {
    answer = good;
    await refresh(0);
    expect(maintainersFile({ ...config(), maintainers: `${url}?other` })).toBeNull();
  });
});
