import { describe, expect, it } from 'vitest';
import { readUpstreamCommit } from '../../../src/digest/mail/upstream-commit.js';

const SHA = '1a2b3c4d5e6f708192a3b4c5d6e7f80912345678';

describe('the commit that a patch copies', () => {
  it.each([
    `commit ${SHA} upstream.\n\nFrobs leak.`,
    `[ Upstream commit ${SHA} ]\n\nFrobs leak.`,
    `[Upstream commit ${SHA} ]`,
    `[ upstream commit ${SHA} ]`,
    `Upstream commit ${SHA}.`,
    `Frobs leak.\n\n(cherry picked from commit ${SHA})\nSigned-off-by: Dee <dee@example.org>`,
    `Frobs leak.\n\n(backported from commit ${SHA})`,
  ])('%s', (text) => {
    expect(readUpstreamCommit(text)).toBe(SHA);
  });

  it.each([
    `No upstream commit exists for this patch.`,
    `Since commit ${SHA} ("frob: count"), frobs leak.`,
    `commit ${SHA} ("frob: count") is upstream.`,
    `> [ Upstream commit ${SHA} ]`,
    `Fixes: ${SHA.slice(0, 12)} ("frob: count")`,
    `[ Upstream commit soon ]`,
  ])('none: %s', (text) => {
    expect(readUpstreamCommit(text)).toBeNull();
  });
});
