import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseDiff } from '../../../src/digest/patch/parse-diff.js';
import { splitAtDiff } from '../../../src/digest/patch/split-at-diff.js';

const MAILBOX = new URL('../../../../shared/corpora/lkml-2010.mbox.gz', import.meta.url);

/** Git's diffs among the mails whose text needs no decoding. */
function realDiffs(): string[] {
  const mails = gunzipSync(readFileSync(MAILBOX))
    .toString('utf8')
    .split(/^From [^\n]*\n/m);
  return mails
    .filter((mail) => !/^content-transfer-encoding: *(?:base64|quoted-printable)/im.test(mail))
    .map((mail) => splitAtDiff(mail.slice(mail.indexOf('\n\n') + 2)).diff)
    .filter((diff) => diff.startsWith('diff '));
}

describe.skipIf(!existsSync(MAILBOX))('real patches (skipped where ../shared is missing)', () => {
  it('have the id that git gives them', () => {
    const diffs = realDiffs();
    expect(diffs.length).toBeGreaterThan(30);
    // Each diff goes under a made-up commit, which git prints next to its hash.
    const input = diffs.map((diff, at) => `commit ${String(at).padStart(40, '0')}\n${diff}\n`).join('');
    const printed = execFileSync('git', ['patch-id', '--stable'], { input, encoding: 'utf8' });
    const sums = new Map(
      printed
        .trim()
        .split('\n')
        .map((line) => [Number(line.slice(41)), line.slice(0, 40)]),
    );
    const differing = diffs.filter((diff, at) => parseDiff(diff)?.patchId !== sums.get(at));
    expect(differing).toEqual([]);
  });
});
