import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { AttachedPart } from '../../../src/adapters/mail/attached-part.js';
import { decodeAttachments } from '../../../src/adapters/mail/attachments.js';
import { MAX_ATTACHMENT_LENGTH, MAX_UNPACKED_BYTES } from '../../../src/adapters/mail/limits.js';

const part = (name: string | null, bytes: Uint8Array, type = 'application/gzip'): AttachedPart => ({
  name,
  type,
  charset: null,
  bytes,
});
const packed = gzipSync('diff --git a/x b/x\r\n');
const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));

it.each<[string, AttachedPart, readonly string[]]>([
  ['a patch', part('v2-0001-x.patch.gz', packed), ['v2-0001-x.patch: diff --git a/x b/x\n']],
  [
    'a diff under any type',
    part('x.diff.gz', packed, 'application/octet-stream'),
    ['x.diff: diff --git a/x b/x\n'],
  ],
  [
    'one that was unpacked on its way',
    part('x.patch.gz', Buffer.from('diff'), 'text/x-patch'),
    ['x.patch.gz: diff'],
  ],
  ['other archives', part('x.tar.gz', packed), []],
  ['a part without a name', part(null, packed), []],
  ['one that is cut short', part('x.patch.gz', packed.subarray(0, 20), 'text/x-patch'), []],
  ['one that unpacks to 64 MB', part('x.patch.gz', bomb, 'text/x-patch'), []],
])('a gzipped attachment: %s', (_, attached, expected) => {
  expect(decodeAttachments([attached]).map(({ name, text }) => `${name}: ${text}`)).toEqual(expected);
});

it('unpacks no more than the bound from all attachments of a mail', () => {
  const large = gzipSync(Buffer.alloc(MAX_ATTACHMENT_LENGTH, 'a'));
  const sizes = decodeAttachments(Array.from({ length: 20 }, () => part('x.patch.gz', large))).map(
    ({ text }) => text.length,
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(MAX_UNPACKED_BYTES);
});

it('counts what was too large, so that the patch behind many such is not reached', () => {
  const many = Array.from({ length: 10 }, () => part('x.patch.gz', bomb));
  expect(decodeAttachments([...many, part('y.patch.gz', packed)])).toEqual([]);
});
