import base from './vitest.config.js';

/** What runs a second time, on PostgreSQL: what stands on the store. Properties are tried fewer times there, see test/lib/database.ts. */
const store = [
  'copy',
  'corrections',
  'decided-series',
  'matching',
  'remove-messages',
  'replies',
  'retention',
  'schema',
  'search',
  'series-group',
  'source-states',
  'store',
];
const deliver = ['at-once', 'delivery', 'edits', 'late-cover', 'late-details', 'refused-thread', 'tick'];
const include = [
  ...store.map((name) => `test/adapters/store/${name}.test.ts`),
  ...deliver.map((name) => `test/bot/deliver/${name}.test.ts`),
  'test/bot/ingest/derive-pulls.test.ts',
  'test/bot/sources/follow-sources.test.ts',
  'test/bot/webhooks/webhooks.test.ts',
  'test/bot/commands/covernote/forget.test.ts',
  'test/adapters/store/engine/postgres.test.ts',
  'test/simulation/processes.test.ts',
];

export default { ...base, test: { ...base.test, include, testTimeout: 300_000 } };
