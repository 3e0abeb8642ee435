import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFiles } from '../../../src/adapters/files/open-files.js';
import { UserError } from '../../../src/digest/failure/failure.js';
import type { SourceEvent } from '../../../src/digest/ports/mail-source.js';

const fixtures = fileURLToPath(new URL('../../fixtures/mail/', import.meta.url));
const MAIL = 'From: Alice <alice@example.org>\nSubject: [PATCH] a\n\nbody\n';
const SEPARATOR = 'From alice@example.org Mon Dec  9 20:19:30 2019\n';
const MBOX = `${SEPARATOR}${MAIL}\n${SEPARATOR}${MAIL.replace(' a\n', ' b\n')}\n`;

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-files-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function events(path: string, stdin?: NodeJS.ReadableStream): Promise<SourceEvent[]> {
  const all: SourceEvent[] = [];
  for await (const event of openFiles(path, stdin).read()) if (event.kind !== 'progress') all.push(event);
  return all;
}

/** `where: subject, problem codes` a mail; `where: skipped code` else. */
async function facts(path: string, stdin?: NodeJS.ReadableStream): Promise<string[]> {
  return (await events(path, stdin)).map((event) => {
    if (event.kind === 'skipped') return `${event.where}: skipped ${event.problem.code}`;
    if (event.kind !== 'mail') return event.kind;
    const subject = /^Subject: (.*)$/m.exec(Buffer.from(event.raw).toString())?.[1] ?? 'no subject';
    return [`${event.where}: ${subject}`, ...event.problems.map(({ code }) => code)].join(', ');
  });
}

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

describe('a file is known by its content', () => {
  it.each<[string, string | Buffer, string[]]>([
    ['mbox.eml', MBOX, ['mbox.eml, message 1: [PATCH] a', 'mbox.eml, message 2: [PATCH] b']],
    ['mail.mbox', MAIL, ['mail.mbox: [PATCH] a']],
    ['mbox.txt', gzipSync(MBOX), ['mbox.txt, message 1: [PATCH] a', 'mbox.txt, message 2: [PATCH] b']],
    ['crlf.eml', MAIL.replaceAll('\n', '\r\n'), ['crlf.eml: [PATCH] a']],
    ['bom.eml', `\ufeff\n${MAIL}`, ['bom.eml: [PATCH] a']],
    [
      'two-members.gz',
      Buffer.concat([gzipSync(MBOX.slice(0, 99)), gzipSync(MBOX.slice(99))]),
      ['two-members.gz, message 1: [PATCH] a', 'two-members.gz, message 2: [PATCH] b'],
    ],
    ['nul.eml', `${MAIL}\0`, ['nul.eml: [PATCH] a, nul-bytes']],
    ['cut.eml', 'From: a@example.org\nSubj', ['cut.eml: no subject, truncated']],
    ['empty', '', ['empty: skipped not-mail']],
    ['blank.eml', '\n\n\n', ['blank.eml: skipped not-mail']],
    ['notes.md', '# Notes\n\nbuy oil\n', ['notes.md: skipped not-mail']],
    ['picture.eml', Buffer.from('\x89PNG\r\n\x1a\n\0\0', 'latin1'), ['picture.eml: skipped not-mail']],
    ['settings.yml', 'name: widget\ncolour: red\n', ['settings.yml: skipped not-mail']],
  ])('%s', async (name, content, expected) => {
    expect(await facts(file(name, content))).toEqual(expected);
  });

  it('says what it found and what it expected', async () => {
    const [event] = await events(file('page.eml', '<!DOCTYPE html><p>Making sure you are no bot'));
    expect(event).toMatchObject({
      problem: {
        code: 'not-mail',
        detail: expect.stringMatching(/^found a web page or XML; expected mbox, a mail/),
      },
    });
  });

  it('reads as far as a gzip file goes that is cut off', async () => {
    const many = Array.from(
      { length: 50 },
      (_, at) => `${SEPARATOR}Subject: ${at} ${Math.sin(at)}\n\nx\n\n`,
    ).join('');
    const packed = gzipSync(many);
    const read = await facts(file('cut.gz', packed.subarray(0, packed.length - 20)));
    expect(read.length).toBeGreaterThan(30);
    expect(read.filter((fact) => fact.includes('truncated'))).toEqual([read.at(-1)]);
  });

  it.each([100, 20_000])('reads as far as a gzip file goes that is damaged at byte %i', async (at) => {
    const many = Array.from(
      { length: 3000 },
      (_, n) => `${SEPARATOR}Subject: ${n} ${Math.sin(n)}\n\nx\n\n`,
    ).join('');
    const packed = gzipSync(many);
    const damaged = Buffer.concat([packed.subarray(0, at), Buffer.alloc(50, 0xff), packed.subarray(at + 50)]);
    const read = await facts(file('damaged.gz', damaged));
    expect(read.at(-1)).toMatch(/gzip-damaged$/);
    expect(read.length > 500).toBe(at > 100);
  });
});

describe("patchwork's Markdown dump", () => {
  it('gives the mails between the fences, whose own fences and headings do not end them', async () => {
    const [first, second] = await events(join(fixtures, 'patchwork-dump.md'));
    expect(first).toMatchObject({ kind: 'mail', where: 'patchwork-dump.md, message 1', problems: [] });
    const mail = first?.kind === 'mail' ? Buffer.from(first.raw).toString() : '';
    expect(mail.startsWith('Content-Type: text/plain; charset="utf-8"\nMIME-Version: 1.0\n')).toBe(true);
    expect(mail).toContain(
      '```sh\n#### [count] all cogs\ncogs --count\n```\n\nbefore the widget turns.\nFrom now on',
    );
    expect(mail.endsWith(' 1 file changed, 3 insertions(+)\n')).toBe(true);
    expect(second).toMatchObject({ problems: [{ code: 'header-from-heading' }] });
    expect(second?.kind === 'mail' && Buffer.from(second.raw).toString()).toMatch(
      /^Subject: \[PATCH 0\/1\] widget: oil\nFrom: Carol Example <carol@example.org>\nSender: /,
    );
  });

  it('reads a last mail without its closing fence', async () => {
    const dump = readFileSync(join(fixtures, 'patchwork-dump.md'), 'utf8')
      .trimEnd()
      .replace(/\n```$/, '\n');
    expect(await facts(file('open.md', dump))).toEqual([
      'open.md, message 1: [PATCH v2 0/2] widget: count the cogs before turning',
      'open.md, message 2: [PATCH 0/1] widget: oil, truncated, header-from-heading',
    ]);
  });
});

describe('a text copy without headers', () => {
  it('becomes mails with a Subject and nothing made up', async () => {
    const read = await events(join(fixtures, 'text-copy.txt'));
    expect(read.map((event) => event.kind === 'mail' && Buffer.from(event.raw).toString())).toEqual([
      'Subject: [PATCH v4 0/2] widget: track oil: OIL_PIN\n\nHere we go.\nChanges since v3:\n* More oil.\nDora Example (2):\n  widget: add oil\n  widget: remove oil\n',
      'Subject: [PATCH 0/1] gadget: sort the drawers\n\nThe drawers are in no order.\n',
    ]);
    expect(read.every((event) => event.kind === 'mail' && event.problems[0]?.code === 'no-headers')).toBe(
      true,
    );
  });
});

describe('a folder', () => {
  it('is read in the order of names, hidden files and half-written mail left out, each folder once', async () => {
    const root = join(folder, 'archive');
    for (const name of ['cur/2:2,S', 'new/1', 'tmp/3', '.Sent/cur/4', '.Sent/new/5', 'dovecot-uidlist']) {
      file(`archive/box/${name}`, MAIL);
    }
    file('archive/a.mbox', MBOX);
    file('archive/.hidden', MAIL);
    file('archive/z/notes.txt', 'buy oil');
    symlinkSync(root, join(root, 'loop'));
    symlinkSync(join(root, 'gone'), join(root, 'dangling'));
    expect(await facts(root)).toEqual([
      'archive/a.mbox, message 1: [PATCH] a',
      'archive/a.mbox, message 2: [PATCH] b',
      'archive/box/.Sent/cur/4: [PATCH] a',
      'archive/box/.Sent/new/5: [PATCH] a',
      'archive/box/cur/2:2,S: [PATCH] a',
      'archive/box/new/1: [PATCH] a',
      'archive/dangling: skipped unreadable',
      'archive/z/notes.txt: skipped not-mail',
    ]);
  });

  it('passes over a named pipe without waiting on it', async () => {
    file('pipes/a.eml', MAIL);
    if (spawnSync('mkfifo', [join(folder, 'pipes', 'p')]).status !== 0) return;
    expect(await facts(join(folder, 'pipes'))).toEqual([
      'pipes/a.eml: [PATCH] a',
      'pipes/p: skipped not-mail',
    ]);
  });
});

describe('standard input', () => {
  it.each([
    ['mbox', Buffer.from(MBOX)],
    ['gzipped', gzipSync(MBOX)],
  ])('is read in any chunks: %s', async (_, bytes) => {
    for (const size of [1, 3, 7, 1000]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      expect(await facts('-', Readable.from(chunks))).toEqual([
        'standard input, message 1: [PATCH] a',
        'standard input, message 2: [PATCH] b',
      ]);
    }
  });

  it('takes any bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), async (chunks) => {
        await events('-', Readable.from(chunks.map((chunk) => Buffer.from(chunk))));
      }),
      { numRuns: 50 },
    );
  });
});

describe('a path that is not there', () => {
  it('is refused in words that the person can act on', async () => {
    await expect(facts(join(folder, 'nowhere'))).rejects.toThrow(UserError);
    await expect(facts(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'no-such-path' });
  });
});

describe('forms of other writers', () => {
  it.each<[string, string, string[]]>([
    [
      'bare.mbox',
      `From nobody\n${MAIL}\nFrom A\n${MAIL}`,
      ['bare.mbox, message 1: [PATCH] a', 'bare.mbox, message 2: [PATCH] a'],
    ],
    [
      'bare-prose.mbox',
      `From nobody\n${MAIL}\nFrom now\non, x.\n`,
      ['bare-prose.mbox, message 1: [PATCH] a'],
    ],
    [
      'headless.md',
      '#### [PATCH v6 00/10] x: y\n##### From: Ada <ada@example.org>\n\n```c\n\nThe text: it has a colon.\nMore.\n```\n#### [PATCH] z\n##### From: Bo <bo@example.org>\n\n```c\n\nv4:\n\t* a\n```\n',
      [
        'headless.md, message 1: [PATCH v6 00/10] x: y, header-from-heading',
        'headless.md, message 2: [PATCH] z, header-from-heading',
      ],
    ],
  ])('%s', async (name, content, expected) => {
    expect(await facts(file(name, content))).toEqual(expected);
  });

  it('leaves out the drafts and the deleted mail of a Maildir, and says so', async () => {
    for (const flags of ['S', 'DS', 'T', 'FRS']) file(`flags/cur/1.host:2,${flags}`, MAIL);
    file('flags/new/2.host', MAIL);
    expect(await facts(join(folder, 'flags'))).toEqual([
      'flags/cur/1.host:2,DS: skipped draft-or-deleted',
      'flags/cur/1.host:2,FRS: [PATCH] a',
      'flags/cur/1.host:2,S: [PATCH] a',
      'flags/cur/1.host:2,T: skipped draft-or-deleted',
      'flags/new/2.host: [PATCH] a',
    ]);
  });
});
