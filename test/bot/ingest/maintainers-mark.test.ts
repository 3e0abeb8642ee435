import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cli } from '../../lib/cli-io.js';

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));
const OTHER =
  'TULIPS\nM:\tAda Example <ada@example.org>\nL:\ttulips@example.org\nS:\tMaintained\nF:\ttulips/\n';

let folder: string;
let maintainers: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-maintainers-'));
  maintainers = join(folder, 'MAINTAINERS');
  writeFileSync(maintainers, OTHER);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const on = (env: Record<string, string>, ...argv: string[]) =>
  cli([...argv, '--db', join(folder, 'test.db')], { env });
const MAIL = join(examples, 'mail', 'broken.eml');
const WARNING = 'sorted into subsystems';

it('says nothing where the mail was sorted by the MAINTAINERS of today', async () => {
  const env = { MAINTAINERS: maintainers };
  await on(env, 'ingest', MAIL);
  expect((await on(env, 'doctor')).stdout).not.toContain(WARNING);
  expect((await on(env, 'ingest', MAIL)).stderr).not.toContain(WARNING);
});

it.each([
  ['was added', {}, 'sorted into subsystems without MAINTAINERS'],
  [
    'is another',
    { MAINTAINERS: `${examples}MAINTAINERS` },
    'by a different MAINTAINERS than the current one',
  ],
])('offers a reindex where one %s, until it was run', async (_, before, expected) => {
  await on(before, 'ingest', MAIL);
  const env = { MAINTAINERS: maintainers };
  expect((await on(env, 'doctor')).stdout).toContain(expected);
  expect((await on(env, 'doctor')).stdout).toContain('covernote reindex');
  expect((await on(env, 'ingest', MAIL)).stderr).toContain(expected);
  expect((await on(env, 'reindex')).status).toBe(0);
  expect((await on(env, 'doctor')).stdout).not.toContain(WARNING);
});
