import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chatCommands, cliCommands } from '../../../src/bot/commands/command.js';
import { commands } from '../../../src/bot/commands/commands.js';
import { cli } from '../../lib/cli-io.js';
import { type ChatTestScene, direct, jane, makeChatScene } from './chat/chat-scene.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-examples-'));
const filled = join(folder, 'filled.db');
const env = { MAINTAINERS: 'examples/MAINTAINERS' };

beforeAll(async () => {
  expect((await cli(['ingest', 'examples/mail', '--db', filled], { env })).status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The words of a line, as a shell splits it. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
}

/** Runs a line of help: `covernote …`, with `< FILE` or `echo TEXT |` where it has them. */
async function runLine(line: string, db: string) {
  const [left = '', right] = line.split(' | ');
  const echoed = right === undefined ? null : wordsOf(left).slice(1).join(' ');
  const [words = '', file] = (right ?? left).split(' < ');
  const stdin = file === undefined ? (echoed ?? '') : readFileSync(file, 'utf8');
  const [name, ...argv] = wordsOf(words);
  expect(name).toBe('covernote');
  return cli([...argv, '--db', db], { env, stdin });
}

const cliExamples = cliCommands(commands).flatMap(({ cli: { examples } }) => examples);

describe('each example in --help', () => {
  it.each(cliExamples.filter(({ needs }) => needs === null).map(({ line }) => line))('%s', async (line) => {
    const db = join(folder, 'example.db');
    copyFileSync(filled, db);
    const argv = line.includes('backup') ? line.replace('copy.db', join(folder, 'copy.db')) : line;
    const { status, stdout, stderr } = await runLine(argv, db);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).not.toMatch(/No series matches|Nothing new/);
    // Only `corrections` may have nothing to show on fresh mail.
    expect(stdout.trim()).not.toBe('');
  });

  it('is there for every command, and in its help', async () => {
    for (const { name, cli: side } of cliCommands(commands)) {
      expect(side.examples, name).not.toEqual([]);
      const path = side.subcommand === null ? [name] : [name, side.subcommand];
      const { stdout } = await cli([...path, '--help']);
      for (const { line } of side.examples) expect(stdout).toContain(line);
    }
  });
});

describe('each example in the help of the chats', () => {
  let scene: ChatTestScene;
  beforeAll(async () => {
    scene = await makeChatScene();
    await scene.ask('/follow kvm', { place: direct });
  });
  afterAll(async () => {
    expect(scene.bugs).toEqual([]);
    await scene.store.close();
  });

  const lines = chatCommands(commands).flatMap(({ name, chat }) =>
    chat.examples.map(({ words }) => `/${name} ${words}`.trim()),
  );
  it.each(lines)('%s', async (line) => {
    // The examples before it follow other things at another time: it would ask about those.
    const command = line.startsWith('/me weekly') ? `${line} sure:yes` : line;
    const answer = await scene.ask(command, { place: direct, requester: jane });
    expect(answer.kind, answer.view.fallback).toBe('done');
  });
});
