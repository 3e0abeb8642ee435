import { spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { cli } from '../../lib/cli-io.js';
import { describing, NOW, prepare, writeMail } from './written-mail.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-disk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A disk of 2 MB; false if this process may not mount one. */
function mountSmall(at: string): boolean {
  mkdirSync(at, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', at]).status === 0;
}

const disk = join(folder, 'disk');
const canMount = mountSmall(disk);
if (canMount) spawnSync('umount', [disk]);

const COUNT = 800;
/** Mails that do not compress. */
const mails = Array.from({ length: COUNT }, (_, n) => {
  const noise = Array.from({ length: 120 }, (_, i) => `${Math.sin(n * 31 + i)}${Math.cos(n * 17 + i)}`).join(
    '\n',
  );
  return `From a@example.org Mon Dec  9 20:19:30 2019\nFrom: A <a@example.org>\nMessage-ID: <${n}@example.org>\nDate: Mon, 9 Dec 2019 20:19:30 +0000\nSubject: [PATCH] cog ${n}\n\n${noise}\n\n`;
}).join('');

describe.skipIf(!canMount)('a disk that is full (skipped where no small disk can be mounted)', () => {
  beforeEach(() => void mountSmall(disk));
  afterEach(() => void spawnSync('umount', [disk]));

  it('ends ingest with what happened and what to do, and loses nothing', async () => {
    const mbox = join(folder, 'mails.mbox');
    writeFileSync(mbox, mails);
    const db = join(disk, 'bot.db');
    const run = await cli(['ingest', mbox, '--db', db]);
    expect(run.status).toBe(1);
    expect(run.stderr).toContain(`The disk that holds ${db} is full`);
    expect(run.stderr).toContain('Free some space');
    expect(run.stderr).not.toContain('bug');
    spawnSync('mount', ['-o', 'remount,size=64m', disk]);
    expect(JSON.parse((await cli(['ingest', mbox, '--json', '--db', db])).stdout)).toMatchObject({
      read: COUNT,
    });
    const store = await openMailStore(db, describing);
    expect((await store.counts()).messages).toBe(COUNT);
    await store.check(0);
    await store.close();
  });

  it('is reported while it lasts, and no longer', async () => {
    const store = await openMailStore(join(disk, 'bot.db'), describing);
    const filler = join(disk, 'filler');
    const fd = openSync(filler, 'w');
    try {
      // Twice what it holds, and no more: where the mount failed, this is the machine's own disk.
      for (let written = 0; written < 4_000_000; written += 4096) writeSync(fd, Buffer.alloc(4096));
    } catch {
      closeSync(fd);
    }
    const batch = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        prepare(writeMail({ id: `${n}@example.org`, body: 'x'.repeat(2000) })),
      ),
    );
    await expect(store.ingestBatch(batch, NOW)).rejects.toMatchObject({ code: 'database-full' });
    expect(store.trouble()).toMatchObject({ code: 'database-full' });
    rmSync(filler);
    expect(await store.ingestBatch(batch, NOW)).toMatchObject({ fresh: 50 });
    expect(store.trouble()).toBeNull();
    await store.close();
  });
});

describe('a database that is deleted or replaced while it is open', () => {
  it.each([
    ['deleted', (path: string) => rmSync(path)],
    ['moved', (path: string) => renameSync(path, `${path}.old`)],
    [
      'replaced',
      (path: string) => {
        copyFileSync(path, `${path}.new`);
        renameSync(`${path}.new`, path);
      },
    ],
  ])('is noticed at the next batch: %s', async (how, change) => {
    const path = join(folder, `${how}.db`);
    const store = await openMailStore(path, describing);
    await store.ingestBatch([await prepare(writeMail({ id: 'one@example.org' }))], NOW);
    expect(store.trouble()).toBeNull();
    change(path);
    expect(store.trouble()).toMatchObject({ code: 'database-replaced' });
    await expect(
      store.ingestBatch([await prepare(writeMail({ id: 'two@example.org' }))], NOW),
    ).rejects.toMatchObject({
      name: 'UserError',
      code: 'database-replaced',
    });
    await store.close();
  });
});

describe('a damaged database', () => {
  it('is called damaged by doctor, with the way out', async () => {
    const path = join(folder, 'damaged.db');
    const store = await openMailStore(path, describing);
    await store.ingestBatch(
      await Promise.all(Array.from({ length: 30 }, (_, n) => prepare(writeMail({ id: `${n}@example.org` })))),
      NOW,
    );
    await store.close();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 8192 * 2, statSync(path).size);
    writeFileSync(path, bytes);
    const { status, stdout } = await cli(['doctor', '--db', path]);
    expect(status).toBe(1);
    expect(stdout).toContain(`BAD  Database: ${path} is damaged.`);
    expect(stdout).toContain('restore a backup');
    expect(stdout).toContain('.recover');
    expect(stdout).not.toContain('bug');
    expect(existsSync(path)).toBe(true);
  });
});

it('a database without any query is closed like any other', async () => {
  const path = join(folder, 'idle.db');
  await (await openMailStore(path, describing)).close();
  const store = await openMailStore(path, describing);
  expect(existsSync(`${path}-wal`)).toBe(true);
  await store.close();
  expect(existsSync(`${path}-wal`), 'the last connection removes it').toBe(false);
});
