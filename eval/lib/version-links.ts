import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { IngestedCorpus } from './ingested-corpus.js';

/** A link from a letter to an earlier version, as its author wrote it. */
const versionLinkSchema = z.object({
  newer: z.string(),
  newer_version: z.number().nullable(),
  newer_subject: z.string(),
  older: z.string(),
  older_subject: z.string(),
  same_title: z.boolean(),
  same_sender: z.boolean(),
});
export type VersionLink = z.infer<typeof versionLinkSchema>;

const changeIdSchema = z.object({
  change_id: z.string(),
  messages: z.array(z.object({ message_id: z.string() })),
});
export type SharedChangeId = z.infer<typeof changeIdSchema>;

export function readVersionLinks(path: string): readonly VersionLink[] {
  return readLines(path).map((line) => versionLinkSchema.parse(JSON.parse(line)));
}

export function readChangeIds(path: string): readonly SharedChangeId[] {
  return readLines(path).map((line) => changeIdSchema.parse(JSON.parse(line)));
}

function readLines(path: string): readonly string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

export type LinkClass =
  | 'same title'
  | 'same title, other sender'
  | 'other title'
  | 'other title, other sender';

export function classOf({ same_title, same_sender }: VersionLink): LinkClass {
  if (same_title) return same_sender ? 'same title' : 'same title, other sender';
  return same_sender ? 'other title' : 'other title, other sender';
}

/** Why a link was missed: what to look at first. */
export type Miss =
  | 'a mail is not here'
  | 'the older mail is a reply whose patches are not here'
  | 'two series, the newer names the older as its origin'
  | 'two series';

/** null if both ends are in one series: as its mails, or as replies to them. */
export async function missOf(
  { newer, older }: VersionLink,
  { ids, seriesOf }: Pick<IngestedCorpus, 'ids' | 'seriesOf'>,
): Promise<Miss | null> {
  if (!ids.has(older) || !ids.has(newer)) return 'a mail is not here';
  const [from, to] = [await seriesOf(older), await seriesOf(newer)];
  if (from === null || to === null) return 'the older mail is a reply whose patches are not here';
  if (from.id === to.id) return null;
  const postings = new Set(from.revisions.map((revision) => revision.messageId));
  const named = (to.origins ?? []).some((origin) => postings.has(origin.messageId));
  return named ? 'two series, the newer names the older as its origin' : 'two series';
}
