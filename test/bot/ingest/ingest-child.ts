/** Run by kill.test.ts as a process of its own: `tsx ingest-child.ts DATABASE`; prints a line whenever a batch was stored. */

import { ingest } from '../../../src/bot/ingest/ingest.js';
import { inlineParser } from '../../../src/bot/ingest/inline-parser.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { reindex } from '../../../src/bot/ingest/reindex.js';
import { describing, NOW } from '../../adapters/store/written-mail.js';
import { manySeries, sourceOf } from './fake-source.js';

const [path = '', work = 'ingest'] = process.argv.slice(2);
const store = await openMailStore(path, describing);
const options = { parser: inlineParser(), now: () => NOW, batchSize: 8 };
const reporting = {
  ...store,
  ingestBatch: async (...given: Parameters<typeof store.ingestBatch>) => {
    process.stdout.write('storing\n');
    return store.ingestBatch(...given);
  },
  replaceBatch: async (...given: Parameters<typeof store.replaceBatch>) => {
    process.stdout.write('storing\n');
    return store.replaceBatch(...given);
  },
};
if (work === 'reindex') await reindex(reporting, options);
else await ingest(sourceOf(manySeries(40)), reporting, options);
await store.close();
