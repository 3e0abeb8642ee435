import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { checkHealth } from '../../../src/bot/operation/health.js';
import { watchDatabase } from '../../../src/bot/operation/watch-database.js';
import type { UserError } from '../../../src/digest/failure/failure.js';
import { describing } from '../../adapters/store/written-mail.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-watch-'));
const path = join(folder, 'bot.db');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let store: MailStore;
beforeEach(async () => {
  store = await openMailStore(path, describing);
});

const problems = async () =>
  (
    await checkHealth({
      store,
      sources: [],
      lastTick: () => 0,
      now: () => 0,
      clock: () => ({ problems: [], facts: {} }),
    })
  ).problems;

it('ends the bot where its database is moved away, and health says so', async () => {
  const lost: UserError[] = [];
  let looks = 0;
  expect(await problems()).toEqual([]);
  await watchDatabase({
    store,
    signal: new AbortController().signal,
    async sleep() {
      if (++looks === 3) renameSync(path, `${path}.old`);
    },
    onLost: (error) => void lost.push(error),
  });
  expect(looks).toBe(3);
  expect(lost.map(({ code }) => code)).toEqual(['database-replaced']);
  expect((await problems()).join()).toContain('was deleted or replaced');
  await store.close();
});

it('ends with its signal', async () => {
  const ending = new AbortController();
  await watchDatabase({
    store,
    signal: ending.signal,
    sleep: async () => ending.abort(),
    onLost: () => expect.unreachable(),
  });
  await store.close();
});
