import { expect, it } from 'vitest';
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
