import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { beginReading, endReading, markNewDatabase, otherRules } from '../../../src/bot/ingest/rules-mark.js';
import { RULES_VERSION } from '../../../src/digest/rules-version.js';
import { describing } from '../../adapters/store/written-mail.js';
import { cli } from '../../lib/cli-io.js';

const examples = fileURLToPath(new URL('../../../examples/mail', import.meta.url));
let folder: string;
let db: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-mark-'));
  db = join(folder, 'test.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Simulates a database that a version with these rules has made. */
async function madeBy(rules: number): Promise<void> {
  const store = await openMailStore(`sqlite:${db}`, describing);
  await store.mark('rules', String(rules));
  await store.close();
}

const on = (...argv: string[]) => cli([...argv, '--db', db], { env: {} });
const BROKEN = join(examples, 'broken.eml');

describe('a database remembers by which rules its mail was read', () => {
  it('says nothing where they are those of this version', async () => {
    expect((await on('ingest', BROKEN)).stderr).not.toContain('rules than');
    expect((await on('ingest', BROKEN)).stderr).not.toContain('rules than');
    expect((await on('doctor')).stdout).not.toContain('rules than');
  });

  it.each([
    ['older', 0],
    ['newer', RULES_VERSION + 1],
  ])('says that they were %s, and what to do, until all was read again', async (word, rules) => {
    await on('ingest', BROKEN);
    await madeBy(rules);
    const warning = `the mail in it was read by ${word} rules than those of this version`;
    expect((await on('doctor')).stdout).toContain(warning);
    const { status, stdout, stderr } = await on('ingest', '--json', BROKEN);
    expect(stderr).toContain(`${warning}. Run \`covernote reindex\``);
    expect([status, Object.keys(JSON.parse(stdout))]).toEqual([0, expect.arrayContaining(['read', 'new'])]);
    expect((await on('reindex')).status).toBe(0);
    expect((await on('ingest', BROKEN)).stderr).not.toContain('rules than');
    expect((await on('doctor')).stdout).not.toContain('rules than');
  });

  it('takes a database that holds mail and remembers none for older', async () => {
    const store = await openMailStore(`sqlite:${db}`, describing);
    const held = { ...store, counts: async () => ({ messages: 3, series: 1 }) as never };
    await markNewDatabase(held);
    expect(await otherRules(held)).toContain('older rules');
    await markNewDatabase(store);
    expect(await otherRules(held)).toBeNull();
    await store.close();
  });

  it('reads from the start where a reading was stopped under other rules, and goes on under the same', async () => {
    const store = await openMailStore(`sqlite:${db}`, describing);
    await beginReading(store);
    await store.replaceBatch([{ rowId: 7, rawId: 1, mail: null }], '2026-01-01T00:00:00Z');
    await beginReading(store);
    expect(await store.reindexCursor()).toBe(7);
    await store.mark('reindex rules', '0');
    await beginReading(store);
    expect(await store.reindexCursor()).toBe(0);
    await endReading(store);
    expect(await store.markOf('rules')).toBe(String(RULES_VERSION));
    await store.close();
  });
});
