import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type ReadLetter, readLetter } from '../../src/digest/summary/read-letter.js';
import { splitSentences } from '../../src/digest/summary/sentences.js';
import type { Heard, Labelled } from '../train/learn.js';
import { type CoverAt, readCovers } from './read-covers.js';
import { sharedPath } from './shared-corpus.js';

const labelSchema = z.object({
  messageId: z.string(),
  best: z.array(z.string()),
  good: z.array(z.string()),
  ideal: z.string(),
  changed: z.array(z.string()).optional(),
});

/** A labeled letter, and the cover that it was read from by the product's own parsing. */
export interface LabelledLetter extends Labelled {
  readonly cover: CoverAt;
}

const ownLabelSchema = z.object({
  messageId: z.string(),
  best: z.array(z.number().int().nonnegative()),
  good: z.array(z.number().int().nonnegative()),
});

const SEEDS = fileURLToPath(new URL('../labels/seeds.jsonl', import.meta.url));
const PATCHES = fileURLToPath(new URL('../labels/patches.jsonl', import.meta.url));
const SAYS = fileURLToPath(new URL('../labels/says.jsonl', import.meta.url));

function labelsIn<T>(path: string, schema: z.ZodType<T>): T[] {
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.filter((line) => line.trim() !== '').map((line) => schema.parse(JSON.parse(line)));
}

/** A letter or commit message, and the best of its sentences by their ordinals. */
function byOrdinals(cover: CoverAt, { best, good }: z.infer<typeof ownLabelSchema>): LabelledLetter {
  const sentences = splitSentences(cover.letter?.intro ?? '');
  const texts = (ordinals: readonly number[]) => ordinals.map((at) => sentences[at]?.text ?? '');
  const letter = readCover(cover);
  return { id: cover.id, letter, best: texts(best), good: texts(good), ideal: texts(best).join(' '), cover };
}

/** The letters of `../shared/seeds`, labeled by the same definitions: `eval/labels/` holds the ordinals of their sentences. */
export async function readSeedLetters(): Promise<Labelled[]> {
  const covers = new Map((await readCovers([sharedPath('seeds')])).map((cover) => [cover.id, cover]));
  return labelsIn(SEEDS, ownLabelSchema).map((label) => {
    const cover = covers.get(label.messageId);
    if (cover === undefined) throw new Error(`no letter of ${label.messageId} in the seeds`);
    return byOrdinals(cover, label);
  });
}

/** Single patches of other corpora, labeled by the same definitions, in the order of a hash of their Message-ID. */
export async function readLabelledPatches(order = ''): Promise<LabelledLetter[]> {
  const labels = new Map(labelsIn(PATCHES, patchLabelSchema).map((label) => [label.messageId, label]));
  const corpora = new Set([...labels.values()].map(({ corpus }) => sharedPath(`corpora/${corpus}`)));
  const patches = await readCovers([...corpora], new Set(labels.keys()), 'patch');
  return inOrder(
    patches.flatMap((patch) => {
      const label = labels.get(patch.messageId ?? '');
      return label === undefined ? [] : [byOrdinals(patch, label)];
    }),
    labels.size,
    order,
  );
}
const patchLabelSchema = ownLabelSchema.extend({ corpus: z.string() });

/** By a hash of `order` and their Message-ID: it has nothing to do with what they say. */
function inOrder<T extends { readonly id: string }>(letters: readonly T[], count: number, order = ''): T[] {
  if (letters.length < count)
    throw new Error(`${count - letters.length} labelled letters are not in the corpora`);
  return [...letters].sort((a, b) => (orderKey(order, a.id) < orderKey(order, b.id) ? -1 : 1));
}

export function readCover({ letter, subject, kind }: CoverAt): ReadLetter {
  const titles = (letter?.shortlog ?? []).map(({ title }) => title);
  return readLetter(letter?.intro ?? '', subject.title, titles, kind === 'patch');
}

const saysSchema = z.object({ corpus: z.string(), messageId: z.string(), says: z.boolean() });

/** Letters of other corpora, read only for whether they say anything that is worth showing: `eval/labels/says.jsonl`. */
export async function readGateLetters(): Promise<Heard[]> {
  const labels = new Map(labelsIn(SAYS, saysSchema).map((label) => [label.messageId, label]));
  const corpora = new Set([...labels.values()].map(({ corpus }) => sharedPath(`corpora/${corpus}`)));
  const covers = await readCovers([...corpora], new Set(labels.keys()));
  return inOrder(
    covers.flatMap((cover) => {
      const label = labels.get(cover.messageId ?? '');
      return label === undefined ? [] : [{ id: label.messageId, letter: readCover(cover), says: label.says }];
    }),
    labels.size,
  );
}

/** Message-IDs of all letters that have a label of any kind. */
export function readLabelledIds(): Set<string> {
  const paths = [SEEDS, SAYS, sharedPath('corpora/letter-labels.jsonl')];
  return new Set(paths.flatMap((path) => labelsIn(path, idSchema).map(({ messageId }) => messageId)));
}
const idSchema = z.object({ messageId: z.string() });

function orderKey(order: string, id: string): string {
  return createHash('sha256').update(`letter:${order}${id}`).digest('hex');
}

/**
 * The 527 letters of `corpora/letters.mbox.gz` with their labels, sorted by a hash of `order` and their Message-ID: the folds of a
 * cross-validation are cut from this sequence, so that each `order` gives other folds, and the same one the same.
 */
export async function readLabelledLetters(order = ''): Promise<LabelledLetter[]> {
  const covers = new Map(
    (await readCovers([sharedPath('corpora/letters.mbox.gz')])).map((cover) => [cover.messageId, cover]),
  );
  const lines = readFileSync(sharedPath('corpora/letter-labels.jsonl'), 'utf8').split('\n');
  const letters: LabelledLetter[] = [];
  for (const line of lines) {
    if (line.trim() === '') continue;
    const { messageId, best, good, ideal } = labelSchema.parse(JSON.parse(line));
    const cover = covers.get(messageId);
    if (cover?.letter == null) throw new Error(`no letter of ${messageId} in the corpus`);
    const letter = readCover(cover);
    letters.push({ id: messageId, letter, best, good, ideal, cover });
  }
  return letters.sort((a, b) => (orderKey(order, a.id) < orderKey(order, b.id) ? -1 : 1));
}
