import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openFiles } from '../src/adapters/files/open-files.js';

import { cli } from './lib/cli-io.js';
import { createRandom } from './simulation/random.js';

/**
 * Whole threads, one for each hard case: `threads/NAME/thread.mbox`, written by us, and `expected.json` next to it: what is correct, as
 * a part of what `covernote series --all --json` prints. They are read by the command line, once as they are and once mail by mail
 * in another order. Where the product is wrong today, `known` gives the reason and `today` what it answers instead: the test fails as
 * soon as it is right, or wrong in another way.
 */
const FOLDER = fileURLToPath(new URL('threads/', import.meta.url));
const env = { MAINTAINERS: join(FOLDER, 'MAINTAINERS') };
const now = '2026-03-20T00:00:00Z';
const work = mkdtempSync(join(tmpdir(), 'covernote-threads-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const expectedSchema = z.strictObject({
  about: z.string(),
  known: z.string().optional(),
  today: z.array(z.looseObject({})).optional(),
  series: z.array(z.looseObject({ revisions: z.array(z.looseObject({ messageId: z.string() })) })),
});
type Series = z.infer<typeof expectedSchema>['series'];

/** The series of these files, read one after another into a database of their own; by the Message-ID of the oldest revision. */
async function seriesOf(name: string, files: readonly string[]): Promise<Series> {
  const db = join(work, `${name}.db`);
  const ingested = await cli(['ingest', ...files, '--db', db], { env, now });
  expect(ingested, ingested.stderr).toMatchObject({ status: 0 });
  const { stdout } = await cli(['series', '--all', '--json', '--db', db], { env, now });
  const series = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return expectedSchema.shape.series
    .parse(series)
    .sort((a, b) => (idOf(a) < idOf(b) ? -1 : idOf(a) > idOf(b) ? 1 : 0));
}

const idOf = (series: Series[number]): string => series.revisions[0]?.messageId ?? '';

/** Each mail as a separate file, in an order that depends on the name alone. */
async function shuffled(name: string, mbox: string): Promise<readonly string[]> {
  const folder = join(work, name);
  mkdirSync(folder);
  const files: string[] = [];
  for await (const event of openFiles(mbox).read()) {
    if (event.kind === 'skipped') throw new Error(`${event.where}: ${event.problem.detail}`);
    if (event.kind !== 'mail') continue;
    const file = join(folder, `${files.length}.eml`);
    writeFileSync(file, event.raw);
    files.push(file);
  }
  const { next } = createRandom(
    [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 2 ** 31,
  );
  return files
    .map((file) => ({ file, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ file }) => file);
}

describe.each(readdirSync(FOLDER).filter((name) => name !== 'MAINTAINERS'))('the thread %s', (name) => {
  const mbox = join(FOLDER, name, 'thread.mbox');
  const { about, known, today, series } = expectedSchema.parse(
    JSON.parse(readFileSync(join(FOLDER, name, 'expected.json'), 'utf8')),
  );

  it('says what is answered today where that is known to be wrong', () => {
    expect(today !== undefined).toBe(known !== undefined);
  });

  it(known === undefined ? about : `is known to be wrong: ${known}`, async () => {
    const found = await seriesOf(name, [mbox]);
    if (known === undefined) expect(found).toMatchObject(series);
    else
      expect(found, `It is right now: remove "known" from ${name}/expected.json.`).not.toMatchObject(series);
  });

  it('gives the same whatever the order in which its mails come', async () => {
    const found = await seriesOf(`${name}-shuffled`, await shuffled(name, mbox));
    expect(found).toEqual(await seriesOf(`${name}-whole`, [mbox]));
  });
});
