import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderView } from '../../../../src/adapters/terminal/render-view.js';
import { createChatBot } from '../../../../src/bot/commands/chat/chat-bot.js';
import { createTypedChat, type TypedChat } from '../../../../src/bot/commands/chat/typed-chat.js';
import { commands } from '../../../../src/bot/commands/commands.js';
import type { BotOptions } from '../../../../src/bot/commands/context.js';
import { createLocalBot } from '../../../../src/bot/commands/run.js';
import { withLibrary } from '../../../../src/bot/compose.js';
import { readConfig } from '../../../../src/bot/config.js';
import { EXAMPLES_MAIL } from '../../../../src/bot/demo.js';
import { firstReading, ingestSources } from '../../../../src/bot/sources/ingest-sources.js';

const createBot = (options: BotOptions) => createChatBot({ ...options, commands });

const folder = mkdtempSync(join(tmpdir(), 'covernote-chat-'));
let chat: TypedChat;
const bugs: unknown[] = [];
let close: () => void = () => undefined;
let closed: Promise<unknown> = Promise.resolve();

beforeAll(async () => {
  const read = readConfig({ DATABASE_URL: `sqlite:${join(folder, 'chat.db')}` });
  if (!read.ok) throw new Error('the configuration of this test is wrong');
  await new Promise<void>((opened, failed) => {
    closed = withLibrary(
      read.config,
      Date.now(),
      async (one) => {
        await ingestSources(one, [EXAMPLES_MAIL], Readable.from([]), () => undefined, firstReading(nowMs));
        const bot = createLocalBot(createBot, one, {
          nowMs: () => nowMs,
          onBug: (error) => bugs.push(error),
        });
        chat = createTypedChat(bot, 'UTC');
        opened();
        await new Promise<void>((resolve) => {
          close = resolve;
        });
      },
      'demo',
    ).catch(failed);
  });
});
afterAll(async () => {
  close();
  await closed;
  rmSync(folder, { recursive: true, force: true });
});

const nowMs = Date.parse('2026-11-17T00:00:00Z');
async function say(line: string): Promise<string> {
  const view = await chat.answer(line);
  expect(bugs).toEqual([]);
  return view === null ? '(end)' : renderView(view, { columns: 100, color: false, zone: 'UTC', nowMs });
}

describe('the chat in the terminal', () => {
  it.each([
    ['/series foll_pin', 'mm/gup: track pinned pages: FOLL_PIN v3'],
    ['series FOLL_PIN', 'v3'],
    ['foll_pin', 'mm/gup: track pinned pages: FOLL_PIN v3'],
    ['why a connection was reset', '1 of 2 patches'],
    ['folow kvm', 'Did you mean /follow kvm?'],
    ['/series foll_pni', 'Nothing is called “foll_pni”; this is the closest match.'],
    ['/series foll_pin v1 v3', 'mm/gup: refuse a pin that would overflow the count'],
    ['/series', 'Recently active:'],
    ['/digest 7', 'New versions'],
    ['/digest 9000', 'not a valid number of days'],
    ['/digest soon', 'Unknown /digest “soon”'],
    ['/digest at 09:00', 'Nothing is ever sent to a terminal'],
    ['/serie x', 'Did you mean /series x?'],
    ['/frob', 'Try /series foll_pin, /follow kvm or /covernote help.'],
    ['/help', '/unfollow [WHAT]'],
    ['/help', '/quit'],
    ['/covernote help follow', '/follow kvm mm'],
    ['/covernote series foll_pin', 'FOLL_PIN v3'],
    ['/subsystems memory', 'mm'],
    ['/follow kvn', 'Did you mean kvm'],
    ['/follow all', 'Name a subsystem'],
    ['/follow', 'Follow what?'],
    ['/unfollow', 'You follow nothing.'],
    ['/unfollow xfs', 'You follow nothing.'],
    [`/follow ${'kvm OR '.repeat(400)}`, 'characters long'],
  ])('answers %j with %j', async (line, words) => {
    expect(await say(line)).toContain(words);
  });

  it('remembers what is followed, and holds the digest to it', async () => {
    expect(await say("/follow 'path:mm/**'")).toContain('mm/**');
    expect(await say('/digest 7')).not.toContain('io_uring/net: Zero-copy');
    expect(await say('/following')).toContain('path:mm/**');
    expect(await say("/follow 'path:mm/**'")).toContain('already');
    expect(await say("/unfollow 'path:mm/**'")).toContain('no longer');
    expect(await say('/digest 7')).toContain('io_uring/net: Zero-copy');
  });

  it('ends with /quit', async () => {
    expect(await say('/quit')).toBe('(end)');
  });

  it('speaks of nothing that a terminal has not', async () => {
    await say('/follow kvm');
    expect(await say('/following')).toContain('Stop following: type 1.');
    expect(await say('/digest status')).toContain('Nothing is ever sent to a terminal');
    expect(await say('/digest status')).not.toMatch(/Schedule|Last digest|\/digest at/);
    expect(await say('/unfollow kvm')).toContain('/digest shows everything.');
  });

  it('takes what is offered by its number or its word', async () => {
    expect(await say('/series foll_pin')).toContain('Type 1 Details');
    expect(await say('1')).toContain('Patches of v3');
    expect(await say('history')).toContain('3 versions');
    expect(await say('/follow kvn')).toContain('1 /follow kvm');
    expect(await say('1')).toContain('You now follow series of KVM');
    expect(await say('undo')).toContain('Undone');
    expect(await say('/following')).toContain('You follow nothing yet');
    expect(await say('/series mm')).toContain('type its number');
    expect(await say('2')).toContain('Type 1 Details');
  });

  it('gives titles that are offered a line each', async () => {
    expect(await say('/snooze mm 2w')).toMatch(
      /\n {2}1\. mm\/gup: track[^\n]*\n {2}2\. mm\/madvise[^\n]*\n[\s\S]*\n {2}Type its number, 1 to 5\.\n$/,
    );
    expect(await say('5')).toContain('is snoozed until');
    expect(await say('undo')).toContain('no longer snoozed');
  });

  it('says of a number that is not offered how many are, and still takes those', async () => {
    await say('/series mm');
    for (const number of ['8', '0', '99', '1234'])
      expect(await say(number)).toBe(
        `There is no number ${number} to choose.\nType 1 to 7, for what the last answer offers.\n`,
      );
    expect(await say('1')).toContain('Type 1 Details');
    expect(await say('/series foll_pin v2 v3')).toContain('In short');
    await say('/me');
    expect(await say('2')).toContain('The last answer offers nothing.');
  });

  it('numbers the rows of a list that can be chosen, and shows none of them twice', async () => {
    for (const line of ['/board', '/series', '/series mm', '/subsystems', '/follow kvm', '/following']) {
      const rows = (await say(line)).split('\n').filter((row) => /^ {2}(?:\d+\.|-) /.test(row));
      expect(rows.filter((row) => row.startsWith('  - '))).toEqual([]);
      expect(rows.map((row) => Number.parseInt(row, 10))).toEqual(rows.map((_, i) => i + 1));
    }
    expect(await say('/unfollow')).toMatch(/^Which one\?\n\n {2}1\. kvm\n/);
    await say('/unfollow kvm');
  });

  it.each([
    ['/dig', '/digest '],
    ['/digest pa', '/digest pause'],
    ['/follow kv', '/follow kvm'],
    ['/follow kvm m', '/follow kvm mm'],
    ['/digest at 09:00 Europe/Ber', '/digest at 09:00 Europe/Berlin'],
  ])('completes %j to %j among others', async (line, whole) => {
    expect(await chat.complete(line)).toContain(whole);
  });

  it('completes nothing of what is no command', async () => {
    expect(await chat.complete('hello')).toEqual([]);
    expect(await chat.complete('/hello wor')).toEqual([]);
  });

  it('answers anything with something that is inert', async () => {
    const command = fc.constantFrom(
      '/series ',
      '/follow ',
      '/unfollow ',
      '/digest ',
      '/subsystems ',
      '/',
      '',
    );
    await fc.assert(
      fc.asyncProperty(command, fc.string({ unit: 'binary' }), async (name, words) => {
        fc.pre(!/^\/?(?:quit|exit)\b/i.test((name + words).trim()));
        expect(await say(name + words)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      }),
      { numRuns: 150 },
    );
  });
});
