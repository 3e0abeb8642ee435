import { RULES_VERSION } from '../../digest/rules-version.js';
import type { MailStore } from './mail-store.js';

type MarkedStore = Pick<MailStore, 'markOf' | 'mark' | 'counts' | 'reindexDone'>;

/** By the rules of which version all mail of a database was read. */
export const RULES_MARK = 'rules';
const UNDER_WAY = 'reindex rules';
const THIS = String(RULES_VERSION);

/** What is to be done about a database that other rules made. */
export const REINDEX_REMEDY = 'Run `covernote reindex`; it may run while the bot does.';

/** A database without mail uses these rules for whatever arrives. */
export async function markNewDatabase(store: MarkedStore): Promise<void> {
  if ((await store.markOf(RULES_MARK)) === THIS || (await store.counts()).messages > 0) return;
  await store.mark(RULES_MARK, THIS);
}

/** Says, as a clause, that other rules made the database than this version has; null if they are the same. */
export async function otherRules(store: Pick<MarkedStore, 'markOf' | 'counts'>): Promise<string | null> {
  const made = await store.markOf(RULES_MARK);
  if (made === THIS || (await store.counts()).messages === 0) return null;
  const newer = made !== null && Number(made) > RULES_VERSION;
  return `the mail in it was read by ${newer ? 'newer' : 'older'} rules than those of this version`;
}

/** A reading that was stopped continues only under the rules that it began with; else all is read from the start. */
export async function beginReading(store: MarkedStore): Promise<void> {
  if ((await store.markOf(UNDER_WAY)) === THIS) return;
  await store.reindexDone();
  await store.mark(UNDER_WAY, THIS);
}

/** All mail has been read by the rules of this version. */
export async function endReading(store: MarkedStore): Promise<void> {
  await store.reindexDone();
  await store.mark(RULES_MARK, THIS);
}
