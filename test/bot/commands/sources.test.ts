import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textOf, writeListMail } from '../../contract/list-mail.js';
import { type FakeNntp, startFakeNntp } from '../../fakes/nntp-server.js';
import { cli } from '../../lib/cli-io.js';

const NOW = '2026-11-17T00:00:00Z';

let server: FakeNntp;
let folder: string;
let source: string;
beforeEach(async () => {
  server = await startFakeNntp();
  for (let n = 0; n < 12; n++)
    server.articles.set(n + 1, {
      messageId: `mail-${n}@example.org`,
      raw: textOf(writeListMail(n, '2026-11-10T00:00:00Z')),
    });
  folder = mkdtempSync(join(tmpdir(), 'covernote-sources-'));
  source = `nntp://127.0.0.1:${server.port}/${server.group}`;
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...argv: string[]) =>
  cli([...argv, '--db', join(folder, 'a.db')], { env: { SOURCES: source }, now: NOW });

describe('covernote ingest of a list', () => {
  it('reads it once to its end, and again what is new', async () => {
    expect(JSON.parse((await run('ingest', '--json')).stdout)).toMatchObject({ read: 12, new: 12 });
    const again = await run('ingest', '--json');
    expect(again.status).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ read: 0, new: 0 });
  });

  it('says in words what is wrong with a source, and reads the others', async () => {
    const { status, stdout, stderr } = await run('ingest', `${source}.no-such`, source);
    expect(status).toBe(1);
    expect(stdout).toContain('12 mails read');
    expect(stderr).toContain('has no list');
  });

  it.each([
    ['gopher://example.org/x', 'lore:LIST'],
    ['lore:', 'lore:LIST'],
    ['lore+https://lore.kernel.org/kvm', 'lore:kvm (by NNTP) or lore+git://lore.kernel.org/kvm'],
  ])('refuses %s and says what it takes', async (text, remedy) => {
    const { status, stderr } = await run('ingest', text);
    expect(status).toBe(1);
    expect(stderr).toContain(remedy);
  });
});

describe('covernote sources', () => {
  it('tells of a source that was never read, that is fine, and that fails', async () => {
    await run('ingest', 'examples/mail/broken.eml');
    expect((await run('sources')).stdout).toContain('not read yet');
    await run('ingest');
    expect((await run('sources')).stdout).toContain('fine, read to its end 0 s ago');
    server.faults = { greeting: '400 too many connections' };
    await run('ingest');
    const { stdout } = await run('sources', '--json');
    expect(JSON.parse(stdout).sources).toMatchObject([
      {
        name: source,
        state: 'failing',
        lagSeconds: 0,
        failures: 1,
        error: { code: 'busy', message: expect.stringContaining('too many connections') },
        lastSuccess: NOW,
        lastMail: NOW,
        mailsPerDay: 1.7,
        holes: null,
      },
    ]);
    const text = (await run('sources')).stdout;
    expect(text).toContain('FAILING, 1 time in a row');
    expect(text).toContain('too many connections');
  });

  it('lists what the database remembers, but for kinds of source that were removed', async () => {
    await run('ingest');
    const database = new Database(join(folder, 'a.db'));
    database.prepare("update source set name = 'lore+https://lore.kernel.org/kvm'").run();
    database.close();
    const { status, stdout } = await run('sources', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).sources).toMatchObject([{ name: source, state: 'new' }]);
  });

  it('finds the holes of a source, and fills them', async () => {
    // Lost on the way: the server could not give it when it was read.
    server.faults = { broken: new Set([4, 9]) };
    await run('ingest');
    server.faults = {};
    const audit = JSON.parse((await run('sources', '--audit', '--json')).stdout);
    expect(audit.audits).toEqual([
      {
        name: source,
        listed: 12,
        holes: 2,
        missing: ['mail-3@example.org', 'mail-8@example.org'],
        filled: null,
        problem: null,
      },
    ]);
    expect(audit.sources[0].holes).toEqual({ count: 2, at: NOW });
    expect((await run('sources')).stdout).toContain('2 holes');
    expect((await run('sources', '--fill')).stdout).toContain('12 mails listed, 0 holes, 2 holes filled');
    expect((await run('sources', '--audit')).stdout).toContain('12 mails listed, 0 holes');
  });

  it('says why a source could not be compared', async () => {
    await run('ingest');
    server.faults = { greeting: '502 closed' };
    const { status, stderr } = await run('sources', '--audit');
    expect(status).toBe(1);
    expect(stderr).toContain('accepts no connections');
  });
});
