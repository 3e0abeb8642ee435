import { expect, it } from 'vitest';
import { createNameableCatalog } from '../../../src/bot/catalog.js';
import { readConfig } from '../../../src/bot/config.js';
import { createMinuteWork } from '../../../src/bot/operation/every-minute.js';
import { archiveUrl } from '../../../src/digest/mail/archive-url.js';
import type { Log } from '../../../src/digest/ports/log.js';
import { emptyCatalog, withLists } from '../../../src/digest/subsystem/catalog.js';
import { NOW, openMemory, prepareAll } from '../../adapters/store/written-mail.js';

const base = emptyCatalog();

/** The work of a minute over an empty database whose lists are read as given; `planned` counts how often digests were planned. */
async function makeMinute(readLists?: () => Promise<void>) {
  const store = await openMemory();
  const config = readConfig({});
  if (!config.ok) throw new Error('an empty configuration is wrong');
  const nameable = createNameableCatalog(store, () => base);
  const events: string[] = [];
  const note = (_: object, event: string) => void events.push(event);
  const log: Log = { debug: note, info: note, warn: note, error: note };
  let planned = 0;
  const minute = createMinuteWork({
    library: {
      store,
      get catalog() {
        return nameable.catalog();
      },
      readLists: readLists ?? nameable.readLists,
      archiveUrl: archiveUrl('https://lore.kernel.org/{list}/{id}/'),
      config: config.config,
      isDemo: false,
    },
    sourceNames: [],
    tick: {
      async run() {
        planned++;
        return { planned: 0, due: 0, empty: 0, lost: 0, failed: 0 };
      },
    },
    atOnce: { run: async () => ({ posts: 0, heldBack: 0, failed: 0 }) },
    clock: { check: async () => undefined },
    metrics: { tick: () => undefined, sourceLag: () => undefined, quarantined: () => undefined },
    wake: () => undefined,
    log,
    now: () => Date.parse(NOW),
    monotonicMs: () => 0,
  });
  return { store, minute, events, nameable, planned: () => planned };
}

it('each minute finds the lists that mail has come from since', async () => {
  const { store, minute, nameable } = await makeMinute();
  await minute.run();
  expect(nameable.catalog()).toBe(base);
  const mails = await prepareAll([{ subject: '[PATCH] count the screws', list: 'parts@lists.example.org' }]);
  await store.ingestBatch(mails, NOW);
  await minute.run();
  expect(nameable.catalog().bySlug.get('parts')).toEqual(withLists(base, ['parts']).bySlug.get('parts'));
  await store.close();
});

it('plans what is due also where the lists can’t be read', async () => {
  const { store, minute, events, planned } = await makeMinute(() => Promise.reject(new Error('away')));
  await minute.run();
  expect(planned()).toBe(1);
  expect(events).toContain('catalog.lists_failed');
  await store.close();
});
