import { describe, expect, it } from 'vitest';
import { parseLetter } from '../../../src/digest/letter/parse-letter.js';

const letter = (text: string) => parseLetter(text, { version: 1, total: null, kind: 'pull' });

const REQUEST = `The following changes since commit 8f0cb6663acc3bd2f4a1a1a6a1d8ea5f1f2bd4f1:

  Linux 7.2-rc4 (2026-11-01 14:11:32 -0800)

are available in the Git repository at:

  https://git.example.org/linux.git tags/io_uring-7.2

for you to fetch changes up to 51c1c5a8c3d0d63f7be0a3f1a5a9c2b4e6d8f0a1:

  io_uring/net: clear MORE when a receive ends (2026-11-12 08:00:00 -0700)
`;

it('takes what git writes for no words of the author', () => {
  expect(letter(`Two fixes.\n\nPlease pull!\n\n${REQUEST}\n-----\nThe tag's own words.\n-----\n`).intro).toBe(
    "Two fixes.\n\nPlease pull!\n\nThe tag's own words.",
  );
});

it('keeps what follows a request that stops in its middle', () => {
  expect(letter('The following changes since commit 1234567:\n\nIt fixes a leak.').intro).toBe(
    'It fixes a leak.',
  );
});

describe('where a request asks to pull from', () => {
  const PLACE = '  https://git.example.org/linux.git tags/io_uring-7.2\n';
  it.each<[string, string, string | null]>([
    ['as git writes it', REQUEST, 'https://git.example.org/linux.git tags/io_uring-7.2'],
    [
      'a branch that is not named',
      REQUEST.replace(' tags/io_uring-7.2', ''),
      'https://git.example.org/linux.git',
    ],
    [
      'by ssh',
      REQUEST.replace('https://git.example.org/', 'git@git.example.org:'),
      'git@git.example.org:linux.git tags/io_uring-7.2',
    ],
    [
      'the first of two',
      `${REQUEST}\n${REQUEST.replace('io_uring-7.2', 'block-7.2')}`,
      'https://git.example.org/linux.git tags/io_uring-7.2',
    ],
    ['what someone else asked', REQUEST.replace(/^/gm, '> '), null],
    ['words in its place', REQUEST.replace(PLACE, '  the usual place\n'), null],
    ['nothing', REQUEST.slice(0, REQUEST.indexOf(PLACE)), null],
    ['no request', 'It is available in the Git repository at:\n\n  https://git.example.org/a.git x\n', null],
  ])('%s', (_, text, expected) => {
    expect(letter(text).pullFrom).toBe(expected);
  });
});
