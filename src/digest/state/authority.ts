import type { ClaimSource } from '../claims/claim.js';
import { emailKey } from '../mail/person-key.js';

/**
 * Who is believed wherever they write, by complete address (`+tag` left out): the programs and maintainers that write notices of one
 * kind, and those who decide about all paths, since their entries in MAINTAINERS name no files. Configuration adds to it.
 */
const NOTICE_SENDERS: Partial<Readonly<Record<ClaimSource, readonly string[]>>> = {
  'patchwork-bot': ['patchwork-bot@kernel.org'],
  'tip-bot': ['tip-bot2@linutronix.de', 'tip-bot2@tglx.de', 'tip-bot@zytor.com', 'tipbot@zytor.com'],
  'pr-tracker': ['pr-tracker-bot@kernel.org'],
  mm: ['akpm@linux-foundation.org', 'mm-commits@vger.kernel.org'],
  stable: ['gregkh@linuxfoundation.org', 'gregkh@kernel.org', 'gregkh@suse.de', 'sashal@kernel.org'],
};

/**
 * Hosts whose mail about pushed commits is believed: `@domain` for a project's own accounts; if anyone may have a repository there, the
 * ones that count.
 */
const COMMIT_SENDERS: readonly { readonly from: string; readonly trees: readonly string[] | null }[] = [
  { from: 'noreply@github.com', trees: ['bluez/bluez', 'qemu/qemu', 'linux-test-project/ltp'] },
  { from: '@gcc.gnu.org', trees: null },
  { from: '@sourceware.org', trees: null },
  { from: 'patchbot@xen.org', trees: null },
  { from: 'git@videolan.org', trees: null },
  { from: 'git@git.openembedded.org', trees: null },
  { from: 'gerrit@openbmc.org', trees: null },
  { from: 'linux-kernel@vger.kernel.org', trees: ['torvalds/linux'] },
];

const EVERYWHERE = [
  'torvalds@linux-foundation.org',
  'akpm@linux-foundation.org',
  'gregkh@linuxfoundation.org',
  'sashal@kernel.org',
  'patch-notifications@ellerman.id.au',
];

/** Whose word counts beyond MAINTAINERS. Made once, by `readAuthority`. */
export interface Authority {
  /** Whether the notices of a kind are believed from an address; null if notices of that kind are not distinguished from people's words. */
  sends(source: ClaimSource, email: string, tree: string | null): boolean | null;
  /** Whether an address decides about all paths. */
  everywhere(email: string): boolean;
}

/** The table, with more addresses and domains (`@example.org`) whose word counts for everything. */
export function readAuthority(more: readonly string[] = []): Authority {
  const own = more.map((entry) => entry.trim().toLowerCase());
  const addresses = new Set(own.filter((entry) => !entry.startsWith('@')).map(emailKey));
  const domains = new Set(own.filter((entry) => entry.startsWith('@')));
  const added = (key: string): boolean => addresses.has(key) || domains.has(key.slice(key.lastIndexOf('@')));
  return {
    sends(source, email, tree) {
      const key = emailKey(email);
      if (source === 'commit') return added(key) || mailsCommits(key, tree);
      const senders = NOTICE_SENDERS[source];
      return senders === undefined ? null : senders.includes(key) || added(key);
    },
    everywhere(email) {
      const key = emailKey(email);
      return EVERYWHERE.includes(key) || added(key);
    },
  };
}

function mailsCommits(key: string, tree: string | null): boolean {
  return COMMIT_SENDERS.some(
    ({ from, trees }) =>
      (from.startsWith('@') ? key.endsWith(from) : key === from) &&
      (trees === null || (tree !== null && trees.includes(tree))),
  );
}

export const KNOWN_AUTHORITY = readAuthority();
