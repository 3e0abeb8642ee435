import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderView } from '../../../src/adapters/terminal/render-view.js';
import { answerLine, completeLine } from '../../../src/bot/chat/answer-line.js';
import { localFollows } from '../../../src/bot/chat/local-follows.js';
import { readConfig } from '../../../src/bot/config.js';
import { EXAMPLES_MAIL } from '../../../src/bot/demo.js';
import { ingestSources } from '../../../src/bot/ingest-sources.js';
import { type Library, withLibrary } from '../../../src/bot/library.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-chat-'));
let library: Library;
let close: () => void = () => undefined;
let closed: Promise<unknown> = Promise.resolve();

beforeAll(async () => {
  const read = readConfig({ DATABASE_URL: `sqlite:${join(folder, 'chat.db')}` });
  if (!read.ok) throw new Error('the configuration of this test is wrong');
  await new Promise<void>((opened, failed) => {
    closed = withLibrary(
      read.config,
      async (one) => {
        library = one;
        await ingestSources(one, [EXAMPLES_MAIL], Readable.from([]), () => undefined);
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
  const view = await answerLine(line, { library, follows: localFollows(library.store), nowMs: () => nowMs });
  return view === null ? '(end)' : renderView(view, { columns: 100, color: false, zone: 'UTC', nowMs });
}

describe('the chat in the terminal', () => {
  it.each([
    ['/series foll_pin', 'mm/gup: track pinned pages: FOLL_PIN v3'],
    ['series FOLL_PIN', 'v3'],
    ['/series foll_pni', 'Nothing is called “foll_pni”; this comes closest.'],
    ['/series foll_pin v1 v3', 'mm/gup: refuse a pin that would overflow the count'],
    ['/series', 'Which series?'],
    ['/digest 7', 'New versions'],
    ['/digest soon', 'no number of days'],
    ['/serie x', 'Did you mean /series?'],
    ['/frob', 'Type /help'],
    ['/help', '/unfollow WHAT'],
    ['/subsystems memory', 'mm'],
    ['/follow kvn', 'Did you mean kvm'],
    ['/follow all', 'Name a subsystem'],
    ['/follow', 'Follow what?'],
    ['/unfollow', 'Unfollow what?'],
    ['/unfollow xfs', "You don't follow “xfs”."],
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

  it('completes commands and subsystems', () => {
    expect(completeLine('/dig', () => library.catalog)).toEqual(['/digest ']);
    expect(completeLine('/follow kv', () => library.catalog)).toContain('/follow kvm');
    expect(completeLine('hello', () => library.catalog)).toEqual([]);
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
