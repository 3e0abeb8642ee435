import { decodeMail } from '../../adapters/mail/decode-mail.js';
import type { WrittenSummaries } from '../../adapters/store/written-summaries.js';
import { understand } from '../../digest/message/understand.js';
import type { RevisionRecord } from '../../digest/series/record.js';
import { type SummarySource, summarySource } from '../../digest/summary/written/source.js';

/** A longer mail is not a letter, and reading it would hold up what else has to be answered. */
const MAX_MAIL_BYTES = 1024 * 1024;

/** What a model gets of a posting: its letter read again, as only its summary is stored. null if there is nothing to ask. */
export async function readSource(
  written: Pick<WrittenSummaries, 'bodyOf'>,
  revision: RevisionRecord,
): Promise<SummarySource | null> {
  const raw = await written.bodyOf(revision.id);
  if (raw === null || raw.byteLength > MAX_MAIL_BYTES) return null;
  const { letter } = understand(await decodeMail(raw));
  if (letter === null) return null;
  const patches = revision.patches.map(({ title }) => title);
  return summarySource(letter, revision.title, patches, revision.version);
}
