import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compressBody } from '../../../src/adapters/store/raw-body.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { checkHealth } from '../../../src/bot/operation/health.js';
import { createMetrics } from '../../../src/bot/operation/metrics.js';
import { sourcesAnswerSchema } from '../../../src/digest/contract/sources-answer.js';
import { describing, NOW, writeMail } from '../../adapters/store/written-mail.js';
import { cli } from '../../lib/cli-io.js';
import { newDatabase } from '../../lib/database.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-counts-'));
const db = join(folder, 'a.db');
const run = (...argv: string[]) => cli([...argv, '--db', db], { env: { SOURCES: 'lore:kvm' }, now: NOW });

beforeAll(async () => {
  const store = await openMailStore(db, describing);
  await store.sources.begun('lore:kvm', NOW);
  for (const [n, source] of ['lore:kvm', 'lore:kvm', '/var/mail/old.mbox'].entries()) {
    const origin = { list: null, receivedAt: null, problems: [] };
    const mail = {
      source,
      where: `${source}, mail ${n}`,
      origin,
      body: compressBody(writeMail({ id: `${n}@example.org` })),
    };
    const hashes = [Buffer.alloc(16, n + 1)];
    const at = `2026-03-0${n + 1}T00:00:00Z`;
    await store.readings.quarantine.add({ hashes, mail, reason: 'killed', detail: 'it\nended' }, at);
  }
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('sources counts mail in quarantine, by source and in all, and says what to do', async () => {
  const answer = sourcesAnswerSchema.parse(JSON.parse((await run('sources', '--json')).stdout));
  expect(answer.sources.map(({ name, quarantined }) => [name, quarantined])).toEqual([['lore:kvm', 2]]);
  expect(answer.quarantine).toMatchObject({
    count: 3,
    mails: [
      {
        hash: '01'.repeat(16),
        source: 'lore:kvm',
        where: 'lore:kvm, mail 0',
        reason: 'killed',
        at: '2026-03-01T00:00:00Z',
      },
      { source: 'lore:kvm' },
      { source: '/var/mail/old.mbox' },
    ],
  });
  const { stdout } = await run('sources');
  expect(stdout).toContain('  2 mails in quarantine\n');
  expect(stdout).toContain('In quarantine: 3 mails');
  expect(stdout).toContain('/var/mail/old.mbox, mail 2 (/var/mail/old.mbox), 2026-03-03T00:00:00Z: it ended');
  expect(stdout).toContain('`covernote reindex`');
});

it('doctor counts them, and says what to do', async () => {
  const { stdout } = await run('doctor');
  expect(stdout).toContain('note Quarantine: 3 mails');
  expect(stdout).toContain('/var/mail/old.mbox, mail 2');
  expect(stdout).toContain('`covernote reindex`');
});

it('health counts them, and is well: a restart would not help', async () => {
  const store = await openMailStore(db, describing);
  const now = () => Date.parse(NOW);
  const health = await checkHealth({
    store,
    sources: [],
    lastTick: now,
    now,
    clock: () => ({ problems: [], facts: {} }),
  });
  expect(health.problems).toEqual([]);
  expect(health.facts).toMatchObject({ quarantined: 3 });
  await store.close();
});

it('metrics counts them', async () => {
  const metrics = createMetrics();
  metrics.quarantined(3);
  expect(await metrics.text()).toContain('covernote_quarantined_mails 3');
});

it('retention drops the bytes of old ones, and no other', async () => {
  const store = await openMailStore(db, describing);
  await store.dropBodies('2026-03-02T00:00:00Z');
  const kept = (await store.readings.quarantine.all()).map(({ isKept }) => isKept);
  expect(kept).toEqual([false, true, true]);
  await store.close();
});

it('keeps no more bytes than there is room for, and every mail by name', async () => {
  const store = await openMailStore(await newDatabase(), describing);
  const origin = { list: null, receivedAt: null, problems: [] };
  for (let n = 0; n < 2; n++) {
    const mail = { source: 'a', where: `mail ${n}`, origin, body: Buffer.alloc(40 * 1024 * 1024) };
    await store.readings.quarantine.add(
      { hashes: [Buffer.alloc(16, n)], mail, reason: 'stalled', detail: '' },
      NOW,
    );
  }
  const kept = (await store.readings.quarantine.all()).map(({ where, isKept }) => [where, isKept]);
  expect(kept).toEqual([
    ['mail 0', true],
    ['mail 1', false],
  ]);
  await store.close();
});

it('reindex --quarantined tells what became of them', async () => {
  const { stdout, status } = await run('reindex', '--quarantined');
  expect(status).toBe(0);
  expect(stdout).toContain('2 mails in quarantine tried again: 2 read now, 0 still in quarantine.');
});
