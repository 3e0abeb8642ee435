import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cli } from '../../lib/cli-io.js';

const mail = (name: string) => fileURLToPath(new URL(`../../../examples/mail/${name}`, import.meta.url));

let folder = '';
let db = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-run-'));
  db = join(folder, 'run.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('covernote run without a token', () => {
  it('shows the digest of the examples by subsystem, and again without reading anything twice', async () => {
    const { status, stdout } = await cli(['run', '--db', db]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/86 mails read from examples\/mail, 86 of them new/);
    expect(stdout).toContain('mm/gup: track pinned pages: FOLL_PIN');
    expect(stdout).toMatch(/^kvm$/m);
    expect((await cli(['run', '--db', db])).stdout).toContain('0 of them new');
  });

  it('reads SOURCES, and lets no example stand among them', async () => {
    await cli(['run', '--db', db]);
    // A separate folder: what is in examples/ is an example.
    const own = join(folder, 'own.mbox');
    copyFileSync(mail('netdev.mbox'), own);
    await cli(['run', '--db', db], { env: { SOURCES: own } });
    const all = await cli(['series', '--all', '--db', db]);
    expect(all.stdout).toContain('net: Recycle fragments across queues');
    expect(all.stdout).not.toContain('FOLL_PIN');
  });

  it('leaves a database with somebody’s own mail alone', async () => {
    const own = join(folder, 'own2.db');
    const box = join(folder, 'box.mbox');
    copyFileSync(mail('kvm.mbox'), box);
    await cli(['ingest', box, '--db', own]);
    const { stdout } = await cli(['run', '--db', own]);
    expect(stdout).not.toContain('examples');
    expect((await cli(['series', 'foll_pin', '--db', own, '--json'])).stdout).not.toContain('FOLL_PIN for');
  });

  it('answers what is piped into it, like lines of the chat', async () => {
    const { status, stdout } = await cli(['run', '--db', db], {
      stdin: '/series foll_pin\nrecycle fragments\n',
    });
    expect(status).toBe(0);
    expect(stdout).toContain('> /series foll_pin\n');
    expect(stdout).toContain('mm/gup: track pinned pages: FOLL_PIN v3');
    expect(stdout).toContain('net: Recycle fragments across queues');
  });

  it('lets the examples never go stale: what waits is the same years later', async () => {
    const board = async (now: string) =>
      (await cli(['run', '--db', db], { stdin: '/board\n', now })).stdout.split('> /board')[1];
    const today = await board('2026-11-20T00:00:00Z');
    expect(today).toContain('vfio/pci: Migrate a device while it runs');
    expect(await board('2029-01-01T00:00:00Z')).toBe(today);
    const { stdout } = await cli(['run', '--db', db], { stdin: '/status\n', now: '2029-01-01T00:00:00Z' });
    expect(stdout).toMatch(/Newest mail +8 days ago/);
    expect(stdout).toContain('This is the mail in examples/');
    expect(stdout).not.toContain('stuck');
  });

  it('shows what a program found in the examples', async () => {
    const { stdout } = await cli(['run', '--db', db], { stdin: '/series migrate a device\n' });
    expect(stdout).toContain('CI 1✗');
    expect(stdout).toContain('kernel test robot: the build fails');
  });

  it('has no JSON form, and says so', async () => {
    expect(await cli(['run', '--json', '--db', db])).toMatchObject({ status: 2, stdout: '' });
  });
});
