import { isAutomatic, isSelfDescribed } from './automatic.js';
import type { Address, Mail } from './mail.js';
import { emailKey } from './person-key.js';

export const botSubjects = [
  'build',
  'test',
  'static-analysis',
  'ai-review',
  'syzbot',
  'ci',
  'applied',
  'notification',
] as const;

/** What the mail of a program is about. */
type BotSubject = (typeof botSubjects)[number];

/** A program that writes to lists. */
export interface Bot {
  readonly who: string;
  readonly says: BotSubject;
}

interface BotRow extends Bot {
  /**
   * Exact addresses in lower case, without the `+tag`; `*` matches any characters but `@` before it, and for the whole domain after it.
   */
  readonly addresses: readonly string[];
}

/** The known programs. A name or a header does not make a sender a bot: people set headers to get notices. */
const BOTS: readonly BotRow[] = [
  { who: 'patchwork-bot', says: 'applied', addresses: ['patchwork-bot@kernel.org'] },
  {
    who: 'tip-bot',
    says: 'applied',
    addresses: ['tip-bot2@linutronix.de', 'tip-bot2@tglx.de', 'tip-bot@zytor.com', 'tipbot@zytor.com'],
  },
  { who: 'pr-tracker-bot', says: 'applied', addresses: ['pr-tracker-bot@kernel.org'] },
  { who: 'patch-notifications', says: 'applied', addresses: ['patch-notifications@ellerman.id.au'] },
  {
    who: 'syzbot',
    says: 'syzbot',
    addresses: ['syzbot@*', 'syzkaller@*', 'syzkaller-bugs@googlegroups.com', '*@syzkaller.appspotmail.com'],
  },
  {
    who: 'kernel test robot',
    says: 'build',
    addresses: ['lkp@intel.com', 'kernel-test-robot@*', 'kbuild@intel.com'],
  },
  { who: 'kernel test robot', says: 'test', addresses: ['oliver.sang@intel.com', 'rong.a.chen@intel.com'] },
  {
    who: 'KernelCI',
    says: 'ci',
    addresses: ['bot@kernelci.org', 'kernelci@kernelci.org', 'noreply@kernelci.org'],
  },
  { who: 'LKFT', says: 'test', addresses: ['lkft@linaro.org', 'lkft-triage@lists.linaro.org'] },
  { who: 'CKI', says: 'ci', addresses: ['cki-project@redhat.com', 'cki-bot@*'] },
  { who: 'BluezTestBot', says: 'ci', addresses: ['bluez.test.bot@gmail.com'] },
  { who: 'BPF CI', says: 'ai-review', addresses: ['bot@kernel.org'] },
  { who: 'BPF CI', says: 'ci', addresses: ['bpf-ci@*', 'kernel-patches-bot@*'] },
  { who: 'Sashiko', says: 'ai-review', addresses: ['sashiko@*', 'sashiko-bot@*', 'sashiko-reviews@*'] },
  { who: "Rob Herring's bot", says: 'static-analysis', addresses: ['robh+bot@*', 'robhbot@*'] },
  { who: 'Coccinelle', says: 'static-analysis', addresses: ['coverity-bot@*', 'smatch-bot@*'] },
  {
    who: 'patchew',
    says: 'ci',
    addresses: ['no-reply@patchew.org', 'patchew@*', 'patchew-devel@redhat.com'],
  },
  { who: 'patchwork', says: 'notification', addresses: ['patchwork@*'] },
  { who: 'bugzilla', says: 'notification', addresses: ['bugzilla-daemon@*', 'bugbot@*', 'bugzilla@*'] },
  {
    who: 'a tracker',
    says: 'notification',
    addresses: [
      'owner@bugs.debian.org',
      'help-debbugs@gnu.org',
      'trac@*',
      'notifications@github.com',
      'gitlab@*',
    ],
  },
  {
    who: 'Gerrit',
    says: 'notification',
    addresses: ['gerrit@*', 'gerrit-no-reply@*', 'notifications@coreboot.org'],
  },
  { who: 'a mail server', says: 'notification', addresses: ['mailer-daemon@*', 'postmaster@*'] },
  {
    who: 'DPDK CI',
    says: 'ci',
    addresses: ['dpdklab@*', 'sys_stv@intel.com', 'checkpatch@dpdk.org', 'robot@bytheb.org'],
  },
  { who: 'builds.sr.ht', says: 'ci', addresses: ['builds@sr.ht', 'hub@sr.ht'] },
  { who: 'snowpatch', says: 'ci', addresses: ['snowpatch@*'] },
  { who: 'patchtest', says: 'ci', addresses: ['patchtest@*'] },
  { who: 'osstest', says: 'ci', addresses: ['osstest-admin@*'] },
  { who: 'Coverity', says: 'static-analysis', addresses: ['scan-admin@coverity.com'] },
  { who: 'Commitfest bot', says: 'ci', addresses: ['cfbot@*'] },
  { who: 'Linaro CI', says: 'ci', addresses: ['ci_notify@linaro.org'] },
  {
    who: 'Sourceware builder',
    says: 'build',
    addresses: ['builder@sourceware.org', 'buildbot@*', 'autobuild@*', 'buildd@*'],
  },
  { who: 'a CI system', says: 'ci', addresses: ['ci@*', 'ci-bot@*', '*-ci@*', 'jenkins@*', 'zuul@*'] },
  { who: 'a bot', says: 'ci', addresses: ['bot@*', '*.bot@*', '*-bot@*', '*_bot@*', '*-bot2@*'] },
  {
    who: 'a notifier',
    says: 'notification',
    addresses: ['noreply@*', 'no-reply@*', 'donotreply@*', 'do-not-reply@*'],
  },
];

/** A program that configuration adds: `{address, says}`, an address as in the table (`ci@example.org`, `*@bots.example.org`). */
export interface BotSetting {
  readonly address: string;
  readonly says: BotSubject;
}

/** The known programs, and those that configuration adds. Made once, by `readBots`. */
export interface BotTable {
  /** The program that an address belongs to; null for a person's. */
  readonly byAddress: (email: string) => Bot | null;
}

/** The table with more rows, which override its own. */
export function readBots(more: readonly BotSetting[] = []): BotTable {
  const exact = new Map<string, Bot>();
  const patterns: {
    readonly start: string;
    readonly end: string;
    readonly domain: string;
    readonly bot: Bot;
  }[] = [];
  const add = (address: string, bot: Bot) => {
    const lower = address.trim().toLowerCase();
    if (!lower.includes('*')) {
      if (!exact.has(lower)) exact.set(lower, bot);
      return;
    }
    const at = lower.lastIndexOf('@');
    const [start = '', end = null] = lower.slice(0, at).split('*');
    patterns.push({
      start: end === null ? `${start}@` : start,
      end: end ?? '',
      domain: lower.slice(at + 1),
      bot,
    });
  };
  for (const { address, says } of more) add(address, { who: address, says });
  for (const { addresses, who, says } of BOTS) for (const address of addresses) add(address, { who, says });
  return {
    byAddress(email) {
      const written = email.toLowerCase();
      const key = emailKey(email);
      const found = exact.get(written) ?? exact.get(key);
      if (found !== undefined) return found;
      const at = key.lastIndexOf('@');
      const local = key.slice(0, at);
      const domain = key.slice(at + 1);
      const row = patterns.find(
        (one) =>
          matches(one, local, domain) || matches(one, written.slice(0, written.lastIndexOf('@')), domain),
      );
      return row?.bot ?? null;
    },
  };
}

function matches(
  { start, end, domain }: { start: string; end: string; domain: string },
  local: string,
  host: string,
): boolean {
  if (domain !== '*' && domain !== host) return false;
  if (start.endsWith('@')) return local === start.slice(0, -1);
  return local.length >= start.length + end.length && local.startsWith(start) && local.endsWith(end);
}

export const KNOWN_BOTS = readBots();

/**
 * The program that wrote a mail; null for a person. Programs that are not in the table say so themselves: by `Auto-Submitted`
 * (RFC 3834) and the headers of out-of-office messages, or in their first lines.
 */
export function botOf(mail: Mail, sender: Address, table: BotTable = KNOWN_BOTS): Bot | null {
  const known = table.byAddress(sender.email);
  if (known !== null) return known;
  if (isAutomatic(mail)) return { who: sender.name || sender.email, says: 'notification' };
  if (/ [[(]bot[\])]$/i.test(sender.name)) return { who: sender.name, says: 'ci' };
  return isSelfDescribed(mail.text) ? { who: sender.name || sender.email, says: 'ci' } : null;
}
