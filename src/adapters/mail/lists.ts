import type { Address } from '../../digest/mail/mail.js';

/** Hosts that carry lists and nothing else, so that every address there is a list's. */
const LIST_HOSTS = new Set([
  'vger.kernel.org',
  'kvack.org',
  'lists.linux.dev',
  'lists.infradead.org',
  'lists.freedesktop.org',
  'googlegroups.com',
  'groups.io',
  'alsa-project.org',
  'nongnu.org',
]);

/** Lists whose host holds people too. */
const LISTS_AMONG_PEOPLE = new Set([
  'dm-devel@redhat.com',
  'cluster-devel@redhat.com',
  'linux-audit@redhat.com',
  'linux-cachefs@redhat.com',
  'linux-lvm@redhat.com',
  'virtio-fs@redhat.com',
  'rcu@vger.kernel.org',
]);

/** Local parts that stand for a list's software or owner, not for the list. */
const SERVICE_LOCAL_PART =
  /^(?:majordomo|postmaster|mailer-daemon|listserv|listmaster|owner-.*|.*-(?:owner|request|bounces|admin|subscribe|unsubscribe))$/;

function isListHost(host: string): boolean {
  if (LIST_HOSTS.has(host) || host.endsWith('.groups.io')) return true;
  // lists.ozlabs.org, lists.sourceforge.net, lists.xenproject.org, mail.lists.example.org
  return host.startsWith('lists.') || host.startsWith('list.') || host.includes('.lists.');
}

/** RFC 5321's longest local part, `@` and domain. */
const MAX_ADDRESS_LENGTH = 320;

/** True if an address (lower case) is a list's by its host; a person's address never is. */
export function isListAddress(email: string): boolean {
  if (email.length > MAX_ADDRESS_LENGTH) return false;
  if (LISTS_AMONG_PEOPLE.has(email)) return true;
  const at = email.lastIndexOf('@');
  if (at <= 0) return false;
  const local = email.slice(0, at);
  // `kvm+subscribe@`, `io-uring+bounces-17-…@`: the list server's own.
  if (local.includes('+') || local.includes('=') || SERVICE_LOCAL_PART.test(local)) return false;
  return isListHost(email.slice(at + 1));
}

/**
 * The address that a List-Id names: `"KVM" <kvm.vger.kernel.org>` is kvm@vger.kernel.org. An id
 * names local part and host with a dot between; if the local part may have dots, the recipients decide, else the first dot is used. null if
 * it names none.
 */
function fromListId(value: string, recipients: readonly Address[]): string | null {
  const close = value.lastIndexOf('>');
  const open = close < 0 ? -1 : value.lastIndexOf('<', close);
  const id = (open < 0 ? value : value.slice(open + 1, close)).trim().toLowerCase();
  if (id === '' || id.length > MAX_ADDRESS_LENGTH || /[\s<>,;"]/.test(id)) return null;
  if (id.includes('@')) return id;
  const dot = id.indexOf('.');
  const named = `${id.slice(0, dot)}@${id.slice(dot + 1)}`;
  // An address as long as the id differs from it in the one character, or not at all.
  const addressed = recipients
    .filter(({ email }) => email.length === id.length)
    .map(({ email }) => email.toLowerCase())
    .filter((email) => email.replace('@', '.') === id);
  if (addressed[0] !== undefined && !addressed.includes(named)) return addressed[0];
  return dot > 0 && dot < id.length - 1 ? named : null;
}

/**
 * Addresses of the lists that a copy came over, lower case, once each: from List-Id, else from
 * X-Mailing-List, else the lists among To and Cc. A mirror that passes mail on without a List-Id of
 * its own (io-uring@lfdr.de) leaves the list's there.
 */
export function listsOf(
  listIds: readonly string[],
  mailingLists: readonly string[],
  recipients: readonly Address[],
): string[] {
  const named = listIds.flatMap((value) => fromListId(value, recipients) ?? []);
  if (named.length > 0) return [...new Set(named)];
  const marked = mailingLists
    .map((value) => value.replace(/[<>]/g, '').trim().toLowerCase())
    .filter((value) => value.includes('@') && value.length <= MAX_ADDRESS_LENGTH && !/\s/.test(value));
  return [
    ...new Set(
      marked.length > 0 ? marked : recipients.map(({ email }) => email.toLowerCase()).filter(isListAddress),
    ),
  ];
}
