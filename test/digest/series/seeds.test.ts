import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { openFiles } from '../../../src/adapters/files/open-files.js';
import { decodeMail } from '../../../src/adapters/mail/decode-mail.js';
import { understand } from '../../../src/digest/message/understand.js';
import { joinFacts } from '../../../src/digest/revision/join-facts.js';
import type { JoinFacts } from '../../../src/digest/revision/revision.js';
import { joinAtOnce } from '../revision/incremental-join.js';

const SEEDS = fileURLToPath(new URL('../../../../shared/seeds/', import.meta.url));

describe.skipIf(!existsSync(SEEDS))('the series of the seeds (skipped without ../shared)', () => {
  it('makes FOLL_PIN v4, v8 and v10 one series, and leaves every other letter alone', async () => {
    const facts: JoinFacts[] = [];
    for await (const event of openFiles(SEEDS).read())
      if (event.kind === 'mail') facts.push(joinFacts(understand(await decodeMail(event.raw))));
    const { series } = joinAtOnce(facts);
    const many = series.filter((group) => group.revisions.length > 1);
    expect(many.map((group) => group.revisions.map((one) => `v${one.version} ${one.total}`))).toEqual([
      ['v4 23', 'v8 26', 'v10 25'],
    ]);
    expect(series.map((group) => group.revisions.length).reduce((sum, count) => sum + count)).toBe(19);
    const pfn = series.find((group) => group.revisions.some((one) => one.title.includes('follow_pfn')));
    expect(pfn?.revisions).toHaveLength(1);
  });
});
