import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailKey, nameKey, sameWriter } from '../../../src/digest/mail/person-key.js';
import { clusterKeys } from '../../../src/digest/revision/cluster-keys.js';
import { sendingStem } from '../../../src/digest/revision/sending-stem.js';
import {
  tellingPairs,
  tellingWords,
  titleKey,
  titleSimilarity,
} from '../../../src/digest/revision/title-key.js';
import { finishes } from '../../lib/hang-guard.js';
import { ANN, BOB, DAY, makeFacts } from './make-facts.js';

describe('clusterKeys', () => {
  it.each([
    ['a mail alone', { id: 'a', subject: 'Hello' }, ['id:a@x']],
    ['a single patch', { id: 'a', subject: '[PATCH] one' }, ['id:a@x']],
    ['a reply', { id: 'a', subject: 'Re: x', re: ['p', 'c'] }, ['id:a@x', 'id:p@x', 'id:c@x']],
    [
      'a counted patch, on its day and the next',
      { id: 'a', subject: '[PATCH 1/3] one' },
      ['id:a@x', 'by:ann@example.org|3@19723', 'by:ann@example.org|3@19724'],
    ],
    [
      'one without a date',
      { id: 'a', subject: '[PATCH 1/3] one', at: null },
      ['id:a@x', 'by:ann@example.org|3@undated'],
    ],
  ])('of %s', (_, mail, keys) => {
    expect(clusterKeys(makeFacts(mail))).toEqual(keys);
  });

  it('lets mails of one posting meet across midnight, and no further', () => {
    const key = (at: number): readonly string[] =>
      clusterKeys(makeFacts({ id: `m${at}`, subject: '[PATCH 1/3] one', at })).filter((one) =>
        one.startsWith('by:'),
      );
    const meet = (a: number, b: number): boolean => key(a).some((one) => key(b).includes(one));
    expect([meet(DAY - 1, DAY + 1), meet(0, 3 * DAY)]).toEqual([true, false]);
  });

  it('keeps the root and the newest of thousands of references', () => {
    const re = Array.from({ length: 3000 }, (_, at) => `r${at}`);
    const keys = clusterKeys(makeFacts({ id: 'a', subject: 'Re: x', re }));
    expect(keys).toHaveLength(11);
    expect(keys).toContain('id:r2999@x');
    expect(keys).toContain('id:r0@x');
  });

  it('hashes ids that no index would hold, and leaves out references that are none', () => {
    const keys = clusterKeys(makeFacts({ id: `${'a'.repeat(5000)}@x`, subject: 'Re: x' }));
    expect(keys.every((key) => key.length < 320)).toBe(true);
    expect(clusterKeys({ ...makeFacts({ id: 'a', subject: 'Re: x' }), inReplyTo: 'y' })).toEqual(['id:a@x']);
  });
});

describe('titles', () => {
  it.each([
    ['KVM: x86: Fix  the clock.', 'kvm x86 fix the clock'],
    ['mm/gup: FOLL_PIN', 'mm gup foll_pin'],
    ['Привет, мир', 'привет мир'],
    ['…', ''],
  ])('%s becomes %s', (title, key) => {
    expect(titleKey(title)).toBe(key);
  });

  it.each([
    ['Fix typos', 0],
    ['mm: fix typos', 1],
    ['KVM: x86: Fix put_fpu() without load_fpu() on MPX', 6],
  ])('%s has %i telling words', (title, count) => {
    expect(tellingWords(titleKey(title))).toBe(count);
  });

  it.each([
    ['kvm: fix the clock', 'kvm: fix the clock', 1],
    ['kvm: fix the clock', 'mm: track pages', 0],
    ['', '', 0],
  ])('%s and %s are alike by %d', (a, b, likeness) => {
    expect(titleSimilarity(titleKey(a), titleKey(b))).toBe(likeness);
  });

  it('pairs the words behind the prefix', () => {
    expect(tellingPairs('mm/gup: track dma-pinned pages')).toEqual([
      'track dma',
      'dma pinned',
      'pinned pages',
    ]);
  });

  it.each([' ', '[', 'a', ': ', 'a b ', '\u0301', '💥'])('takes 100,000 times %j without hanging', (unit) => {
    const long = unit.repeat(100_000 / unit.length);
    finishes(() => {
      for (const read of [titleKey, tellingPairs, nameKey, emailKey, sendingStem]) read(long);
    });
  });
});

describe('people', () => {
  it.each([
    ['Yongji Xie', 'Xie Yongji', true],
    ['Matthew Wilcox (Oracle)', 'Matthew Wilcox', true],
    ['Björn Töpel', 'Bjorn Topel', true],
    ['linmiaohe', 'linmiaohe', false],
    ['', '', false],
    ['Ann Author', 'Bob Builder', false],
  ])('%s and %s: one name: %s', (a, b, same) => {
    expect(nameKey(a) !== '' && nameKey(a) === nameKey(b)).toBe(same);
  });

  it('reads a plain name as it reads one that is written in wide letters', () => {
    const wide = (name: string) =>
      name.replace(/[!-'*-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 60 }), (name) => {
        expect(nameKey(wide(name))).toBe(nameKey(name));
      }),
    );
  });

  it.each([
    [ANN, ANN, true],
    [ANN, BOB, false],
    [ANN, 'Ann Author <ann@home.example.net>', true],
    ['ann@example.org', ANN, true],
    ['Ann Author <ann+kernel@example.org>', 'A. <ann@example.org>', true],
  ])('%s and %s are one writer: %s', (a, b, same) => {
    const writer = (from: string) => makeFacts({ id: 'a', subject: 'x', from });
    expect(sameWriter(writer(a), writer(b))).toBe(same);
  });
});

describe('sendingStem', () => {
  it.each([
    ['20191209201932.14259-1-ann@example.org', '20191209201932.14259'],
    ['1593974870-18919-1-git-send-email-ann@example.org', '1593974870-18919'],
    ['cover.1588253029.git.ann@example.org', '1588253029.git.'],
    ['126a5fbb2bfdfb1c3aa9421c0a8e22d8cc0af602.1588253029.git.ann@example.org', '1588253029.git.'],
    ['172547884995.206112.808619042206173396.stgit@host', '206112'],
    ['20230422-uring-getdents-v1-0-14c1db36e98c@example.org', '20230422-uring-getdents-v1'],
    ['20240101120001.123456789@quilt.example.org', null],
    ['ZjnzZhcOQ/xVDU3e@example.org', null],
  ])('of %s is %s', (id, stem) => {
    expect(sendingStem(id)).toBe(stem);
  });
});
