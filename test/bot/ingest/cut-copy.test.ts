import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { seriesAnswerSchema } from '../../../src/digest/contract/series-answer.js';
import { cli } from '../../lib/cli-io.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-cut-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The first mail of a list's examples, whole and as a file that ends in its middle. */
const box = readFileSync(
  fileURLToPath(new URL('../../../examples/mail/linux-mm.mbox', import.meta.url)),
  'utf8',
);
const whole = join(folder, 'whole.mbox');
const cut = join(folder, 'cut.mbox');
const first = box.slice(0, box.indexOf('\nFrom mboxrd@z', 10) + 1);
writeFileSync(whole, first);
writeFileSync(cut, first.slice(0, first.indexOf('Ada Quill (4):') + 40));

async function patchesAfter(db: string, ...files: string[]): Promise<number | undefined> {
  for (const file of files) await cli(['ingest', file, '--db', join(folder, db)]);
  const { stdout } = await cli(['series', 'foll_pin', '--json', '--db', join(folder, db)]);
  return seriesAnswerSchema.parse(JSON.parse(stdout)).matches[0]?.revisions[0]?.diffstat?.files;
}

describe('a mail of which a file held only the beginning', () => {
  it('is read from the whole copy, whichever came first', async () => {
    expect(await patchesAfter('a.db', cut, whole)).toBe(7);
    expect(await patchesAfter('b.db', whole, cut)).toBe(7);
  });

  it('is no second mail under the same Message-ID', async () => {
    const { stdout } = await cli(['ingest', cut, whole, '--json', '--db', join(folder, 'c.db')]);
    expect(stdout).not.toContain('message-id-reused');
  });

  it('stays healed when everything is derived again', async () => {
    await cli(['reindex', '--db', join(folder, 'a.db')]);
    expect(await patchesAfter('a.db')).toBe(7);
  });
});
