import { describe, expect, it } from 'vitest';
import { receivedDateIn } from '../../../src/digest/mail/mail-date.js';

const AT = 'Mon, 1 Jun 2026 10:00:00 +0200';

describe('when a mail was received, read from its bytes,', () => {
  it.each([
    ['is the topmost Received', `Received: by a; ${AT}\nReceived: by b; Mon, 1 Jan 2018 00:00:00 +0000`],
    [
      'may be folded',
      `From: a\nReceived: from a (b; c)\n\tby d with ESMTP\n ;\n\tMon, 1 Jun 2026\n 10:00:00 +0200 (CEST)`,
    ],
    ['is the next one where that tells none', `Received: by a; soon\nreceived : by b; ${AT}`],
    [
      'is not what the fold of another header says',
      `X-Was: a\n Received: by a; Mon, 1 Jan 2018 00:00:00 +0000\nReceived: by b; ${AT}`,
    ],
  ])('%s', (_, head) => {
    for (const text of [`${head}\n\nReceived: by x; Tue, 1 Jan 2019 00:00:00 +0000\n`, head])
      expect(receivedDateIn(Buffer.from(text))).toBe('2026-06-01T08:00:00Z');
  });

  it.each([
    ['no Received', `From: a\nDate: ${AT}\n\nReceived: by a; ${AT}\n`],
    ['a Received that is none', `Received-SPF: pass; ${AT}\n\n`],
    ['nothing', ''],
    ['a body alone', `\nReceived: by a; ${AT}\n`],
    ['a Received behind 64 KB of others', `X: ${'x'.repeat(65_500)}\nReceived: by a; ${AT}\n\n`],
  ])('is not read from %s', (_, text) => {
    expect(receivedDateIn(Buffer.from(text))).toBeNull();
  });
});
