import type { ClaimSource } from '../claims/claim.js';
import { emailKey } from '../mail/person-key.js';

/**
 * Who is believed wherever they write, by complete address (`+tag` left out): the programs and maintainers that write notices of one
 * kind, and those who decide whatever the paths, since their entries in MAINTAINERS name no files. Configuration adds to it.
 */
const NOTICE_SENDERS: Partial<Readonly<Record<ClaimSource, readonly string[]>>> = {
  'patchwork-bot': ['patchwork-bot@kernel.org'],
  'tip-bot': ['tip-bot2@linutronix.de', 'tip-bot2@tglx.de', 'tip-bot@zytor.com', 'tipbot@zytor.com'],
  'pr-tracker': ['pr-tracker-bot@kernel.org'],
  mm: ['akpm@linux-foundation.org', 'mm-commits@vger.kernel.org'],
  stable: ['gregkh@linuxfoundation.org', 'gregkh@kernel.org', 'gregkh@suse.de', 'sashal@kernel.org'],
};

const EVERYWHERE = [
  'torvalds@linux-foundation.org',
  'akpm@linux-foundation.org',
  'gregkh@linuxfoundation.org',
  'sashal@kernel.org',
  'patch-notifications@ellerman.id.au',
];

/** Whose word counts beyond MAINTAINERS. Made once, by `readAuthority`. */
export interface Authority {
  /** Whether the notices of a kind are believed from an address; null where notices of that kind are not distinguished from people's words. */
  sends(source: ClaimSource, email: string): boolean | null;
  /** Whether an address decides whatever the paths. */
  everywhere(email: string): boolean;
}

/** The table, with more addresses and domains (`@example.org`) whose word counts for everything. */
export function readAuthority(more: readonly string[] = []): Authority {
  const own = more.map((entry) => entry.trim().toLowerCase());
  const addresses = new Set(own.filter((entry) => !entry.startsWith('@')).map(emailKey));
  const domains = new Set(own.filter((entry) => entry.startsWith('@')));
  const added = (key: string): boolean => addresses.has(key) || domains.has(key.slice(key.lastIndexOf('@')));
  return {
    sends(source, email) {
      const senders = NOTICE_SENDERS[source];
      if (senders === undefined) return null;
      const key = emailKey(email);
      return senders.includes(key) || added(key);
    },
    everywhere(email) {
      const key = emailKey(email);
      return EVERYWHERE.includes(key) || added(key);
    },
  };
}

export const KNOWN_AUTHORITY = readAuthority();
