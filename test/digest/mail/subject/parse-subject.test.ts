import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSubject } from '../../../../src/digest/mail/subject/parse-subject.js';
import { finishesOnAll } from '../../../lib/hang-guard.js';
import { hostileLines } from '../../message/hostile-lines.js';

/** title, version (null: not stated), index, total, flags, prefixes */
type Row = [string, string, number | null, number | null, number | null, string?, string[]?];

function read(raw: string) {
  const subject = parseSubject(raw);
  const flags = (['reply', 'forwarded', 'patch', 'pull', 'rfc', 'resend', 'wip'] as const).filter(
    (flag) => subject[flag],
  );
  return {
    title: subject.title,
    version: subject.versionInferred ? null : subject.version,
    index: subject.index,
    total: subject.total,
    flags: flags.join(' '),
    prefixes: [...subject.prefixes],
  };
}

function check([raw, title, version, index, total, flags = 'patch', prefixes = []]: Row) {
  expect(read(raw)).toEqual({ title, version, index, total, flags, prefixes });
}

describe('the table of facts 2.1', () => {
  it.each<Row>([
    ['[PATCH RFC v4 00/13] mm: x', 'mm: x', 4, 0, 13, 'patch rfc'],
    ['[PATCH RESEND v13 00/10] mm: x', 'mm: x', 13, 0, 10, 'patch resend'],
    ['[RFC PATCH v2 3/5] mm: x', 'mm: x', 2, 3, 5, 'patch rfc'],
    ['[PATCH bpf-next v2] bpf: x', 'bpf: x', 2, null, null, 'patch', ['bpf-next']],
    ['[PATCH 00/33 v6] mm: x', 'mm: x', 6, 0, 33],
    ['[v3 PATCH 1/1] mm: x', 'mm: x', 3, 1, 1],
    ['[PATCH V2 0/4] mm: x', 'mm: x', 2, 0, 4],
    ['[PATCH v2,1/3] mm: x', 'mm: x', 2, 1, 3],
    ['[net-next,v2,1/3] mm: x', 'mm: x', 2, 1, 3, 'patch', ['net-next']],
    ['[PATCHv5 2/2] mm: x', 'mm: x', 5, 2, 2],
    ['[PATCH1/8] mm: x', 'mm: x', null, 1, 8],
    ['[RFCv3 PATCH 1/4] mm: x', 'mm: x', 3, 1, 4, 'patch rfc'],
    ['[RFCv2 00/11] mm: x', 'mm: x', 2, 0, 11, 'patch rfc'],
    ['[PATCH -v2 1/3] mm: x', 'mm: x', 2, 1, 3],
    ['[PATCH v5.1 10/12] mm: x', 'mm: x', 5.1, 10, 12],
    ['[PATCH v10.2.1 1/2] mm: x', 'mm: x', 10.2, 1, 2],
    ['[PATCH v2bis 1/3] mm: x', 'mm: x', 2, 1, 3],
    ['[PATCH r2 1/3] mm: x', 'mm: x', 2, 1, 3],
    ['[PATCH 1-3] mm: x', 'mm: x', null, 1, 3],
    ['[PATCH v3.5 2/4] mm: x', 'mm: x', 3.5, 2, 4],
    ['[PATCH 0 of 3] mm: x', 'mm: x', null, 0, 3],
    ['[PATCH] 1/2: mm: x', 'mm: x', null, 1, 2],
    ['[PATCH] v3: mm: x', 'mm: x', 3, null, null],
    ['[PATCH 0/4] mm: x (v3)', 'mm: x', 3, 0, 4],
    ['[PATCH 3/4/5] mm: x', 'mm: x', null, 4, 5],
    ['[PATCH 6/5] mm: x', 'mm: x', null, 6, 5],
    ['Aw: [PATCH v2 1/2] mm: x', 'mm: x', 2, 1, 2, 'reply patch'],
    ['SV: [PATCH v2 1/2] mm: x', 'mm: x', 2, 1, 2, 'reply patch'],
    ['答复: [PATCH v2 1/2] mm: x', 'mm: x', 2, 1, 2, 'reply patch'],
    ['[EXT] Re: [PATCH v2 1/2] mm: x', 'mm: x', 2, 1, 2, 'reply patch'],
    ['Re: [External] Re: [PATCH v2 1/2] mm: x', 'mm: x', 2, 1, 2, 'reply patch'],
  ])('%s', (...row) => check(row));
});

describe('the checklist S1 to S27', () => {
  it.each<[string, Row]>([
    [
      'S1 comma-separated tags',
      ['[PATCH,net-next,v2,01/14] net: x', 'net: x', 2, 1, 14, 'patch', ['net-next']],
    ],
    ['S1 with a semicolon', ['[PATCH; v2; 1/2] net: x', 'net: x', 2, 1, 2]],
    ['S2 PATCHvN glued, comma', ['[PATCHv4,01/14] net: x', 'net: x', 4, 1, 14]],
    ['S3 RFCvN glued', ['[RFCv2 1/9] net: x', 'net: x', 2, 1, 9, 'patch rfc']],
    ['S4 counter glued to PATCH', ['[PATCH01/12] net: x', 'net: x', null, 1, 12]],
    ['S5 n of m', ['[PATCH 2 of 3] hg: x', 'hg: x', null, 2, 3]],
    ['S6 1/n literal', ['[PATCH 1/n] net: x', 'net: x', null, 1, null]],
    ['S6 0/N literal', ['[PATCH 0/N] net: x', 'net: x', null, 0, null]],
    ['S7 v5.1', ['[PATCH v5.1 07/12] net: x', 'net: x', 5.1, 7, 12]],
    ['S8 -v2 without counter', ['[PATCH -v2] net: x', 'net: x', 2, null, null]],
    ['S9 counter behind the bracket', ['[PATCH] 2/3: net: x', 'net: x', null, 2, 3]],
    ['S10 take N', ['[PATCH] net: awesome feature, take 6', 'net: awesome feature', 6, null, null]],
    ['S10 without tags', ['Awesome feature, take 6', 'Awesome feature', 6, null, null, '']],
    [
      'S10 bare v4 of an untagged letter',
      ['re-enable the fast path v4', 're-enable the fast path', 4, null, null, ''],
    ],
    [
      'S10 not: the title speaks of a v2',
      ['[PATCH 0/2] mm: memory.stat for cgroup v2', 'mm: memory.stat for cgroup v2', null, 0, 2],
    ],
    [
      'S10 not: a bug bot counts',
      ['[syzbot] [net?] WARNING in foo (3)', 'WARNING in foo (3)', null, null, null, '', ['syzbot', 'net?']],
    ],
    ['S12 several groups', ['[PATCH v2][6.1][0/2] net: x', 'net: x', 2, 0, 2, 'patch', ['6.1']]],
    ['S12 RFC in its own group', ['[RFC][PATCH 01/13] net: x', 'net: x', null, 1, 13, 'patch rfc']],
    ['S12 RESEND behind', ['[PATCH v2 0/4][RESEND] net: x', 'net: x', 2, 0, 4, 'patch resend']],
    ['S12 the same group twice', ['[PATCH v5 0/6] [PATCH v5 0/6] net: x', 'net: x', 5, 0, 6]],
    [
      'S13 brackets in the title',
      ['[PATCH] rewrite [a-z] regexes', 'rewrite [a-z] regexes', null, null, null],
    ],
    [
      'S13 a title that begins with a word',
      ['[PATCH 0/4] send[msg] refactoring', 'send[msg] refactoring', null, 0, 4],
    ],
    ['S14 nested brackets', ['[PATCH 1/2 [RESEND]] net: x', 'net: x', null, 1, 2, 'patch resend']],
    ['S15 three numbers', ['[PATCH 3/4/5] net: x', 'net: x', null, 4, 5]],
    ['S16 n over m', ['[PATCH 4/3] net: x', 'net: x', null, 4, 3]],
    ['S17 lower case, colon', ['[Patch 2/2]: net: x', 'net: x', null, 2, 2]],
    ['S18 no opening bracket', ['PATCH V2 3/4] net: x', 'net: x', 2, 3, 4]],
    ['S18 no closing bracket', ['[PATCH v2 3/4 net: x', 'net: x', 2, 3, 4]],
    ['S21 was', ['[PATCH v2] net: y (was: net: x)', 'net: y', 2, null, null]],
    ['S22 NUL and folds', ['[PATCH\n 1/2]\tnet:\u0000 x', 'net: x', null, 1, 2]],
    ['S22 empty', ['', '', null, null, null, '']],
    [
      'M14 zero-width and direction characters, in the tags too',
      ['[PATCH\u200b v2]\ufeff \u202enet:\u2066 x\u200dy', 'net: xy', 2, null, null],
    ],
    ['S23 a stable review', ['[PATCH 6.1 001/225] net: x', 'net: x', null, 1, 225, 'patch', ['6.1']]],
    ['S23 a stable review without PATCH', ['[6.1 001/225] net: x', 'net: x', null, 1, 225, 'patch', ['6.1']]],
    [
      'S23 several kernels',
      ['[PATCH 5.10 5.15 1/3] net: x', 'net: x', null, 1, 3, 'patch', ['5.10', '5.15']],
    ],
    ['S23 a kernel with v', ['[PATCH v2 v4.14.y 0/3] net: x', 'net: x', 2, 0, 3, 'patch', ['v4.14.y']]],
    ['S23 v6.20 is a kernel', ['[PATCH v6.20] net: x', 'net: x', null, null, null, 'patch', ['v6.20']]],
    [
      'S23 a kernel beside the version',
      ['[PATCH v6.1 v2] net: x', 'net: x', 2, null, null, 'patch', ['v6.1']],
    ],
    [
      'S23 numbers in the title',
      ['[PATCH] mm: read 508/512 bytes', 'mm: read 508/512 bytes', null, null, null],
    ],
    [
      'S23 numbers that open the title',
      ['[PATCH] 508/512 byte sectors', '508/512 byte sectors', null, null, null],
    ],
    ['S24 zero padding', ['[PATCH 007/120] net: x', 'net: x', null, 7, 120]],
    [
      'S25 GIT PULL',
      ['[GIT PULL] net fixes for 6.10-rc1', 'net fixes for 6.10-rc1', null, null, null, 'pull'],
    ],
    [
      'S25 GIT PULL with a tree',
      ['[GIT PULL liburing] tests', 'tests', null, null, null, 'pull', ['liburing']],
    ],
    ['S25 PULL n/m', ['[PULL 00/23] arm queue', 'arm queue', null, 0, 23, 'pull']],
    [
      'S25 a pull request of patches',
      ['[PATCH net-next v3 00/9][pull request] q', 'q', 3, 0, 9, 'patch pull', ['net-next']],
    ],
    ['S26 list tag before PATCH', ['[Qemu-devel] [PATCH v2 1/3] hw: x', 'hw: x', 2, 1, 3]],
    ['S26 another list', ['[f2fs-dev] [PATCH] f2fs: x', 'f2fs: x', null, null, null]],
    ['S26 before a reply marker', ['[Linaro-mm-sig] Re: [PATCH] x', 'x', null, null, null, 'reply patch']],
    ['S26 a group of its own', ['[notmuch] [PATCH 2/2] x', 'x', null, 2, 2]],
    [
      'S26 not: a tree in a group of its own',
      ['[net-next][PATCH v2] x', 'x', 2, null, null, 'patch', ['net-next']],
    ],
    ['S27 version and counter alone', ['[v3 00/15] powerpc: x', 'powerpc: x', 3, 0, 15]],
    [
      'S27 tree and counter alone',
      ['[zcrx-next 00/10] next cleanups', 'next cleanups', null, 0, 10, 'patch', ['zcrx-next']],
    ],
    ['S27 RFC alone', ['[RFC 0/5] x', 'x', null, 0, 5, 'patch rfc']],
    ['S27 nothing', ['madvise 32-bit length', 'madvise 32-bit length', null, null, null, '']],
  ])('%s', (_name, row) => check(row));

  it('S19 reads reply markers of many languages', () => {
    for (const marker of 'Re: RE: re: Aw: Antw: SV: VS: Odp: Vá: 回复: 回覆： 返信: Ответ: Re[2]: Re^3: AW: Re :'.split(
      / (?=\S+ ?[:：])/,
    )) {
      expect(parseSubject(`${marker} [PATCH v2 1/2] mm: x`), marker).toMatchObject({
        reply: true,
        version: 2,
        title: 'mm: x',
      });
    }
  });

  it.each([
    ['Fwd: [PATCH] x', true, false],
    ['FW: [RFC PATCH 00/12] x', true, false],
    ['WG: [PATCH] x', true, false],
    ['TR: [PATCH] x', true, false],
    ['转发: [PATCH] x', true, false],
    ['Re: Fwd: x', true, true],
  ])('S19 tells forwarded mail: %s', (raw, forwarded, reply) => {
    expect(parseSubject(raw)).toMatchObject({ forwarded, reply, title: 'x' });
  });

  it.each([
    ['[PATCH] fw: load the firmware later', 'fw: load the firmware later'],
    ['[PATCH] vs: fix', 'vs: fix'],
    ['tr: token ring is gone', 'tr: token ring is gone'],
    ['mm: x', 'mm: x'],
    ['re-enable x', 're-enable x'],
  ])('S19 leaves a prefix of the code alone: %s', (raw, title) => {
    expect(parseSubject(raw)).toMatchObject({ reply: false, forwarded: false, title });
  });

  it.each([
    ['Re: [External] : Re: [PATCH] x', 'x'],
    ['[Resend]Re: [PATCH 0/3][RFC] x', 'x'],
    ['Re: (subset) [PATCH v2 00/10] x', 'x'],
    ['Re: (subset) x', 'x'],
    ['Re: (bisected) [PATCH v2 08/37] x', 'x'],
    ['Re: Re:Re: [PATCH] x', 'x'],
    ['RE: [EXT] Re: [PATCHv11 0/9] x', 'x'],
  ])('S20 strips what gateways and repliers put between: %s', (raw, title) => {
    expect(parseSubject(raw)).toMatchObject({ reply: true, title });
  });

  it.each([
    ['[PATCH v2] y (was: [PATCH] x)', 'y', 'x'],
    ['y (was Re: [GIT PULL] x for 6.17-rc5)', 'y', 'x for 6.17-rc5'],
    ['y (was "Re: PROBLEM: x")', 'y', 'PROBLEM: x'],
    ['[PATCH] y [was: x]', 'y', 'x'],
    ['[PATCH] mm: fix (was wrong) for years', 'mm: fix (was wrong) for years', null],
    ['[PATCH] mm: what was, was', 'mm: what was, was', null],
  ])('S21 finds the older title: %s', (raw, title, was) => {
    expect(parseSubject(raw)).toMatchObject({ title, was });
  });
});

describe('forms that real lists showed', () => {
  it.each<Row>([
    ['[PATCH-cgroup v4 0/6] x', 'x', 4, 0, 6, 'patch', ['cgroup']],
    ['[PATCH/for-next v2 0/2] x', 'x', 2, 0, 2, 'patch', ['for-next']],
    ['[PATCH-for-5.1? v2 0/2] x', 'x', 2, 0, 2, 'patch', ['for-5.1?']],
    ['[PATCHSET v2 0/7] x', 'x', 2, 0, 7],
    ['[RFC][PATCHES v2] x', 'x', 2, null, null, 'patch rfc'],
    ['[PATHC v3 -next 0/3] x', 'x', 3, 0, 3, 'patch', ['-next']],
    ['[PULL|PATCH v3 0/7] x', 'x', 3, 0, 7, 'patch pull'],
    ['[PATCH v4a 00/38] x', 'x', 4, 0, 38],
    ['[LSF/MM/BPF TOPIC][RFC PATCH v4 00/27] x', 'x', 4, 0, 27, 'patch rfc'],
    ['[kvm-unit-tests PATCH v5 0/4] x', 'x', 5, 0, 4, 'patch', ['kvm-unit-tests']],
    ['[PATCH v6 RESEND] x', 'x', 6, null, null, 'patch resend'],
    ['[PATCH v7 RESENT] x', 'x', 7, null, null, 'patch resend'],
    ['[PATCH REPOST 1/2] x', 'x', null, 1, 2, 'patch resend'],
    ['[PATCH WIP 0/3] x', 'x', null, 0, 3, 'patch wip'],
    ['[PATCH DO NOT MERGE 0/3] x', 'x', null, 0, 3, 'patch wip'],
    ['[RFC, v1 0/3] x', 'x', 1, 0, 3, 'patch rfc'],
    ['[PATCH v4 v4 0/2] x', 'x', 4, 0, 2],
    ['[PATCH v2 00/11] Cleanups, take 2', 'Cleanups', 2, 0, 11],
    ['[PATCH v2 0/4] rsrc fixes v2', 'rsrc fixes', 2, 0, 4],
    ['[PATCH v5] Subject: x', 'x', 5, null, null],
    ['[PATCH 0/2] Subject: [PATCH 0/2] x', 'x', null, 0, 2],
    ['[RFC PATCHv2 0/1]', '', 2, 0, 1, 'patch rfc'],
    ['[PATCH take 2 1/3] x', 'x', 2, 1, 3],
    ['[PATCH v3 take2] x', 'x', 3, null, null],
    ['[PATCH take 2 v3] x', 'x', 3, null, null],
    ['[PATCH try#3] x', 'x', 3, null, null],
    ['[PATCH v 2 1/3] x', 'x', 2, 1, 3],
    ['[PATCH] x (1/2)', 'x', null, 1, 2],
    ['[PATCH v1 0/2] x', 'x', 1, 0, 2],
    ['PATCH 1/2: x', 'x', null, 1, 2],
    ['GIT PULL: x', 'x', null, null, null, 'pull'],
    ['[GIT] Networking', 'Networking', null, null, null, 'pull'],
    ['[GIT PULL for v6.2 2/3] x', 'x', null, 2, 3, 'pull', ['for-v6.2']],
    ['[PATCH v2 -resend 0/3] x', 'x', 2, 0, 3, 'patch resend'],
    ['[PATCH v10 resend 2] x', 'x', 10, null, null, 'patch resend'],
    ['[PATCH #2] x', 'x', 2, null, null],
    ['[PATCH v2.] x', 'x', 2, null, null],
    ['Subject: [PATCH v2] x', 'x', 2, null, null],
    ['[PATCH v2 1/2] Re: x', 'x', 2, 1, 2, 'reply patch'],
    ['[PATCH tip/core/rcu 0/5] x', 'x', null, 0, 5, 'patch', ['tip/core/rcu']],
    ['[RFC/PATCH 1/3] x', 'x', null, 1, 3, 'patch rfc'],
    ['[PATCH (v2) 1/3] x', 'x', 2, 1, 3],
    ['[OE-core][PATCH v2] x', 'x', 2, null, null],
    ['[PATCH 1/4] [media] x', 'x', null, 1, 4, 'patch', ['media']],
    ['RFC: x', 'RFC: x', null, null, null, ''],
    ['[PATCH] Revert "[PATCH] x"', 'Revert "[PATCH] x"', null, null, null],
    ['[--bla-- 01/20] x', 'x', null, 1, 20, 'patch', ['--bla--']],
  ])('%s', (...row) => check(row));

  it.each([
    '[tip: x86/urgent] x86/foo: Fix bar',
    '[syzbot] [mm?] WARNING in bar',
    '[linux-next:master] [mm] 8cf0c45999: regression',
    '[merged mm-stable] mm-fix-bar.patch removed from -mm tree',
    '[bug report] mm: add bar',
    'Patch "mm: fix" has been added to the 6.1-stable tree',
  ])('takes no notice for a patch: %s', (raw) => {
    expect(parseSubject(raw)).toMatchObject({ patch: false, pull: false, versionInferred: true });
  });

  it('says which counters were guessed', () => {
    expect(parseSubject('[PATCH 1/8] x').countersInferred).toBe(false);
    for (const raw of ['[PATCH1/8] x', '[PATCH] 1/8: x', '[PATCH] x (1/8)', '[PATCH 1/2/8] x']) {
      expect(parseSubject(raw).countersInferred, raw).toBe(true);
    }
  });

  it('knows nothing of an absent subject', () => {
    expect(parseSubject(null)).toMatchObject({
      raw: '',
      title: '',
      patch: false,
      reply: false,
      version: 1,
      index: null,
    });
  });
});

describe('forms of other projects and of gateways', () => {
  it.each<Row>([
    ['[PATCH v6.9-rc1 1/2] x', 'x', null, 1, 2, 'patch', ['v6.9-rc1']],
    ['[PATCH v6.1-stable 2/3] x', 'x', null, 2, 3, 'patch', ['v6.1-stable']],
    ['[PATCH v6.6-v5.15 v2] x', 'x', 2, null, null, 'patch', ['v6.6-v5.15']],
    ['[PATCH v2-net] x', 'x', 2, null, null, 'patch', ['net']],
    ['[PATCH 1.5/5] x', 'x', null, 1.5, 5],
    ['[PATCH v2 02.5/10] x', 'x', 2, 2.5, 10],
    ['[PATCH 3a/5] x', 'x', null, 3.1, 5],
    ['[PATCH 1/ 3] x', 'x', null, 1, 3],
    ['[PATCH v2.RESEND] x', 'x', 2, null, null, 'patch resend'],
    ['[PATCH ver.3] x', 'x', 3, null, null],
    ['(v2) [PATCH] x', 'x', 2, null, null],
    ['v2 [PATCH 1/2] x', 'x', 2, 1, 2],
    ['[RFA v2 1/3] x', 'x', 2, 1, 3],
    ['***SPAM*** [PATCH v2] x', 'x', 2, null, null],
    ['EXT: [PATCH] x', 'x', null, null, null],
    ['[Fwd: [PATCH v2 2/3] x]', 'x', 2, 2, 3, 'forwarded patch'],
    ['[PATCH] x (fwd)', 'x', null, null, null, 'forwarded patch'],
    ['[pushed] x', 'x', null, null, null],
    ['[COMMITTED 3/5] x', 'x', null, 3, 5],
    ['[GIT] Networking', 'Networking', null, null, null, 'pull'],
    ['[Buildroot] [git commit branch/2024.02.x] x', 'x', null, null, null, '', ['branch/2024.02.x']],
    ['[OE-core][kirkstone][PATCH 3/7] x', 'x', null, 3, 7, 'patch', ['kirkstone']],
    ['[EXTERNAL] [OE-core] [dunfell] [PATCH] x', 'x', null, null, null, 'patch', ['dunfell']],
    ['[scarthgap][PATCH v2] x', 'x', 2, null, null, 'patch', ['scarthgap']],
    ['[meta-oe][master][PATCH] x', 'x', null, null, null, 'patch', ['master']],
    ['[OE-core] [PATCH] x', 'x', null, null, null],
    ['[SRU][J/N:linux-azure][PATCH v2 1/3] x', 'x', 2, 1, 3, 'patch', ['SRU', 'J/N:linux-azure']],
    ['Ping: [PATCH 0/3] x', 'x', null, 0, 3, 'reply patch'],
    ['PING^3 [PATCH v2] x', 'x', 2, null, null, 'reply patch'],
    ['Gentle ping: Re: [PATCH v2] x', 'x', 2, null, null, 'reply patch'],
    ['Ping #2: [PATCH] x', 'x', null, null, null, 'reply patch'],
    ['ping: fix the length of replies', 'ping: fix the length of replies', null, null, null, ''],
    ['[PATCH] ping: [x] y', 'ping: [x] y', null, null, null],
    ['bug#12345: [PATCH v2 1/3] x', 'x', 2, 1, 3],
    ['Re: bug#12345: [PATCH] x', 'x', null, null, null, 'reply patch'],
    ['bug#12345: it crashes', 'bug#12345: it crashes', null, null, null, ''],
    ['RFC: [PATCH 0/2] x', 'x', null, 0, 2, 'patch rfc'],
    ['RFC [PATCH] x', 'x', null, null, null, 'patch rfc'],
    ['RFC: [x86] drop it', 'RFC: [x86] drop it', null, null, null, ''],
    ['[PATCH re-send v2 1/3] x', 'x', 2, 1, 3, 'patch resend'],
    ['[REPOSTED PATCH v2] x', 'x', 2, null, null, 'patch resend'],
    ['[PATCH resubmit] x', 'x', null, null, null, 'patch resend'],
    ['[PATCH resender 1/2] x', 'x', null, 1, 2, 'patch', ['resender']],
    ['[NOT-FOR-MERGE PATCH] x', 'x', null, null, null, 'patch wip'],
    ['[PATCH rev. 3 2/5] x', 'x', 3, 2, 5],
    ['[PATCH] x (version 2)', 'x', 2, null, null],
    ['[PATCH 1/2] x [ver #7]', 'x', 7, 1, 2],
    ['[PATCH] x (rev. 3)', 'x (rev. 3)', null, null, null],
    ['[PATCH] PCI: quirk for a NIC (rev 03)', 'PCI: quirk for a NIC (rev 03)', null, null, null],
    ['[PATCH] mmc: quirk for a card (revision 5)', 'mmc: quirk for a card (revision 5)', null, null, null],
    ['[PATCH] net: phy: support a chip [Rev 1]', 'net: phy: support a chip [Rev 1]', null, null, null],
    ['[PATCH] Bluetooth: support Core, ver 5', 'Bluetooth: support Core, ver 5', null, null, null],
    ['[PATCH] x (attempt 2).', 'x', 2, null, null],
    ['[PATCH] x (v2, RESEND)', 'x', 2, null, null, 'patch resend'],
    ['[PATCH] x [PATCH v2 1/2]', 'x', 2, 1, 2],
    ['[PATCH] x (RFC v2)', 'x', 2, null, null, 'patch rfc'],
    ['[PATCH] x [RFC]', 'x', null, null, null, 'patch rfc'],
    ['[PATCH] x (WIP)', 'x', null, null, null, 'patch wip'],
    ['[PATCH] x - v2', 'x', 2, null, null],
    ['[PATCH v2] x for cgroup v2', 'x for cgroup v2', 2, null, null],
    ['[PATCH v2] x, v2', 'x', 2, null, null],
    ['[PATCH] x (version 2 format)', 'x (version 2 format)', null, null, null],
    ['[PATCH] x (GPL version 2)', 'x (GPL version 2)', null, null, null],
    ['[PATCH] x (version 6.1)', 'x (version 6.1)', null, null, null],
    ['[PATCH] x (part 2)', 'x (part 2)', null, null, null],
    ['[PATCH] x (r2)', 'x (r2)', null, null, null],
    ['[PATCH] x (#12)', 'x (#12)', null, null, null],
    ['[PATCH] x (RFC 7539)', 'x (RFC 7539)', null, null, null],
    ['[PATCH] x (patch)', 'x (patch)', null, null, null],
    ['[PATCH] x -v2', 'x -v2', null, null, null],
    ['[PATCH] (version 2)', '(version 2)', null, null, null],
    // FFmpeg's forge sends its pull requests to the list.
    ['[FFmpeg-devel] [PATCH 1/2] x (PR #123)', 'x', null, 1, 2],
    ['Re: [PATCH v2] x (MR !4) (v2)', 'x', 2, null, null, 'reply patch'],
    ['[PATCH] x (PR 123)', 'x (PR 123)', null, null, null],
    ['[PATCH] x [PR123]', 'x [PR123]', null, null, null],
    ['[PATCH] x (PR gas/123)', 'x (PR gas/123)', null, null, null],
    ['[no patch yet] x', 'x', null, null, null, '', ['no patch yet']],
    ['[BUG, no patch] x', 'x', null, null, null, '', ['BUG, no patch']],
    ['[not a patch] x', 'x', null, null, null, '', ['not a patch']],
    ['[PATCH no-op] x', 'x', null, null, null, 'patch', ['no-op']],
    ['[oe] [meta-python][PATCH v2] x', 'x', 2, null, null],
    ['[oe] [meta-python][scarthgap][PATCH] x', 'x', null, null, null, 'patch', ['scarthgap']],
    ['[PATCH meta-oe] x', 'x', null, null, null, 'patch', ['meta-oe']],
    ['[PATCH] update COPYING to GPL, version 2', 'update COPYING to GPL, version 2', null, null, null],
    ['[HW rev. 3] question', 'question', null, null, null, '', ['HW rev. 3']],
    ['(patch) -p1 fails', '(patch) -p1 fails', null, null, null, ''],
    ['(Patch) Tuesday', '(Patch) Tuesday', null, null, null, ''],
    ['RFC: [dispatch] x', 'RFC: [dispatch] x', null, null, null, ''],
    ['RFC: [patchwork] x', 'RFC: [patchwork] x', null, null, null, ''],
    ['RFC: [no patch yet] x', 'RFC: [no patch yet] x', null, null, null, ''],
    ['【dispatch】x', '【dispatch】x', null, null, null, ''],
    ['bump [foo] to 1.2', 'bump [foo] to 1.2', null, null, null, ''],
    ['Reminder: [LPC 2024] x', 'Reminder: [LPC 2024] x', null, null, null, ''],
    ['bug#12: [Question] x', 'bug#12: [Question] x', null, null, null, ''],
    ['[PATCH] update x to version 2', 'update x to version 2', null, null, null],
    ['【PATCH v2 2/3】x', 'x', 2, 2, 3],
    ['{PATCH v2 2/3} x', 'x', 2, 2, 3],
    ['(patch in review) x', '(patch in review) x', null, null, null, ''],
    ['pull-request: bpf-next 2024-05-01', 'bpf-next 2024-05-01', null, null, null, 'pull'],
    ['pull request (net): ipsec', 'ipsec', null, null, null, 'pull', ['net']],
    ['[LTP] [PATCH v2] x', 'x', 2, null, null],
  ])('%s', (...row) => check(row));

  it.each([
    ['[pushed] x', true],
    ['[committed][PATCH] x', true],
    ['[PATCH, checked in] x', true],
    ['[PATCH] x is pushed', false],
    ['[merged] x', false],
  ])('%s is in the tree already: %s', (raw, pushed) => {
    expect(parseSubject(raw).pushed).toBe(pushed);
  });
});

describe('any string', () => {
  const words = fc.constantFrom(
    '[',
    ']',
    '(',
    ')',
    'PATCH',
    'v2',
    '1/3',
    'Re:',
    'RFC',
    ' ',
    ',',
    'of',
    '0',
    'was:',
    'take',
    ':',
    'x',
    '\n',
    '答复：',
  );
  it('is read without failing, and its parts hold together', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(words, { maxLength: 25 }).map((parts) => parts.join('')),
        ),
        (raw) => {
          const subject = parseSubject(raw);
          expect(Number.isFinite(subject.version) && subject.version >= 0).toBe(true);
          expect(subject.title).toBe(subject.title.trim());
          if (subject.versionInferred) expect(subject.version).toBe(1);
          expect(parseSubject(raw)).toEqual(subject);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('reads what it wrote: tags in any order', () => {
    const tag = fc.record({
      version: fc.integer({ min: 1, max: 99 }),
      total: fc.integer({ min: 1, max: 400 }),
      rfc: fc.boolean(),
    });
    fc.assert(
      fc.property(
        tag,
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
        fc.constantFrom(' ', ',', ', '),
        ({ version, total, rfc }, order, gap) => {
          const words = [`v${version}`, `0/${total}`, 'PATCH', rfc ? 'RFC' : 'net-next'];
          const subject = parseSubject(`[${order.map((at) => words[at]).join(gap)}] mm: x`);
          expect(subject).toMatchObject({ version, index: 0, total, rfc, patch: true, title: 'mm: x' });
        },
      ),
    );
  });

  it('is read in linear time', () => {
    finishesOnAll(hostileLines, parseSubject);
  });
});
