import { beforeEach, describe, expect, it } from 'vitest';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import type { TrackerEvidence } from '../../../src/digest/state/tracker-evidence.js';
import { newDatabase } from '../../lib/database.js';
import { describing } from './written-mail.js';

let store: MailStore;
beforeEach(async () => {
  store = await openMailStore(await newDatabase(), describing);
  return () => store.close();
});

const failure = { code: 'timeout', message: 'It did not answer.', remedy: 'Wait.' };

describe('what is kept about a source', () => {
  it('is nothing at first', async () => {
    expect(await store.sources.get('lore:kvm')).toBeNull();
    expect(await store.sources.all()).toEqual([]);
  });

  it('keeps cursor, failures in a row and the last words, until the next success', async () => {
    await store.sources.begun('lore:kvm', '2026-11-01T00:00:00Z');
    await store.sources.setCursor('lore:kvm', 'c1');
    await store.sources.failed('lore:kvm', '2026-11-01T00:00:01Z', failure, '2026-11-01T00:01:00Z');
    await store.sources.failed('lore:kvm', '2026-11-01T00:01:01Z', failure, '2026-11-01T00:02:00Z');
    expect(await store.sources.get('lore:kvm')).toMatchObject({
      cursor: 'c1',
      lastAttempt: '2026-11-01T00:00:00Z',
      lastSuccess: null,
      nextAttempt: '2026-11-01T00:02:00Z',
      failures: 2,
      error: { ...failure, at: '2026-11-01T00:01:01Z' },
    });
    await store.sources.succeeded('lore:kvm', '2026-11-01T00:02:01Z', '2026-11-01T00:03:01Z');
    expect(await store.sources.get('lore:kvm')).toMatchObject({ cursor: 'c1', failures: 0, error: null });
  });

  it('counts what it gave by days', async () => {
    await store.sources.gave('lore:kvm', 5, '2026-11-01T10:00:00Z');
    await store.sources.gave('lore:kvm', 2, '2026-11-01T23:59:59Z');
    await store.sources.gave('lore:kvm', 3, '2026-11-03T00:00:00Z');
    await store.sources.gave('lore:mm', 9, '2026-11-03T00:00:00Z');
    expect(await store.sources.given('lore:kvm', '2026-11-01T12:00:00Z')).toBe(10);
    expect(await store.sources.given('lore:kvm', '2026-11-02T00:00:00Z')).toBe(3);
    expect((await store.sources.all()).map(({ name, lastMail }) => [name, lastMail])).toEqual([
      ['lore:kvm', '2026-11-03T00:00:00Z'],
      ['lore:mm', '2026-11-03T00:00:00Z'],
    ]);
  });

  it('keeps a tracker’s later word on the same matter, whatever the order in which they come', async () => {
    const evidence = (state: string, at: string): TrackerEvidence => ({
      messageId: 'a@example.org',
      tracker: 'https://patchwork.example.org/project/kvm',
      what: { kind: 'state', state },
      by: null,
      at,
    });
    const check: TrackerEvidence = {
      ...evidence('', '2026-11-01T00:00:00Z'),
      what: { kind: 'check', context: 'build', result: 'fail', describes: 'gcc', url: null },
      by: 'bot',
    };
    for (const each of [
      evidence('new', '2026-11-01T00:00:00Z'),
      check,
      evidence('accepted', '2026-11-03T00:00:00Z'),
    ])
      await store.sources.addEvidence(each);
    await store.sources.addEvidence(evidence('under-review', '2026-11-02T00:00:00Z'));
    expect(await store.sources.evidenceOf(['a@example.org', 'b@example.org'])).toEqual([
      check,
      evidence('accepted', '2026-11-03T00:00:00Z'),
    ]);
  });
});
