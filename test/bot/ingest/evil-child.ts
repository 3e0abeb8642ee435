/**
 * Run by quarantine.test.ts as a process of its own: `evil-child.js DATABASE WORK PATH`. Reads mail that may end the process, and prints what it
 * counted as JSON. With HARMLESS=1 no mail does any harm.
 */
import { openGrowing } from '../../../src/adapters/files/growing-source.js';
import { openFiles } from '../../../src/adapters/files/open-files.js';
import { closeJournalOnSignal } from '../../../src/bot/ingest/close-journal-on-signal.js';
import { ingest } from '../../../src/bot/ingest/ingest.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { reindex } from '../../../src/bot/ingest/reindex.js';
import { createParser } from '../../../src/bot/ingest/worker-parser.js';
import { readLiveSource } from '../../../src/bot/sources/read-live-source.js';
import { describingWith, NOW } from '../../adapters/store/written-mail.js';
import { DERIVING_EVIL } from './evil-mail.js';

const [database = '', work = '', path = ''] = process.argv.slice(2);
const harmful = describingWith(DERIVING_EVIL, () => {
  if (process.env.HARMLESS !== '1') process.abort();
});
const store = await openMailStore(database, harmful);
const parser = createParser({ file: new URL('./abort-worker.js', import.meta.url), timeoutMs: 60_000 });
const options = { parser, now: () => NOW, batchSize: 20 };
const counts = await read();
await parser.close();
await store.close();
process.stdout.write(JSON.stringify(counts));

async function read(): Promise<unknown> {
  switch (work) {
    case 'reindex':
      return await reindex(store, options);
    case 'follow': {
      const name = `follow:${path}`;
      const source = openGrowing(path, { name, now: Date.now, quietMs: 0 });
      const signal = new AbortController().signal;
      return await readLiveSource(source, { ...options, store, since: null, signal });
    }
    default: {
      // It tells when it is in the middle of a batch; with WAIT=1 it stays there.
      const ingestBatch: typeof store.ingestBatch = async (mails, now) => {
        process.stderr.write('storing\n');
        if (process.env.WAIT === '1') await new Promise((resolve) => setTimeout(resolve, 600_000));
        return store.ingestBatch(mails, now);
      };
      return await closeJournalOnSignal(store, () =>
        ingest(openFiles(path), { ...store, ingestBatch }, options),
      );
    }
  }
}
