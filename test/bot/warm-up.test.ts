import { expect, it } from 'vitest';
import { readCatalog } from '../../src/bot/catalog.js';
import { readConfig } from '../../src/bot/config.js';
import { silentLog } from '../../src/bot/operation/log.js';
import { warmUp } from '../../src/bot/warm-up.js';
import { archiveUrl } from '../../src/digest/mail/archive-url.js';
import { openMemory } from '../adapters/store/written-mail.js';

it('reads all that the first question would wait for', async () => {
  const read = readConfig({});
  if (!read.ok) throw new Error('an empty configuration is wrong');
  const store = await openMemory();
  let words = 0;
  const catalog = readCatalog(null);
  await warmUp(
    {
      store,
      catalog: {
        ...catalog,
        searchWords() {
          words++;
          return catalog.searchWords();
        },
      },
      readLists: async () => undefined,
      archiveUrl: archiveUrl('https://lore.kernel.org/{list}/{id}/'),
      config: read.config,
      isDemo: false,
    },
    silentLog,
  );
  await store.close();
  expect(words).toBe(1);
});
