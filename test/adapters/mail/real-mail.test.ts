import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openFiles } from '../../../src/adapters/files/open-files.js';
import { decodeMail } from '../../../src/adapters/mail/decode-mail.js';
import type { Mail } from '../../../src/digest/mail/mail.js';

/** Other people's mail, which some checkouts have next to them. */
const shared = fileURLToPath(new URL('../../../../shared/', import.meta.url));

async function readAll(path: string): Promise<{ mails: Mail[]; codes: Record<string, number> }> {
  const mails: Mail[] = [];
  const codes: Record<string, number> = {};
  for await (const event of openFiles(join(shared, path)).read()) {
    if (event.kind !== 'mail' && event.kind !== 'skipped') continue;
    const mail = event.kind === 'mail' ? await decodeMail(event.raw) : null;
    if (mail !== null) mails.push(mail);
    const problems = event.kind === 'mail' ? [...event.problems, ...(mail?.problems ?? [])] : [event.problem];
    for (const { code } of problems) codes[code] = (codes[code] ?? 0) + 1;
  }
  return { mails, codes };
}

describe.skipIf(!existsSync(shared))('real mail (skipped where ../shared is missing)', () => {
  it('the seeds are 19 covers, one of them without headers', async () => {
    const { mails } = await readAll('seeds');
    expect(mails).toHaveLength(19);
    expect(mails.filter((mail) => mail.from === null).map(({ subject }) => subject)).toEqual([
      '[PATCH v4 00/23] mm/gup: track dma-pinned pages: FOLL_PIN, FOLL_LONGTERM',
    ]);
    expect(mails.filter((mail) => mail.lists[0] === 'kvm@vger.kernel.org')).toHaveLength(18);
    const people = mails.flatMap((mail) => [...mail.to, ...mail.cc]).map(({ name }) => name);
    expect(people).toContain('Björn Töpel');
    expect(people).toContain('Radim Krčmář');
    expect(people.join(' ')).not.toMatch(/=\?|\ufffd/);
  });

  it.each([
    // Six mails begin in the middle of their headers.
    ['corpora/kvm-2020', 940, { 'header-from-heading': 6, 'message-id-missing': 6, 'date-missing': 6 }],
    ['corpora/lkml-2010.mbox.gz', 210, {}],
    ['corpora/covers-and-revisions.mbox.gz', 2934, {}],
  ])('%s holds %i mails', { timeout: 120_000 }, async (path, count, expected) => {
    const { mails, codes } = await readAll(path);
    expect(mails).toHaveLength(count);
    expect(codes).toEqual(expected);
    expect(mails.every((mail) => mail.lists.length > 0 && mail.subject !== null)).toBe(true);
  });

  it('io-uring-10k holds 10,000 mails', { timeout: 120_000 }, async () => {
    let count = 0;
    for await (const event of openFiles(join(shared, 'corpora/io-uring-10k.mbox.gz')).read()) {
      if (event.kind === 'mail') count++;
      expect(event.kind).not.toBe('skipped');
    }
    expect(count).toBe(10_000);
  });
});
