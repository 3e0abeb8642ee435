// Run by speed.ts: the built ingest over one file, as a process of its own. Prints JSON: mails, ms, peakRssMb, series.
import { openFiles } from '../dist/adapters/files/open-files.js';
import { openStore } from '../dist/adapters/store/store.js';
import { ingest } from '../dist/bot/ingest/ingest.js';
import { rulesWith } from '../dist/bot/library.js';
import { emptyCatalog } from '../dist/digest/subsystem/catalog.js';
import { archiveUrl } from '../dist/digest/view/archive-url.js';

const [path, database] = process.argv.slice(2);
const catalog = emptyCatalog();
const links = archiveUrl('https://lore.kernel.org/{list}/{id}/');
const start = performance.now();
const store = await openStore(database, { rules: rulesWith(() => catalog, links) });
const { read } = await ingest(openFiles(path), store);
const ms = performance.now() - start;
const { series } = await store.counts();
await store.close();
const peakRssMb = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(JSON.stringify({ mails: read, ms, peakRssMb, series }));
