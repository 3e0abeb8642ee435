import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type ReadLetter, readLetter } from '../../src/digest/summary/read-letter.js';
import { splitSentences } from '../../src/digest/summary/sentences.js';
import type { Labelled } from '../train/learn.js';
import { type CoverAt, readCovers } from './read-covers.js';
import { sharedPath } from './shared-corpus.js';

const labelSchema = z.object({
  messageId: z.string(),
  best: z.array(z.string()),
  good: z.array(z.string()),
  ideal: z.string(),
  changed: z.array(z.string()).optional(),
});

/** A labelled letter, and the cover that it was read from by the product's own parsing. */
export interface LabelledLetter extends Labelled {
  readonly cover: CoverAt;
}

const ownLabelSchema = z.object({
  messageId: z.string(),
  best: z.array(z.number().int().nonnegative()),
  good: z.array(z.number().int().nonnegative()),
});

/** The letters of `../shared/seeds`, labelled by the same definitions: `eval/labels/` holds the ordinals of their sentences. */
export async function readSeedLetters(): Promise<Labelled[]> {
  const path = fileURLToPath(new URL('../labels/seeds.jsonl', import.meta.url));
  const covers = new Map((await readCovers([sharedPath('seeds')])).map((cover) => [cover.id, cover]));
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const { messageId, best, good } = ownLabelSchema.parse(JSON.parse(line));
      const cover = covers.get(messageId);
      if (cover?.letter == null) throw new Error(`no letter of ${messageId} in the seeds`);
      const sentences = splitSentences(cover.letter.intro);
      const texts = (ordinals: readonly number[]) => ordinals.map((at) => sentences[at]?.text ?? '');
      const letter = readCover(cover);
      return { id: messageId, letter, best: texts(best), good: texts(good), ideal: texts(best).join(' ') };
    });
}

function readCover({ letter, subject }: CoverAt): ReadLetter {
  const titles = (letter?.shortlog ?? []).map(({ title }) => title);
  return readLetter(letter?.intro ?? '', subject.title, titles);
}

function orderKey(id: string): string {
  return createHash('sha256').update(`letter:${id}`).digest('hex');
}

/**
 * The 527 letters of `corpora/letters.mbox.gz` with their labels, in an order that is a hash of their Message-ID: the folds of a
 * cross-validation are cut from it, and never change.
 */
export async function readLabelledLetters(): Promise<LabelledLetter[]> {
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
  return letters.sort((a, b) => (orderKey(a.id) < orderKey(b.id) ? -1 : 1));
}
