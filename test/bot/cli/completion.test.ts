import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliCommands } from '../../../src/bot/commands/command.js';
import { commands } from '../../../src/bot/commands/commands.js';
import { cli } from '../../lib/cli-io.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-completion-'));
const file = (shell: string) => join(folder, `covernote.${shell}`);
const isInstalled = (shell: string) => spawnSync(shell, ['--version']).error === undefined;

beforeAll(async () => {
  for (const shell of ['bash', 'zsh', 'fish'])
    writeFileSync(file(shell), (await cli(['completion', shell])).stdout);
  writeFileSync(join(folder, 'some.mbox'), '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a line may become: bash's own machinery calls the function that the script registers. */
function inBash(...words: readonly string[]): string[] {
  const script = `
    source "$1"; shift
    compopt() { :; }
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    $(complete -p covernote | sed 's/.*-F \\([^ ]*\\).*/\\1/')
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const run = spawnSync('bash', ['-c', script, 'bash', file('bash'), 'covernote', ...words], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  return run.stdout.split('\n').filter((word) => word !== '');
}

function inFish(line: string): string[] {
  const script = `source ${file('fish')}; complete -C '${line}'`;
  const run = spawnSync('fish', ['--no-config', '-c', script], { cwd: folder, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  return run.stdout.split('\n').map((row) => row.split('\t')[0] ?? '');
}

describe('covernote completion', () => {
  it.each(['bash', 'zsh', 'fish'])('is a script that %s can read', (shell) => {
    if (!isInstalled(shell)) return;
    const run = spawnSync(shell, ['-n', file(shell)], { encoding: 'utf8' });
    expect([run.status, run.stderr]).toEqual([0, '']);
  });

  it.skipIf(!isInstalled('bash')).each([
    [['di'], ['digest', 'diff', 'discord']],
    [
      ['digest', '--f'],
      ['--follow', '--format'],
    ],
    [
      ['digest', '--format', ''],
      ['text', 'json', 'discord', 'slack'],
    ],
    [
      ['--color', 'a'],
      ['auto', 'always'],
    ],
    [['--json', 'sch'], ['schema']],
    [['schema', 'par'], ['parse']],
    [['discord', 'in'], ['invite']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['ingest', 'some'], ['some.mbox']],
    [['ingest', '--db', 'some'], ['some.mbox']],
    [['series', 'some'], []],
  ])('completes %j in bash', (words, found) => {
    expect(
      inBash(...words).filter((word) => !['--json', '--db', '--color', '--help'].includes(word)),
    ).toEqual(expect.arrayContaining(found));
    if (found.length === 0) expect(inBash(...words)).toEqual([]);
  });

  it.skipIf(!isInstalled('bash'))('offers every command and option in bash', () => {
    const first = inBash('');
    for (const { name, cli: side } of cliCommands(commands)) {
      expect(first).toContain(name);
      const behind = inBash(name, '--');
      for (const option of Object.keys(side.options)) expect(behind).toContain(`--${option}`);
    }
  });

  it.skipIf(!isInstalled('fish')).each([
    ['covernote di', ['digest', 'diff', 'discord']],
    ['covernote digest --format ', ['text', 'json', 'discord', 'slack']],
    ['covernote schema par', ['parse']],
    ['covernote ingest some', ['some.mbox']],
  ])('completes %j in fish', (line, found) => {
    expect(inFish(line)).toEqual(expect.arrayContaining(found));
  });

  it('names the shells that it knows', async () => {
    const { status, stderr } = await cli(['completion', 'tcsh']);
    expect([status, stderr]).toEqual([2, expect.stringContaining('bash, zsh, fish')]);
  });
});
