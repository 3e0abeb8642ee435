import { describe, expect, it } from 'vitest';
import { readReport } from '../../../src/digest/claims/read-report.js';
import { botOf } from '../../../src/digest/mail/bots.js';
import type { Mail } from '../../../src/digest/mail/mail.js';
import { mailOf } from './mail.js';

const LKP = 'lkp@intel.com';

/** `build fail`, with what it is about behind it; null if it reports nothing. */
function reported(text: string, email = LKP, rest: Partial<Mail> = {}): string | null {
  const mail = mailOf(text, { from: { name: 'A Program', email }, ...rest });
  const found = readReport(mail, botOf(mail, mail.from ?? { name: '', email: '' }));
  if (found === null) return null;
  return [
    found.kind,
    found.result,
    ...found.about,
    ...(found.title === null ? [] : [`"${found.title}"`]),
  ].join(' ');
}

describe('what a program reports', () => {
  it.each<[string, string, string, string | null]>([
    ['build errors', 'Hi,\n\nkernel test robot noticed the following build errors:', LKP, 'build fail'],
    ['a laboratory', 'Test-Label: unit-testing\nTest-Status: WARNING', 'dpdklab@example.org', 'ci warning'],
    [
      "devicetree's checks",
      "My bot found errors running 'make dt_binding_check' on your patch:",
      'robh@example.org',
      'ci fail',
    ],
    ['build warnings', 'kernel test robot noticed the following build warnings:', LKP, 'build warning'],
    ['warnings of sparse', 'sparse warnings: (new ones prefixed by >>)', LKP, 'build warning'],
    ['errors and warnings', 'All error/warnings (new ones prefixed by >>):', LKP, 'build fail'],
    ['a failed test', 'kernel test robot noticed "WARNING:at_x" on:', 'oliver.sang@intel.com', 'test fail'],
    [
      'a regression',
      'kernel test robot noticed a 51.1% regression of fio.read_bw_MBps on:',
      'oliver.sang@intel.com',
      'test fail',
    ],
    [
      'an improvement',
      'kernel test robot noticed a 12.0% improvement of will-it-scale on:',
      'oliver.sang@intel.com',
      'test pass',
    ],
    ['what is quoted', '> kernel test robot noticed the following build errors:\n\nHi.', LKP, null],
    [
      'a proposed patch that works',
      'syzbot has tested the proposed patch and the reproducer did not trigger any issue:',
      'syzbot+1a@syzkaller.appspotmail.com',
      'syzbot pass',
    ],
    [
      'one that does not',
      'syzbot has tested the proposed patch but the reproducer is still triggering an issue:',
      'syzbot+1a@syzkaller.appspotmail.com',
      'syzbot fail',
    ],
    [
      'a tree without any patch',
      'syzbot has tested the proposed patch and the reproducer did not trigger any issue:\n\nNote: no patches were applied.',
      'syzbot+1a@syzkaller.appspotmail.com',
      null,
    ],
    [
      'a bug of a release',
      'syzbot found the following issue on:\n\nHEAD commit: 1',
      'syzbot+1a@syzkaller.appspotmail.com',
      null,
    ],
    [
      'what a bug was bisected to',
      `syzbot has bisected this issue to:\n\ncommit ${'1a'.repeat(20)}\nAuthor: Ada <ada@example.org>\nDate: x\n\n    frob: keep it`,
      'syzbot+1a@syzkaller.appspotmail.com',
      'syzbot fail "frob: keep it"',
    ],
    [
      'a table, all well',
      'CheckA   PASS   0.1 seconds\nCheckB   PENDING   1 s',
      'bluez.test.bot@gmail.com',
      'ci pass',
    ],
    [
      'a table with a failure',
      'CheckA   PASS   1 s\nCheckB   FAIL   1 s',
      'bluez.test.bot@gmail.com',
      'ci fail',
    ],
    ['a table with a warning', 'CheckA   PASS   1 s\nCheckB   WARNING   1 s', 'ci@example.org', 'ci warning'],
    ['nothing but pending', 'CheckA   PENDING   1 s\nCheckB   SKIP   1 s', 'ci@example.org', null],
    ['what does not apply', 'the patches could not be applied to HEAD', 'ci@example.org', 'ci fail'],
    [
      'remarks of a reviewing program',
      'Is the lock dropped here?',
      'sashiko-bot@example.org',
      'ai-review warning',
    ],
    ['none of them', 'Reviewed, no issues found.', 'sashiko-bot@example.org', 'ai-review pass'],
    ['regressions', 'Regressions found on arm64', 'lkft@linaro.org', 'test fail'],
    ['none', 'No regressions on arm64, arm, x86_64', 'lkft@linaro.org', 'test pass'],
    [
      'a series that does not build',
      'This series failed the docker-quick build test.',
      'no-reply@patchew.org',
      'ci fail',
    ],
    ['a notice', 'A build failed on your branch', 'noreply@example.org', null],
    ["a maintainer's bot", 'Tests passed. This patch was applied', 'patchwork-bot@kernel.org', null],
    ['a person', 'kernel test robot noticed the following build errors:', 'jane@example.org', null],
  ])('%s', (_, text, email, expected) => {
    expect(reported(text, email)).toBe(expected);
  });

  it('takes what Intel writes in the subject', () => {
    const subject = '✗ Fi.CI.BAT: failure for drm/frob: keep it (rev3)';
    expect(reported('See the log.', 'patchwork@example.org', { subject })).toBe('ci fail');
    expect(reported('Look.', 'patchwork@example.org', { subject: 'drm/frob: keep it' })).toBeNull();
  });

  it('leaves out heads of trees', () => {
    const subject = '[frob:master] BUILD SUCCESS 0123456789';
    expect(reported('branch HEAD: 0123456789  frob: keep it', LKP, { subject })).toBeNull();
  });

  it('knows the patch by its link and its title, and not by the address of the report', () => {
    const text = `kernel test robot noticed the following build errors:

patch link:    https://lore.kernel.org/r/p1%40example.org
patch subject: [PATCH v3 1/4] frob: keep it
| Closes: https://lore.kernel.org/oe-kbuild-all/reply-1@example.org/`;
    expect(reported(text)).toBe('build fail p1@example.org "frob: keep it"');
    expect(reported('commit: 0123456789 [4/9] frob: keep it\nAll errors (new ones prefixed by >>):')).toBe(
      'build fail "frob: keep it"',
    );
  });

  it('names at most eight mails', () => {
    const links = Array.from({ length: 50 }, (_, n) => `https://lore.kernel.org/all/p${n}@example.org`);
    const text = ['and found the following issue:', ...links].join('\n');
    const mail = mailOf(text, { from: { name: '', email: LKP } });
    expect(readReport(mail, { who: 'x', says: 'ci' })?.about).toHaveLength(8);
  });

  it('names the sender where the table has only a pattern', () => {
    const mail = mailOf('All tests passed', { from: { name: 'Frob CI', email: 'ci@example.org' } });
    expect(readReport(mail, botOf(mail, mail.from ?? { name: '', email: '' }))?.by).toBe('Frob CI');
  });
});
