import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { describing, NOW, prepare, writeMail } from '../../adapters/store/written-mail.js';
import { cli } from '../../lib/cli-io.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-backup-'));
const path = (name: string) => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('copies the database while somebody writes to it', async () => {
  const store = await openMailStore(path('bot.db'), describing);
  await store.ingestBatch([await prepare(writeMail({ id: 'one@example.org' }))], NOW);
  const run = await cli(['backup', path('copy.db'), '--json', '--db', path('bot.db')]);
  await store.close();
  expect(run).toMatchObject({ status: 0, stderr: '' });
  expect(JSON.parse(run.stdout)).toEqual({ path: path('copy.db'), bytes: expect.any(Number) });
  const copy = await openMailStore(path('copy.db'), describing);
  expect((await copy.counts()).messages).toBe(1);
  await copy.close();
});

it('replaces a file only on request', async () => {
  writeFileSync(path('mine.txt'), 'mine');
  const refused = await cli(['backup', path('mine.txt'), '--db', path('bot.db')]);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain('--force');
  expect((await cli(['backup', path('mine.txt'), '--force', '--db', path('bot.db')])).status).toBe(0);
});

it('leaves nothing half behind when it fails', async () => {
  const run = await cli(['backup', join(folder, 'no', 'such', 'place.db'), '--db', path('bot.db')]);
  expect(run.status).toBe(1);
  expect(existsSync(join(folder, 'no'))).toBe(false);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});
