import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ingest } from '../../../src/bot/ingest/ingest.js';
import { inlineParser } from '../../../src/bot/ingest/inline-parser.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { reindex } from '../../../src/bot/ingest/reindex.js';
import { describing, documentsOf, NOW } from '../../adapters/store/written-mail.js';
import { manySeries, sourceOf } from './fake-source.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-'));
const child = fileURLToPath(new URL('./ingest-child.ts', import.meta.url));
const options = { parser: inlineParser(), now: () => NOW, batchSize: 50 };
const open = (name: string): Promise<MailStore> => openMailStore(join(folder, name), describing);

/** Kills the child a number of milliseconds after it began to store its n-th batch; returns whether it was still at work. */
function killed(path: string, work: 'ingest' | 'reindex', batch: number, afterMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const process_ = spawn(process.execPath, ['--import', 'tsx', child, path, work], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let begun = 0;
    process_.stdout.on('data', (text: Buffer) => {
      begun += text.toString().split('\n').length - 1;
      if (begun >= batch) setTimeout(() => process_.kill('SIGKILL'), afterMs);
    });
    process_.on('exit', (_, signal) => resolve(signal === 'SIGKILL'));
  });
}

let expected: Map<string, string>;
beforeAll(async () => {
  const store = await open('whole.db');
  await ingest(sourceOf(manySeries(40)), store, options);
  expected = await documentsOf(store);
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Moments after a batch was begun: before, within and after its transaction.
const moments = [
  [1, 0],
  [3, 4],
  [9, 11],
  [17, 23],
] as const;

describe('a kill -9', () => {
  it.each(moments)(
    'while batch %i is ingested (after %i ms) loses nothing that the next run does not bring',
    async (batch, afterMs) => {
      const name = `ingest-${batch}.db`;
      expect(await killed(join(folder, name), 'ingest', batch, afterMs)).toBe(true);
      const store = await open(name);
      const { messages } = await store.counts();
      expect(messages).toBeLessThan(240);
      const counts = await ingest(sourceOf(manySeries(40)), store, options);
      expect(counts).toMatchObject({ read: 240, new: 240 - messages, known: messages, skipped: {} });
      expect(await documentsOf(store)).toEqual(expected);
      await store.close();
    },
  );

  it.each([
    [2, 3],
    [9, 9],
  ] as const)(
    'while batch %i is derived again (after %i ms) leaves answers, and the next run goes on',
    async (batch, afterMs) => {
      const name = `reindex-${batch}.db`;
      cpSync(join(folder, 'whole.db'), join(folder, name));
      expect(await killed(join(folder, name), 'reindex', batch, afterMs)).toBe(true);
      const store = await open(name);
      expect(await documentsOf(store)).toEqual(expected);
      const cursor = await store.reindexCursor();
      expect(cursor).toBeGreaterThan(0);
      const { messages } = await reindex(store, options);
      expect(messages).toBe(240 - cursor);
      expect(await documentsOf(store)).toEqual(expected);
      await store.close();
    },
  );
});
