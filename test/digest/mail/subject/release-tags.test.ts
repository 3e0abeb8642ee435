import { describe, expect, it } from 'vitest';
import { parseSubject } from '../../../../src/digest/mail/subject/parse-subject.js';
import { readReleaseTags } from '../../../../src/digest/mail/subject/release-tags.js';

const read = (subject: string) => readReleaseTags(parseSubject(`${subject} mm: fix it`).prefixes);

describe('the releases that tags name', () => {
  it.each([
    ['[PATCH AUTOSEL 6.12 3/9]', ['6.12.y']],
    ['[PATCH AUTOSEL 6.17-6.12]', ['6.17.y', '6.12.y']],
    ['[PATCH 6.6.y]', ['6.6.y']],
    ['[PATCH v5.10.y 1/2]', ['5.10.y']],
    ['[5.10.y PATCH]', ['5.10.y']],
    ['[PATCH V3 6.6.y]', ['6.6.y']],
    ['[PATCH 6.1.y 6.6.y 1/1]', ['6.1.y', '6.6.y']],
    ['[PATCH 5.10 5.15 1/3]', ['5.10.y', '5.15.y']],
    ['[PATCH 5.10/5.15/6.1]', ['5.10.y', '5.15.y', '6.1.y']],
    ['[PATCH -stable,6.6 v2 0/2]', ['6.6.y']],
    ['[PATCH stable 6.1]', ['6.1.y']],
    ['[PATCH stable-6.1 1/1]', ['6.1.y']],
    ['[PATCH v6.1-stable 2/3]', ['6.1.y']],
    ['[PATCH for-6.1.y]', ['6.1.y']],
    ['[PATCH linux-5.15.y 0/4]', ['5.15.y']],
    ['[PATCH stable/6.1]', ['6.1.y']],
    ['[Stable-8.2.3 01/71]', ['8.2.3']],
    ['[PATCH AUTOSEL]', []],
  ])('%s are stable ones', (subject, branches) => {
    expect(read(subject)).toEqual({ branches, isStable: true });
  });

  it.each([
    ['[PATCH 5.15 012/317]', ['5.15.y']],
    ['[PATCH 6.12]', ['6.12.y']],
    ['[PATCH][6.1][0/2]', ['6.1.y']],
    ['[PATCH v6.20]', ['6.20.y']],
    ['[PATCH for-6.18]', ['6.18.y']],
    ['[PATCH stable 1/2]', []],
  ])('%s may be the next one', (subject, branches) => {
    expect(read(subject)).toEqual({ branches, isStable: false });
  });

  it.each([
    '[PATCH net 0/3]',
    '[PATCH v2]',
    '[PATCH 6.1-rc2]',
    '[PATCH v6.9-rc1 1/2]',
    '[PATCH linux dev-6.6 v2]',
    '[PATCH dev-5.6 1/3]',
    '[PATCH io_uring-6.15]',
    '[PATCH mm-stable]',
    '[PATCH mm-unstable v3 1/2]',
    '[PATCH for-6.18/block 1/2]',
    '[PATCH cgroup/for-6.20]',
    '[PATCH xfsprogs-5.14.2]',
    '[PATCH kirkstone]',
  ])('%s are none', (subject) => {
    expect(read(subject)).toBeNull();
  });
});
