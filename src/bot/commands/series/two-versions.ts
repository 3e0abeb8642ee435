import { decodeMail } from '../../../adapters/mail/decode-mail.js';
import { type PatchText, readPatchText } from '../../../digest/patch/patch-text.js';
import type { Revision } from '../../../digest/revision/revision.js';
import { sharedIds } from '../../../digest/revision/shared-ids.js';
import type { Comparison } from '../../../digest/series/comparison.js';
import { describeComparison } from '../../../digest/series/describe-comparison.js';
import type { RevisionRecord, SeriesRecord } from '../../../digest/series/record.js';
import { versionName } from '../../../digest/series/version-name.js';
import type { Library } from '../../library.js';

/** Patches of each posting whose text is compared; longer series are compared by titles and patch-ids alone. */
const MOST_TEXTS = 150;
/** Mails that are larger are not compared line by line. */
const MOST_MAIL_BYTES = 2 * 1024 * 1024;

/** Compares two postings of a series, the older first. */
export async function compareTwo(
  library: Library,
  series: SeriesRecord,
  [from, to]: readonly [RevisionRecord, RevisionRecord],
): Promise<Comparison> {
  const group = await library.store.groupOf(series.id);
  const [older, newer] = [from, to].map(({ id }) => group?.revisions.find((one) => one.id === id));
  const messages = await library.store.postingFacts(newer?.members ?? []);
  const texts = await textsThatDiffer(library, older, newer);
  const comparison =
    group === null ? null : describeComparison({ series, group, from: from.id, to: to.id, messages, texts });
  if (comparison === null) throw new Error(`series ${series.id} does not hold its own postings`);
  return comparison;
}

/** The texts of the patches that the other posting does not hold as they are, by Message.id. */
async function textsThatDiffer(
  { store }: Library,
  older: Revision | undefined,
  newer: Revision | undefined,
): Promise<Map<string, PatchText>> {
  const ids = (revision: Revision | undefined, other: Revision | undefined): string[] => {
    const same = new Set(other?.slots.map(({ patchId }) => patchId));
    if (revision === undefined) return [];
    // Of a mail with several patches as files, no text is that of one: they are compared by titles and patch-ids.
    const several = sharedIds(revision);
    const slots = revision.slots.filter(
      ({ id, patchId }) => patchId !== null && !same.has(patchId) && !several.has(id ?? ''),
    );
    return slots.slice(0, MOST_TEXTS).flatMap(({ id }) => id ?? []);
  };
  const texts = new Map<string, PatchText>();
  for (const [id, raw] of await store.mails([...ids(older, newer), ...ids(newer, older)])) {
    if (raw.byteLength > MOST_MAIL_BYTES) continue;
    const { text, attachments } = await decodeMail(raw);
    const found = [text, ...attachments.map((one) => one.text)]
      .map(readPatchText)
      .find((one) => one !== null);
    if (found !== undefined && found !== null) texts.set(id, found);
  }
  return texts;
}

/** `v1, v2, RFC v3`. */
export function versionsHere(revisions: readonly RevisionRecord[]): string {
  return revisions.map(versionName).join(', ');
}
