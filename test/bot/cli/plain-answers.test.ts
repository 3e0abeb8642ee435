import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../lib/cli-io.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-plain-'));
const db = join(folder, 'plain.db');
const now = '2026-11-17T06:00:00Z';
beforeAll(async () => {
  await cli(['ingest', 'examples/mail', '--db', db]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const run = async (...args: string[]) => {
  const { stdout, stderr } = await cli([...args, '--db', db], { now });
  return stdout + stderr;
};

describe('what the command line says to people', () => {
  it.each([
    [
      ['series', 'xyzzy'],
      'Try fewer words, or a part of one.\n  The newest mail here was received 2026-11-16 18:00 UTC.',
    ],
    [['diff', 'foll_pin', 'v1', 'v9'], 'v1, v2 and v3 are here.'],
    [['digest', '--since', '2030-01-01'], '--since (2030-01-01 00:00 UTC) is not before --until'],
    [
      ['digest', '--follow', 'nosuch', '--since', '2026-11-09'],
      '“nosuch” was looked for in titles: no subsystem is called so.',
    ],
    [['places'], 'No place follows anything yet.\n\n  /follow kvm in a channel begins that.'],
  ])('%j', async (args, text) => {
    expect(await run(...args)).toContain(text);
  });

  it('no time is written as programs write it', async () => {
    const machine = /\d{4}-\d\d-\d\dT\d\d:\d\d/;
    for (const args of [
      ['doctor'],
      ['series', 'xyzzy'],
      ['digest', '--since', '2026-11-17'],
      ['board', 'kvm'],
    ])
      expect(await run(...args)).not.toMatch(machine);
  });

  it('a digest of nothing speaks of follows only where there are some', async () => {
    expect(await run('digest', '--since', '2026-11-17')).toMatch(/^Nothing new\.\n/);
    expect(await run('digest', '--follow', 'kvm', '--since', '2026-11-17')).toMatch(
      /^Nothing new in what is followed/,
    );
  });

  it('help fits a terminal, whatever is long in it', async () => {
    // A link or a command that is one long word stays whole.
    for (const command of ['digest', 'series', 'diff', 'ingest', 'board', 'places'])
      for (const line of (await run(command, '--help')).split('\n'))
        if (!line.includes('://')) expect(line.length).toBeLessThanOrEqual(110);
    expect(await run('digest', '--help')).toMatch(/ {4}\S.*\n {10,}\S/);
  });
});
