import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from '../../lib/cli-io.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-board-'));
const db = join(folder, 'board.db');
const env = { MAINTAINERS: 'examples/MAINTAINERS' };
const now = '2026-03-20T00:00:00Z';

const patch = (id: string, title: string, date: string, path = 'mm/gup.c', list = 'linux-mm@kvack.org') =>
  `From ada@example.org Mon Mar 02 09:00:00 2026
From: Ada Quill <ada@example.org>
To: ${list}
Subject: [PATCH] ${title}
Date: ${date}
Message-ID: <${id}@example.org>

It does a thing.

Signed-off-by: Ada Quill <ada@example.org>
---
diff --git a/${path} b/${path}
--- a/${path}
+++ b/${path}
@@ -1,1 +1,1 @@
-a
+${id}

`;
const reply = (id: string, to: string, date: string, text: string) =>
  `From bob@example.org Mon Mar 02 09:00:00 2026
From: Bob Stone <bob@example.org>
To: linux-mm@kvack.org
Subject: Re: [PATCH] x
Date: ${date}
Message-ID: <${id}@example.org>
In-Reply-To: <${to}@example.org>

${text}

`;

beforeAll(async () => {
  const mbox = join(folder, 'board.mbox');
  writeFileSync(
    mbox,
    [
      patch('new', 'mm: wait for an answer', 'Mon, 02 Mar 2026 09:00:00 +0000'),
      patch('late', 'mm: wait for a day', 'Thu, 19 Mar 2026 09:00:00 +0000'),
      patch('done', 'mm: wait to be applied', 'Mon, 02 Mar 2026 10:00:00 +0000'),
      reply('done1', 'done', 'Tue, 03 Mar 2026 10:00:00 +0000', 'Reviewed-by: Bob Stone <bob@example.org>'),
      patch('asked', 'mm: wait for the author', 'Mon, 02 Mar 2026 11:00:00 +0000'),
      reply('asked1', 'asked', 'Wed, 04 Mar 2026 10:00:00 +0000', 'Please use tabs and resend.'),
      patch(
        'net',
        'net: wait elsewhere',
        'Sun, 01 Mar 2026 09:00:00 +0000',
        'net/core/a.c',
        'netdev@vger.kernel.org',
      ),
    ].join(''),
  );
  expect(await cli(['ingest', mbox, '--db', db], { env, now })).toMatchObject({ status: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const waiting = async (...words: readonly string[]): Promise<string[]> => {
  const { stdout, stderr } = await cli(['board', ...words, '--json', '--db', db], { env, now });
  expect(stderr).toBe('');
  const answer = JSON.parse(stdout) as {
    waiting: { for: string; days: number; series: { latest: string } }[];
  };
  return answer.waiting.map((one) => `${one.series.latest.split('@')[0]} ${one.for} ${one.days}`);
};

describe('covernote board', () => {
  it('lists what waits, what waits longest first', async () => {
    expect(await waiting()).toEqual([
      'net review 18',
      'new review 17',
      'done application 16',
      'asked new-version 15',
    ]);
  });

  it.each([
    [['mm'], 'new, done, asked'],
    [['in:netdev'], 'net'],
    [['mm', 'author:quill'], 'new, done, asked'],
    [['author:stone'], ''],
    [['state:changes-requested'], 'asked'],
  ])('of %j: %s', async (words, expected) => {
    expect((await waiting(...words)).map((row) => row.split(' ')[0]).join(', ')).toBe(expected);
  });

  it('names no command of the chats to a person', async () => {
    const { stdout } = await cli(['board', '--for', 'ada@example.org', '--db', db], { env, now });
    expect(stdout).toContain('Yours');
    expect(stdout).not.toContain('/snooze');
  });

  it('lists a new version for who asked for it, until they write about it', async () => {
    const asked = join(folder, 'asked.db');
    const version = (id: string, day: string, number: string) =>
      patch(id, 'mm: count pages twice', `${day} Mar 2026 09:00:00 +0000`).replace('[PATCH]', number);
    const board = async (...mails: readonly string[]) => {
      const mbox = join(folder, 'asked.mbox');
      writeFileSync(mbox, mails.join(''));
      expect(await cli(['ingest', mbox, '--db', asked], { env, now })).toMatchObject({ status: 0 });
      return (await cli(['board', '--for', 'bob@example.org', '--db', asked], { env, now })).stdout;
    };
    const first = await board(
      version('v1', 'Mon, 09', '[PATCH]'),
      reply('r1', 'v1', 'Tue, 10 Mar 2026 10:00:00 +0000', 'Please use tabs and resend.'),
      version('v2', 'Wed, 11', '[PATCH v2]'),
      reply('r2', 'v1', 'Thu, 12 Mar 2026 10:00:00 +0000', 'That is what I meant.'),
    );
    expect(first).toMatch(/New versions of what you looked at[\s\S]*mm: count pages twice · v2/);
    expect(await board(reply('r3', 'v2', 'Fri, 13 Mar 2026 10:00:00 +0000', 'Why twice?'))).not.toContain(
      'count pages twice',
    );
  });

  it('leaves out what its author has replaced under another title, though that is applied', async () => {
    const replaced = join(folder, 'replaced.db');
    const mbox = join(folder, 'replaced.mbox');
    const mails = [
      patch('slow', 'mm: annotate a race', 'Mon, 02 Mar 2026 09:00:00 +0000'),
      reply('slow1', 'slow', 'Tue, 03 Mar 2026 10:00:00 +0000', 'Please fix the race instead.'),
      patch('fast', 'gup: lock the counter', 'Wed, 04 Mar 2026 09:00:00 +0000'),
    ];
    const board = async (...more: readonly string[]) => {
      writeFileSync(mbox, [...mails, ...more].join(''));
      expect(await cli(['ingest', mbox, '--db', replaced], { env: {}, now })).toMatchObject({ status: 0 });
      return (await cli(['board', '--json', '--db', replaced], { env: {}, now })).stdout;
    };
    expect(await board()).not.toContain('annotate a race');
    const after = await board(
      reply('fast1', 'fast', 'Thu, 05 Mar 2026 10:00:00 +0000', 'Applied to mm-unstable, thanks.'),
    );
    expect(JSON.parse(after)).toMatchObject({ waiting: [] });
    const own = (await cli(['board', '--for', 'ada@example.org', '--db', replaced], { env: {}, now })).stdout;
    expect(own).not.toContain('annotate a race');
  });

  it('says it in words, by what is waited for', async () => {
    const { stdout } = await cli(['board', 'mm', '--db', db], { env, now });
    expect(stdout).toMatch(
      /3 series in mm are waiting\.[\s\S]*Waits for a first answer[\s\S]*wait for an answer/,
    );
    expect(stdout).toMatch(
      /Reviewed, not applied[\s\S]*wait to be applied[\s\S]*Waits for its author[\s\S]*wait for the author/,
    );
    expect((await cli(['board', 'author:stone', '--db', db], { env, now })).stdout).toMatch(
      /^Nothing matching “author:stone” is waiting\.\n\n {2}Listed are/,
    );
  });

  it('refuses a word that is no subsystem', async () => {
    expect(await cli(['board', 'frobnicate', '--db', db], { env, now })).toMatchObject({ status: 1 });
    const said = async (word: string) => (await cli(['board', word, '--db', db], { env, now })).stderr;
    expect(await said('kmv')).toContain('There is no subsystem “kmv”.\n  Did you mean kvm');
    expect(await said('foo:bar')).toContain('There is no filter “foo:”.');
  });
});
