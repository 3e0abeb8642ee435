import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFiles } from '../../../src/adapters/files/open-files.js';

const FD = '/proc/self/fd';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-handles-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Paths below the folder that this process has open: the collector's work cannot hide one that was left. */
function openBelow(path: string): number {
  return readdirSync(FD).filter((fd) => {
    try {
      return readlinkSync(join(FD, fd)).startsWith(path);
    } catch {
      return false;
    }
  }).length;
}

describe.skipIf(!existsSync(FD))('file handles (skipped where there is no /proc)', () => {
  it.each([
    ['text', Buffer.from('buy oil\n'.repeat(20_000))],
    [
      'packed text',
      gzipSync(Buffer.from(Array.from({ length: 40_000 }, (_, n) => `${Math.sin(n)}\n`).join(''))),
    ],
    ['packed damage', Buffer.concat([gzipSync('x').subarray(0, 10), Buffer.alloc(300_000, 0xff)])],
  ])('are closed after each of 1,500 files that are not mail: %s', async (name, content) => {
    const below = join(folder, name.replace(' ', '-'));
    mkdirSync(below);
    writeFileSync(join(below, '0'), content);
    for (let n = 1; n < 1500; n++) linkSync(join(below, '0'), join(below, String(n)));
    let most = 0;
    let skipped = 0;
    for await (const event of openFiles(below).read()) {
      if (event.kind !== 'skipped') continue;
      if (++skipped % 250 === 0) most = Math.max(most, openBelow(below));
    }
    expect(skipped).toBe(1500);
    expect(most).toBeLessThanOrEqual(1);
    expect(openBelow(below)).toBe(0);
  });

  it.each([
    ['mbox', (text: Buffer) => text],
    ['mbox.gz', (text: Buffer) => gzipSync(text)],
  ])('are closed where the reader leaves in the middle: %s', async (name, pack) => {
    const mail = `From alice@example.org Mon Dec  9 20:19:30 2019\nSubject: a\n\n${'x\n'.repeat(500)}\n`;
    const path = join(folder, name);
    writeFileSync(path, pack(Buffer.from(mail.repeat(2000))));
    for await (const event of openFiles(path).read()) if (event.kind === 'mail') break;
    expect(openBelow(path)).toBe(0);
  });
});
