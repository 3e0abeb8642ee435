import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gunzip } from '../../../src/adapters/files/gunzip.js';
import { readMails } from '../../../src/adapters/files/read-file.js';
import type { SourceEvent } from '../../../src/digest/ports/mail-source.js';

const MEMBER = gzipSync('From: Alice <alice@example.org>\nSubject: a\n\nbody\n');
const TEXT = 'From: Alice <alice@example.org>\nSubject: a\n\nbody\n';
const MB = 1024 * 1024;

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function unpack(bytes: Buffer, size = 256 * 1024): Promise<{ text: string; problem: string | null }> {
  const pieces: Buffer[] = [];
  let problem: string | null = null;
  for await (const piece of gunzip(inChunks(bytes, size), ({ code }) => (problem = code))) pieces.push(piece);
  return { text: Buffer.concat(pieces).toString('latin1'), problem };
}

/** A member with every optional field of RFC 1952. */
function withAllFields(): Buffer {
  const header = Buffer.from(MEMBER.subarray(0, 10));
  header[3] = 0x02 | 0x04 | 0x08 | 0x10;
  const fields = Buffer.from('\x03\x00abcname\x00comment\x00cc', 'latin1');
  return Buffer.concat([header, fields, MEMBER.subarray(10)]);
}

describe('gunzip', () => {
  it.each<[string, Buffer, string, string | null]>([
    ['one member', MEMBER, TEXT, null],
    ['one member with every header field', withAllFields(), TEXT, null],
    ['two members', Buffer.concat([MEMBER, MEMBER]), TEXT + TEXT, null],
    ['members parted by zeros', Buffer.concat([MEMBER, Buffer.alloc(9000), MEMBER]), TEXT + TEXT, null],
    ['zeros at the end', Buffer.concat([MEMBER, Buffer.alloc(512)]), TEXT, null],
    ['an empty member', Buffer.concat([gzipSync(''), MEMBER]), TEXT, null],
    ['text at the end', Buffer.concat([MEMBER, Buffer.from('and more')]), TEXT, 'gzip-damaged'],
    ['a cut in the second member', Buffer.concat([MEMBER, MEMBER.subarray(0, 5)]), TEXT, 'truncated'],
    ['a cut in the checksum', MEMBER.subarray(0, -3), TEXT, 'truncated'],
    ['a cut after the header', MEMBER.subarray(0, 10), '', 'truncated'],
    ['a wrong checksum', Buffer.concat([MEMBER.subarray(0, -8), Buffer.alloc(8, 7)]), TEXT, 'gzip-damaged'],
    ['another method', Buffer.from([0x1f, 0x8b, 7, 0, 0, 0, 0, 0, 0, 0, 1]), '', 'gzip-damaged'],
    [
      'a damaged second member',
      Buffer.concat([MEMBER, Buffer.from(MEMBER).fill(0xff, 10, 30)]),
      TEXT,
      'gzip-damaged',
    ],
  ])(
    'names what is wrong and keeps what came before, in chunks of any length: %s',
    async (_, bytes, text, problem) => {
      for (const size of [1, 7, 18, 256 * 1024]) expect(await unpack(bytes, size)).toEqual({ text, problem });
    },
  );

  it('unpacks no more than a few MB ahead of its reader', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * MB));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    let count = 0;
    for await (const piece of gunzip(inChunks(bomb, 256 * 1024), () => undefined)) {
      count += piece.length;
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    // It used to hold all of a chunk: 256 KB become 270 MB.
    expect(count).toBeGreaterThan(50 * MB);
    expect(most).toBeLessThan(100 * MB);
  });

  it('stops at a bomb, and names it', async () => {
    const bomb = Buffer.concat([MEMBER, gzipSync(Buffer.alloc(100 * MB))]);
    let unpacked = 0;
    let problem = '';
    for await (const piece of gunzip(inChunks(bomb, 256 * 1024), ({ code }) => (problem = code)))
      unpacked += piece.length;
    expect(problem).toBe('gzip-bomb');
    expect(unpacked).toBeLessThan(80 * MB);
  });

  it('reads an archive of mail that shrinks to a thirtieth, however large', async () => {
    const mails = Array.from(
      { length: 100 },
      (_, n) => `Subject: ${n} ${Math.sin(n)}\n\n${'same words\n'.repeat(20)}`,
    );
    const member = gzipSync(mails.join(''));
    const members = Array.from({ length: 4000 }, () => member);
    let count = 0;
    let problem: string | null = null;
    for await (const piece of gunzip(
      inChunks(Buffer.concat(members), 256 * 1024),
      ({ code }) => (problem = code),
    ))
      count += piece.length;
    expect(count).toBeGreaterThan(64 * MB);
    expect(problem).toBeNull();
  });
});

describe('a bomb among mails', () => {
  it('ends the file with its problem; the mails before it are read', async () => {
    const separator = 'From alice@example.org Mon Dec  9 20:19:30 2019\n';
    const mbox = `${separator}Subject: a\n\nx\n\n${separator}Subject: b\n\n`;
    const packed = Buffer.concat([gzipSync(mbox), gzipSync(Buffer.alloc(100 * MB, '\n'))]);
    const found: SourceEvent[] = [];
    for await (const event of readMails('bomb.gz', inChunks(packed, 256 * 1024), () => null))
      found.push(event);
    expect(
      found.map((event) => ('problems' in event ? event.problems.map(({ code }) => code) : event.kind)),
    ).toEqual([[], ['too-large', 'gzip-bomb']]);
  });
});
