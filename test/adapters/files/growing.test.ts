import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGrowing } from '../../../src/adapters/files/growing-source.js';
import { TransientFailure, UserError } from '../../../src/digest/failure/failure.js';
import type { SourceEvent } from '../../../src/digest/ports/mail-source.js';

const mail = (n: number, body = `Body ${n}.\n`): string =>
  `From: Ada <ada@example.org>\nSubject: mail ${n}\nMessage-ID: <${n}@example.org>\n\n${body}`;
const inMbox = (n: number, body?: string): string =>
  `From ada@example.org Mon Nov 16 10:00:${String(n % 60).padStart(2, '0')} 2026\n${mail(n, body)}\n`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-growing-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** One reader that comes back: `later` how many milliseconds after the last write it looks. */
function reader(path: string, since: string | null = null, cursor: string | null = null) {
  return async (later = 60_000): Promise<string[]> => {
    const source = openGrowing(path, { now: () => Date.now() + later, quietMs: 10_000 });
    const events: SourceEvent[] = [];
    for await (const event of source.read({ cursor, since, signal: new AbortController().signal }))
      events.push(event);
    cursor = events.findLast((event) => event.kind === 'cursor')?.cursor ?? cursor;
    return events.flatMap((event) => {
      if (event.kind === 'mail')
        return [/^Subject: (.*)$/m.exec(Buffer.from(event.raw).toString())?.[1] ?? '?'];
      return event.kind === 'skipped' ? [`skipped ${event.problem.code}`] : [];
    });
  };
}

describe('an mbox that grows', () => {
  it('gives what was added since, and nothing when nothing was', async () => {
    const path = join(folder, 'box');
    writeFileSync(path, inMbox(1) + inMbox(2));
    const read = reader(path);
    expect(await read()).toEqual(['mail 1', 'mail 2']);
    expect(await read()).toEqual([]);
    appendFileSync(path, inMbox(3));
    expect(await read()).toEqual(['mail 3']);
    expect(await read()).toEqual([]);
  });

  it.each([
    ['in the separator', 5, []],
    ['in the headers', 60, []],
    ['in the body', -4, ['mail 1']],
  ])('leaves a mail that ends %s until it is whole', async (_, at, before) => {
    const path = join(folder, 'box');
    const [whole, half] = [inMbox(2), inMbox(2).slice(0, at)];
    writeFileSync(path, inMbox(1) + half);
    const read = reader(path);
    expect(await read(0)).toEqual(before);
    appendFileSync(path, whole.slice(half.length) + inMbox(3));
    expect([...before, ...(await read(0))]).toEqual(['mail 1', 'mail 2']);
    expect(await read()).toEqual(['mail 3']);
  });

  it('takes the last mail when the file is quiet, and again where it went on after all', async () => {
    const path = join(folder, 'box');
    writeFileSync(path, inMbox(1) + inMbox(2).slice(0, -4));
    const read = reader(path);
    expect(await read()).toEqual(['mail 1', 'mail 2']);
    appendFileSync(path, `${inMbox(2).slice(-4)}${inMbox(3)}`);
    expect(await read()).toEqual(['mail 2', 'mail 3']);
  });

  it.each([
    ['renamed', (path: string) => renameSync(path, `${path}.1`)],
    [
      'copied and cut',
      (path: string) => {
        copyFileSync(path, `${path}.1`);
        truncateSync(path);
      },
    ],
  ])('reads the rest of the old file, then the new one, where it was %s', async (_, rotate) => {
    const path = join(folder, 'box');
    writeFileSync(path, inMbox(1));
    const read = reader(path);
    expect(await read()).toEqual(['mail 1']);
    appendFileSync(path, inMbox(2));
    rotate(path);
    appendFileSync(path, inMbox(3));
    expect(await read()).toEqual(['mail 2', 'mail 3']);
    expect(await read()).toEqual([]);
  });

  it('says that mail may be missing where the old file is gone', async () => {
    const path = join(folder, 'box');
    writeFileSync(path, inMbox(0) + inMbox(1));
    const read = reader(path);
    await read();
    rmSync(path);
    writeFileSync(path, inMbox(2));
    expect(await read()).toEqual(['skipped rotated', 'mail 2']);
  });

  it('is read anew where a mail was taken out of its middle', async () => {
    const path = join(folder, 'box');
    writeFileSync(path, inMbox(1) + inMbox(2));
    const read = reader(path);
    await read();
    writeFileSync(path, inMbox(2) + inMbox(3) + inMbox(4));
    expect(await read()).toEqual(['mail 2', 'mail 3', 'mail 4']);
  });

  it('gives each mail once, however the writer and the reader take turns', async () => {
    const text = Array.from({ length: 12 }, (_, n) =>
      inMbox(n, `From here\n>From there\n${'x'.repeat(n * 40)}\n`),
    ).join('');
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(text.length), { maxLength: 6 }), async (cuts) => {
        const path = join(folder, `box-${Math.random()}`);
        const ends = [...cuts.sort((a, b) => a - b), text.length];
        const read = reader(path);
        const found: string[] = [];
        let written = 0;
        for (const end of ends) {
          appendFileSync(path, text.slice(written, end));
          written = end;
          found.push(...(await read(0)));
        }
        found.push(...(await read()));
        expect(found).toEqual(Array.from({ length: 12 }, (_, n) => `mail ${n}`));
      }),
      { numRuns: 40 },
    );
  });
});

describe('a Maildir', () => {
  it('gives each mail once, also when it is moved and flagged', async () => {
    for (const name of ['cur', 'new', 'tmp']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'new', '1.a'), mail(1));
    writeFileSync(join(folder, 'cur', '2.a:2,S'), mail(2));
    writeFileSync(join(folder, 'tmp', '3.a'), mail(3));
    const read = reader(folder);
    expect((await read(0)).sort()).toEqual(['mail 1', 'mail 2']);
    renameSync(join(folder, 'new', '1.a'), join(folder, 'cur', '1.a:2,S'));
    renameSync(join(folder, 'tmp', '3.a'), join(folder, 'new', '3.a'));
    expect(await read(0)).toEqual(['mail 3']);
    expect(await read(0)).toEqual([]);
  });

  it('takes a mail whose time is old', async () => {
    for (const name of ['cur', 'new']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'new', '1.a'), mail(1));
    const read = reader(folder);
    await read();
    writeFileSync(join(folder, 'new', '2.a'), mail(2));
    utimesSync(join(folder, 'new', '2.a'), 1e9, 1e9);
    expect(await read()).toEqual(['mail 2']);
  });
});

describe('mail that was received before the first reading’s `since`', () => {
  const SINCE = '2026-06-01T00:00:00Z';
  const [OLD, NEW] = ['Thu, 1 Jan 2026 10:00:00 +0000', 'Mon, 1 Jun 2026 10:00:00 +0000'];
  const received = (at: string, text: string) =>
    text.replace(/^From: /m, `Received: by lists; ${at}\nFrom: `);
  const makeMaildir = () => {
    for (const name of ['cur', 'new']) mkdirSync(join(folder, name));
  };
  const put = (path: string, text: string, at: string) => {
    writeFileSync(join(folder, path), text);
    utimesSync(join(folder, path), new Date(at), new Date(at));
  };

  it('is left alone; mail that does not tell is taken', async () => {
    const path = join(folder, 'box');
    writeFileSync(
      path,
      received(OLD, inMbox(1)) + inMbox(2) + received('soon', inMbox(3)) + received(NEW, inMbox(4)),
    );
    expect(await reader(path, SINCE)()).toEqual(['mail 2', 'mail 3', 'mail 4']);
  });

  it('is taken where it was appended since: its server’s clock is wrong', async () => {
    const path = join(folder, 'box');
    writeFileSync(path, received(OLD, inMbox(1)));
    const read = reader(path, SINCE);
    expect(await read()).toEqual([]);
    appendFileSync(path, received(OLD, inMbox(2)));
    expect(await read()).toEqual(['mail 2']);
  });

  it('is left alone again where the file was written anew, and taken where it was rotated', async () => {
    const path = join(folder, 'box');
    writeFileSync(path, received(OLD, inMbox(1)) + received(NEW, inMbox(2)));
    const read = reader(path, SINCE);
    expect(await read()).toEqual(['mail 2']);
    writeFileSync(path, received(OLD, inMbox(1)) + received(NEW, inMbox(3)) + received(NEW, inMbox(4)));
    expect(await read()).toEqual(['mail 3', 'mail 4']);
    renameSync(path, `${path}.1`);
    writeFileSync(path, received(OLD, inMbox(5)));
    expect(await read()).toEqual(['mail 5']);
  });

  it('is left alone when a Maildir’s flags show it again, and taken where it came since', async () => {
    makeMaildir();
    put('new/1.a', received(OLD, mail(1)), OLD);
    put('new/2.a', received(NEW, mail(2)), NEW);
    const read = reader(folder, SINCE);
    expect(await read()).toEqual(['mail 2']);
    // As much later as the cursor no longer knows single names: only that the file changed.
    const cursor = JSON.stringify({ mboxes: {}, changed: 0, recent: [], since: SINCE, isFirst: false });
    const later = reader(folder, null, cursor);
    renameSync(join(folder, 'new', '1.a'), join(folder, 'cur', '1.a:2,S'));
    put('new/3.a', received(OLD, mail(3)), '2026-11-01T00:00:00Z');
    expect(await later()).toEqual(['mail 2', 'mail 3']);
  });

  it('is left alone by the rest of a first reading that was interrupted', async () => {
    makeMaildir();
    for (let n = 0; n < 600; n++)
      writeFileSync(join(folder, 'new', `${n}.a`), received(n % 2 ? OLD : NEW, mail(n)));
    const source = openGrowing(folder, { now: Date.now });
    const found: string[] = [];
    let cursor: string | null = null;
    for await (const event of source.read({ cursor, since: SINCE, signal: new AbortController().signal })) {
      if (event.kind === 'mail')
        found.push(/^Subject: (.*)$/m.exec(Buffer.from(event.raw).toString())?.[1] ?? '?');
      if (event.kind !== 'cursor') continue;
      cursor = event.cursor;
      break;
    }
    expect(found.length).toBeLessThan(200);
    found.push(...(await reader(folder, null, cursor)()));
    expect(found).toEqual(Array.from({ length: 300 }, (_, n) => `mail ${2 * n}`));
  });

  it.each([
    ['an earlier covernote', { mboxes: {}, changed: 0, recent: [] }],
    ['a first reading of everything', { mboxes: {}, changed: 0, recent: [], since: null, isFirst: true }],
  ])('is taken after a cursor of %s', async (_, cursor) => {
    makeMaildir();
    put('new/1.a', received(OLD, mail(1)), OLD);
    expect(await reader(folder, SINCE, JSON.stringify(cursor))()).toEqual(['mail 1']);
  });
});

describe('a folder', () => {
  it('follows its mboxes, and reads other files when they are new, changed and quiet', async () => {
    writeFileSync(join(folder, 'box'), inMbox(1));
    writeFileSync(join(folder, 'one.eml'), mail(2));
    writeFileSync(join(folder, 'old.gz'), gzipSync(inMbox(3)));
    const read = reader(folder);
    expect(await read(0)).toEqual([]);
    expect((await read()).sort()).toEqual(['mail 1', 'mail 2', 'mail 3']);
    appendFileSync(join(folder, 'box'), inMbox(4));
    writeFileSync(join(folder, 'old.gz'), gzipSync(inMbox(3) + inMbox(5)));
    expect((await read()).sort()).toEqual(['mail 3', 'mail 4', 'mail 5']);
    expect(await read()).toEqual([]);
  });
});

describe('an audit', () => {
  it('finds a mail by its Message-ID wherever it went, and says which is there no more', async () => {
    for (const name of ['cur', 'new']) mkdirSync(join(folder, name));
    for (const n of [1, 2, 3]) writeFileSync(join(folder, 'new', `${n}.a`), mail(n));
    writeFileSync(
      join(folder, 'new', '4.a'),
      'From: Ada <ada@example.org>\nSubject: without an id\n\nBody.\n',
    );
    const { audit } = openGrowing(folder, { now: Date.now, name: 'follow:lists' });
    const { signal } = new AbortController();
    const listed: string[] = [];
    for await (const { messageId } of audit?.ids({ cursor: null, since: null, signal }) ?? [])
      listed.push(messageId);
    expect(listed).toEqual(['1@example.org', '2@example.org', '3@example.org']);
    renameSync(join(folder, 'new', '2.a'), join(folder, 'cur', '2.a:2,S'));
    rmSync(join(folder, 'new', '3.a'));
    const found: string[] = [];
    for await (const event of audit?.fetch(['2@example.org', '3@example.org'], signal) ?? [])
      if (event.kind === 'mail' || event.kind === 'skipped') found.push(`${event.kind} ${event.where}`);
    expect(found.map((each) => each.replace(/ covernote-growing-[^/]*/, ''))).toEqual([
      'mail/cur/2.a:2,S',
      'skipped follow:lists, <3@example.org>',
    ]);
  });
});

describe('a path', () => {
  it('that is missing at first is for a person to mend, later for time', async () => {
    const path = join(folder, 'box');
    await expect(reader(path)()).rejects.toBeInstanceOf(UserError);
    writeFileSync(path, inMbox(1));
    const read = reader(path);
    await read();
    rmSync(path);
    await expect(read()).rejects.toBeInstanceOf(TransientFailure);
  });
});
