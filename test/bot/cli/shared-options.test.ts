import { expect, it } from 'vitest';
import { commandName } from '../../../src/bot/cli/shared-options.js';

it.each([
  ['ingest a.mbox --db x.db', 'ingest'],
  ['--db x.db ingest a.mbox', 'ingest'],
  ['--db=x.db --json ingest a.mbox', 'ingest'],
  ['--color never --db ingest reindex', 'reindex'],
  ['series ingest', 'series'],
  ['--version', null],
  ['', null],
])('finds the command of `covernote %s`', (line, name) => {
  expect(commandName(line.split(' ').filter((word) => word !== ''))).toBe(name);
});
