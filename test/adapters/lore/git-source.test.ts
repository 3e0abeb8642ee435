import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LoreGitOptions, openLoreGit } from '../../../src/adapters/lore/git-source.js';
import { TransientFailure, UserError } from '../../../src/digest/failure/failure.js';
import type { SourceEvent } from '../../../src/digest/ports/mail-source.js';
import { type ArchiveCommit, type FakeArchive, startFakeArchive } from '../../fakes/http-git.js';
import { answers, hangs } from '../../fakes/http-server.js';

const DAY = 86_400;
const START = Date.parse('2026-06-01T00:00:00Z') / 1000;
const USER_AGENT = 'covernote/9.9 (+https://example.org/bot)';

const textOf = (n: number | string, body = `Body ${n}.`): string =>
  `From: Ada <ada@example.org>\nSubject: mail ${n}\nMessage-ID: <${n}@example.org>\n\n${body}\n`;
const mail = (n: number, received = START + n, body?: string): ArchiveCommit => ({
  received,
  mail: textOf(n, body),
});
const mails = (from: number, to: number): ArchiveCommit[] =>
  Array.from({ length: to - from }, (_, at) => mail(from + at));
const removal = (n: number): ArchiveCommit => ({ ...mail(n), isRemoval: true });
const subjects = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `mail ${from + at}`);

let archive: FakeArchive;
let folder: string;
beforeEach(async () => {
  archive = await startFakeArchive();
  folder = mkdtempSync(join(tmpdir(), 'covernote-mirror-'));
});
afterEach(async () => {
  await archive.close();
  rmSync(folder, { recursive: true, force: true });
});

const open = (options: Partial<LoreGitOptions> = {}) =>
  openLoreGit(`lore+git+${archive.url}/kvm`, { folder, userAgent: USER_AGENT, now: Date.now, ...options });

interface Reading {
  /** Subjects of mails, `-ID` for what was removed, `! CODE` for what was skipped. */
  readonly read: string[];
  readonly events: readonly SourceEvent[];
  readonly cursor: string | null;
}

async function readAll(
  source = open(),
  cursor: string | null = null,
  since: string | null = null,
): Promise<Reading> {
  const events: SourceEvent[] = [];
  for await (const event of source.read({ cursor, since, signal: new AbortController().signal }))
    events.push(event);
  const read = events.flatMap((event) => {
    if (event.kind === 'mail')
      return [/^Subject: (.*)$/m.exec(Buffer.from(event.raw).toString())?.[1] ?? '?'];
    if (event.kind === 'removed') return [`-${event.messageId}`];
    return event.kind === 'skipped' ? [`! ${event.problem.code}`] : [];
  });
  return { read, events, cursor: events.findLast((event) => event.kind === 'cursor')?.cursor ?? null };
}

const mirror = (epoch = 0): string => {
  const [server = ''] = readdirSync(folder);
  return join(folder, server, 'kvm', `${epoch}.git`);
};
const git = (...args: string[]): string =>
  execFileSync('git', ['--git-dir', mirror(), ...args], { encoding: 'utf8' }).trim();

describe('a list over git', () => {
  it('says of each mail when the list had it, and which list', async () => {
    archive.add(0, [mail(1), { received: 4_102_444_799, mail: textOf(2) }]);
    const { events } = await readAll();
    expect(events.filter((event) => event.kind === 'mail')).toMatchObject([
      { receivedAt: '2026-06-01T00:00:01Z', list: 'kvm@vger.example.org', problems: [] },
      { receivedAt: '2099-12-31T23:59:59Z' },
    ]);
    expect(events.some((event) => event.kind === 'progress' && event.total !== null)).toBe(true);
  });

  it('costs one small request when there is nothing new', async () => {
    archive.add(0, mails(0, 3));
    const source = open();
    const { cursor } = await readAll(source);
    archive.requests.length = 0;
    expect((await readAll(source, cursor)).read).toEqual([]);
    expect(archive.requests).toEqual(['GET /kvm/0/info/refs?service=git-upload-pack']);
  });

  it('keeps the order of removals and of mails that come again', async () => {
    archive.add(0, [
      mail(1),
      mail(2),
      removal(1),
      mail(1),
      removal(2),
      { received: START, mail: 'no id\n\n', isRemoval: true },
    ]);
    expect((await readAll()).read).toEqual([
      'mail 1',
      'mail 2',
      '-1@example.org',
      'mail 1',
      '-2@example.org',
      '! not-mail',
    ]);
  });

  it('holds what was not removed for good', async () => {
    archive.add(0, [mail(1), mail(2), removal(1), mail(1), removal(2), mail(3)]);
    const source = open();
    await readAll(source);
    const ids: string[] = [];
    for await (const { messageId } of source.audit?.ids({
      cursor: null,
      since: null,
      signal: new AbortController().signal,
    }) ?? [])
      ids.push(messageId);
    expect(ids).toEqual(['1@example.org', '3@example.org']);
  });
});

describe('a first reading with `since`', () => {
  const since = '2026-06-01T00:00:00Z';
  const old = Array.from({ length: 1500 }, (_, at) => mail(10_000 + at, START - 90 * DAY + at * 3600));

  it('misses no mail beyond one with an old received time, and leaves the past at the server', async () => {
    const young = [
      ...mails(0, 40),
      mail(900, START - 3000 * DAY),
      ...mails(40, 80),
      mail(901, START + 4000 * DAY),
      ...mails(80, 90),
    ];
    archive.add(0, [...old, ...young]);
    const { read, cursor } = await readAll(open(), null, since);
    expect(read).toEqual([...subjects(0, 80), 'mail 901', ...subjects(80, 90)]);
    expect(Number(git('rev-list', '--count', 'refs/covernote/head'))).toBeLessThan(1000);
    archive.add(0, mails(90, 92));
    expect((await readAll(open(), cursor)).read).toEqual(subjects(90, 92));
    expect(Number(git('rev-list', '--count', 'refs/covernote/head'))).toBeLessThan(1000);
  });

  it('takes nothing of a list that has been silent, and goes on from its end', async () => {
    archive.add(0, old);
    const { read, cursor } = await readAll(open(), null, since);
    expect(read).toEqual([]);
    archive.add(0, [mail(1)]);
    expect((await readAll(open(), cursor)).read).toEqual(['mail 1']);
  });

  it('begins in the epoch in which that time falls', async () => {
    archive.add(0, old);
    archive.add(1, [...old.slice(0, 300), ...mails(0, 10)]);
    archive.add(2, mails(10, 20));
    const { read, cursor } = await readAll(open(), null, since);
    expect(read).toEqual(subjects(0, 20));
    expect(JSON.parse(cursor ?? '')).toMatchObject({ epoch: 2 });
    expect(archive.requests.filter((line) => line.startsWith('POST /kvm/0/'))).toEqual([]);
  });
});

describe('epochs', () => {
  it('roll over: nothing of the old one is missed, nothing of the new one', async () => {
    let now = Date.now();
    const source = open({ now: () => now });
    archive.add(0, mails(0, 3));
    const first = await readAll(source);
    archive.add(0, mails(3, 5));
    archive.add(1, mails(5, 8));
    now += 3_600_000;
    const second = await readAll(source, first.cursor);
    expect(second.read).toEqual(subjects(3, 8));
    archive.add(1, mails(8, 9));
    expect((await readAll(source, second.cursor)).read).toEqual(['mail 8']);
    expect(readdirSync(join(mirror(), '..'))).toEqual(['1.git']);
  });

  it('are read from the first one', async () => {
    for (const epoch of [0, 1, 2]) archive.add(epoch, mails(epoch * 3, epoch * 3 + 3));
    expect((await readAll()).read).toEqual(subjects(0, 9));
  });
});

describe('a rewritten history', () => {
  it('is noticed: what is gone or changed is reported, what follows is read again', async () => {
    archive.add(0, mails(0, 10));
    const { cursor } = await readAll();
    archive.rewrite(0, [...mails(0, 4), mail(5, START + 5, 'Edited.'), ...mails(6, 11)]);
    const second = await readAll(open(), cursor);
    expect(second.read).toEqual(['-4@example.org', '-5@example.org', 'mail 5', ...subjects(6, 11)]);
    expect((await readAll(open(), second.cursor)).read).toEqual([]);
  });

  it('does not bring back the past that a shallow start left alone', async () => {
    const old = Array.from({ length: 1500 }, (_, at) => mail(10_000 + at, START - 90 * DAY + at * 3600));
    archive.add(0, [...old, ...mails(0, 10)]);
    const { cursor } = await readAll(open(), null, '2026-06-01T00:00:00Z');
    archive.rewrite(0, [...old.slice(1), ...mails(0, 12)]);
    const { read } = await readAll(open(), cursor);
    expect(read.filter((line) => !/\d{5}/.test(line))).toEqual(subjects(0, 12));
    expect(read.length).toBeLessThan(1000);
  });
});

describe('a mirror', () => {
  it.each([
    ['is lost', () => rmSync(folder, { recursive: true })],
    ['has lost its ref', () => rmSync(join(mirror(), 'refs'), { recursive: true })],
    [
      'was left with locks and half a pack by a process that was killed',
      () => {
        mkdirSync(join(mirror(), 'refs', 'covernote'), { recursive: true });
        for (const name of [
          'shallow.lock',
          'packed-refs.lock',
          'refs/covernote/head.lock',
          'objects/pack/tmp_pack_x',
        ])
          writeFileSync(join(mirror(), name), '');
        writeFileSync(join(mirror(), 'covernote-fetch'), '999999');
      },
    ],
  ])('that %s costs nothing but fetching', async (_, harm) => {
    archive.add(0, mails(0, 5));
    const { cursor } = await readAll();
    archive.add(0, mails(5, 8));
    harm();
    expect((await readAll(open(), cursor)).read).toEqual(subjects(5, 8));
  });

  it('that is damaged is made anew', async () => {
    archive.add(0, mails(0, 300));
    const source = open();
    const { cursor } = await readAll(source);
    archive.add(0, mails(300, 303));
    const packs = join(mirror(), 'objects', 'pack');
    for (const name of readdirSync(packs).filter((file) => file.endsWith('.pack'))) {
      execFileSync('chmod', ['u+w', join(packs, name)]);
      truncateSync(join(packs, name), 100);
    }
    let read: string[] | null = null;
    for (let tries = 0; read === null && tries < 8; tries++)
      read = await readAll(source, cursor).then(
        (reading) => reading.read,
        (error) => {
          expect(error).toBeInstanceOf(TransientFailure);
          return null;
        },
      );
    expect(read).toEqual(subjects(300, 303));
  });
});

describe('what is wrong with it', () => {
  it('is a missing git: the error says what to do', async () => {
    archive.add(0, mails(0, 1));
    const failure = await readAll(open({ program: 'no-such-git' })).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure).toMatchObject({ code: 'git-missing', remedy: expect.stringContaining('lore:kvm') });
  });

  it.each([
    ['a challenge page', answers(200, "<!doctype html>Making sure you're not a bot!"), 'challenge-page'],
    ['too many questions', answers(429, '', { 'Retry-After': '7' }), 'rate-limited'],
  ])('is %s', async (_, answer, code) => {
    archive.add(0, mails(0, 1));
    archive.instead('/info/refs', answer);
    await expect(readAll()).rejects.toMatchObject({ code });
  });

  it('is a challenge page for git alone', async () => {
    archive.add(0, mails(0, 1));
    archive.instead('/git-upload-pack', answers(200, '<!doctype html>not a bot'));
    await expect(readAll()).rejects.toMatchObject({ code: 'git-failed' });
  });

  it.each([
    'lore+git://example.org/',
    'lore+git://example.org/kvm?x',
    'lore+git://me:secret@example.org/kvm',
    'lore+git:kvm',
  ])('is the address %s, and no secret is repeated', (source) => {
    let failure: unknown = null;
    try {
      openLoreGit(source, { folder, userAgent: USER_AGENT, now: Date.now });
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ code: 'bad-source' });
    expect(`${failure} ${(failure as UserError).remedy}`).not.toContain('secret');
  });

  it('never hangs on: aborted within a fetch, it ends and leaves no git behind', async () => {
    archive.add(0, mails(0, 50));
    const ending = new AbortController();
    archive.instead('/git-upload-pack', (request, response) => {
      hangs('0008NAK\n')(request, response);
      ending.abort();
    });
    const events: SourceEvent[] = [];
    for await (const event of open().read({ cursor: null, since: null, signal: ending.signal }))
      events.push(event);
    expect(events).toEqual([]);
    expect(childrenNamed('git')).toEqual([]);
    archive.instead('/git-upload-pack', null);
    expect((await readAll()).read).toHaveLength(50);
  });
});

/** Processes of ours with that name, zombies too. */
function childrenNamed(name: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const [, command, , parent] =
        /^\d+ \((.*)\) (\S) (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
      return command?.startsWith(name) === true && Number(parent) === process.pid;
    } catch {
      return false;
    }
  });
}
