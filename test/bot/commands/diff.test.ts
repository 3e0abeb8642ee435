import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createChatBot } from '../../../src/bot/commands/chat/chat-bot.js';
import { createTypedChat } from '../../../src/bot/commands/chat/typed-chat.js';
import { commands } from '../../../src/bot/commands/commands.js';
import type { BotOptions } from '../../../src/bot/commands/context.js';
import { createLocalBot } from '../../../src/bot/commands/run.js';
import { withLibrary } from '../../../src/bot/compose.js';
import { readConfig } from '../../../src/bot/config.js';
import { compareAnswerSchema } from '../../../src/digest/contract/series-answer.js';
import { cli } from '../../lib/cli-io.js';

const createBot = (options: BotOptions) => createChatBot({ ...options, commands });

const examples = fileURLToPath(new URL('../../../examples', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'covernote-diff-'));
const db = join(folder, 'test.db');
const env = { MAINTAINERS: join(examples, 'MAINTAINERS') };
const on = (...argv: string[]) => cli([...argv, '--db', db], { env });

beforeAll(async () => {
  expect((await on('ingest', examples)).status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function compare(...question: string[]) {
  const { stdout } = await on('diff', ...question, '--json');
  return compareAnswerSchema.strict().parse(JSON.parse(stdout)).comparison;
}

describe('covernote diff', () => {
  it.each([
    ['the two newest versions, where none is named', ['foll_pin'], [2, 3]],
    ['a version with the newest', ['foll_pin', 'v1'], [1, 3]],
    ['the newest with the one before', ['foll_pin', 'v3'], [2, 3]],
    ['two versions', ['foll_pin', 'v1', 'v2'], [1, 2]],
    ['two versions in one word with the rest', ['foll_pin v1 v2'], [1, 2]],
    ['two versions given the wrong way round', ['foll_pin', 'v3', 'v1'], [1, 3]],
    [
      'versions of what a Message-ID names',
      ['20261012091400.101-2-ada.quill@example.org', 'V1', 'V2'],
      [1, 2],
    ],
  ])('compares %s', async (_, question, versions) => {
    const { from, to } = await compare(...question);
    expect([from.version, to.version]).toEqual(versions);
  });

  it('tells what became of each patch, the size before and after, and what the author says', async () => {
    const comparison = await compare('foll_pin', 'v1', 'v3');
    expect(comparison.from).toMatchObject({ total: 5, known: 5, size: { files: expect.any(Number) } });
    expect(comparison.to).toMatchObject({ total: 6, received: 6 });
    const { added, dropped, retitled, changed, unchanged, unknown } = comparison;
    expect(retitled.length + changed.length + unchanged.length + unknown.length + dropped.length).toBe(5);
    expect(retitled.length + changed.length + unchanged.length + unknown.length + added.length).toBe(6);
    expect(added.map((patch) => [patch.index, patch.title])).toEqual([
      [4, 'mm/gup: refuse a pin that would overflow the count'],
    ]);
    expect(comparison.changelog.map(({ version, rfc }) => [version, rfc])).toEqual([
      [3, false],
      [2, false],
    ]);
  });

  it('shows it in words', async () => {
    const { status, stdout } = await on('diff', 'foll_pin');
    expect(status).toBe(0);
    expect(stdout).toContain('mm/gup: track pinned pages: FOLL_PIN v2 → v3');
    expect(stdout).toContain('7 patches → 6 patches');
    expect(stdout).toContain('Dropped (1)\n  7. mm: document how pinned pages are tracked');
    expect(stdout).toContain('The author on v3\n  - Folded the documentation patch into patch 2.');
  });

  it.each([
    [
      'a version that is not here, and names those that are',
      ['foll_pin', 'v9'],
      1,
      'v1, v2 and v3 are here.',
    ],
    ['the other stage', ['foll_pin', 'RFC', 'v1'], 1, 'There is no RFC v1 of'],
    ['a version with itself', ['foll_pin', 'v2', 'v2'], 2, "v2 can't be compared with itself"],
    [
      'a series of which one version is here',
      ['process give back'],
      1,
      'there is nothing to compare it with',
    ],
    ['words that match nothing', ['qqqqqqq'], 1, 'No series matches “qqqqqqq”'],
    ['words that match several', ['mm'], 1, 'Choose one by its ID:'],
    ['no words', [], 2, "Missing required argument 'query'"],
  ])('refuses %s', async (_, question, status, words) => {
    const refused = await on('diff', ...question);
    expect({ status: refused.status, stdout: refused.stdout }).toEqual({ status, stdout: '' });
    expect(refused.stderr).toContain(words);
  });

  it('takes the one of several matches that has the versions', async () => {
    expect((await compare('mm', 'v2', 'v3')).series.id).toBe('7d4f407b59d3');
  });
});

describe('/series in the chat', () => {
  const ask = async (line: string): Promise<string> => {
    const read = readConfig({ ...env, DATABASE_URL: `sqlite:${db}` });
    if (!read.ok) throw new Error('the test has a wrong configuration');
    return withLibrary(read.config, Date.now(), async (library) => {
      const bot = createLocalBot(createBot, library, {
        nowMs: () => 0,
        onBug: (error) => {
          throw error;
        },
      });
      return (await createTypedChat(bot, 'UTC').answer(line))?.fallback ?? '';
    });
  };

  it.each([
    ['two versions behind it: what changed', '/series foll_pin v1 v3', 'v1 → v3: 1 added'],
    ['none: the card', '/series foll_pin', 'v3 by Ada Quill'],
    ['one that is not there: which are', '/series foll_pin v1 v8', 'v1, v2 and v3 are here.'],
    ['several that match: a list to pick from', '/series mm v1 v2', 'match “mm”'],
    ['nothing that matches: what comes close', '/series qqqqqqq v1 v2', 'No series matches “qqqqqqq”'],
  ])('answers %s', async (_, line, expected) => {
    expect(await ask(line)).toContain(expected);
  });
});
