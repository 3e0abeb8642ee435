import { createHash } from 'node:crypto';
import type { Catalog } from '../../digest/subsystem/catalog.js';
import { oncePerObject } from '../../digest/text/once-per-object.js';
import type { MailStore } from './mail-store.js';

type MarkedStore = Pick<MailStore, 'markOf' | 'mark' | 'counts'>;

const MARK = 'maintainers';
/** Without MAINTAINERS. */
const NONE = 'none';

/** Distinguishes one MAINTAINERS from another by its entries; comments and their order in the file's head do not count. */
const fingerprint = oncePerObject((catalog: Catalog): string =>
  catalog.entries.length === 0
    ? NONE
    : createHash('sha256').update(JSON.stringify(catalog.entries)).digest('base64url').slice(0, 22),
);

/** A database without mail uses the current MAINTAINERS for whatever arrives. */
export async function markNewMaintainers(store: MarkedStore, catalog: () => Catalog): Promise<void> {
  if ((await store.counts()).messages === 0) await markMaintainers(store, catalog());
}

/** All mail has been sorted by this MAINTAINERS. */
export async function markMaintainers(store: Pick<MarkedStore, 'mark'>, catalog: Catalog): Promise<void> {
  await store.mark(MARK, fingerprint(catalog));
}

/**
 * Says, as a clause, that the mail was sorted into subsystems by another MAINTAINERS than today's; null if it was by the same, where there is
 * no mail, and where the database is older than this mark.
 */
export async function otherMaintainers(store: MarkedStore, catalog: Catalog): Promise<string | null> {
  const made = await store.markOf(MARK);
  if (made === null || made === fingerprint(catalog) || (await store.counts()).messages === 0) return null;
  if (made === NONE) return 'the mail in it was sorted into subsystems without MAINTAINERS';
  return catalog.entries.length === 0
    ? 'the mail in it was sorted into subsystems by a MAINTAINERS that is not set any more'
    : 'the mail in it was sorted into subsystems by a different MAINTAINERS than the current one';
}
