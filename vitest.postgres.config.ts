import base from './vitest.config.js';

/** What runs a second time, on PostgreSQL: all that stands on the store. Properties are tried fewer times there, see test/lib/database.ts. */
const include = [
  'test/adapters/store/**/*.test.ts',
  'test/bot/deliver/**/*.test.ts',
  'test/bot/ingest/**/*.test.ts',
  'test/bot/sources/{follow-sources,fetch-thread}.test.ts',
  'test/bot/operation/quarantine-counts.test.ts',
  'test/bot/commands/chat/**/*.test.ts',
  'test/simulation/processes.test.ts',
];

export default { ...base, test: { ...base.test, include } };
