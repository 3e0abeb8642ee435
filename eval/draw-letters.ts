/**
 * Draws cover letters to be read and labeled in `eval/labels/says.jsonl`: whether they say anything that is worth showing. Most of
 * them are those of which the shipped model thinks least, by a hash of seed and Message-ID; the others are of the middle.
 * Letters that are labeled are left out, and of versions of one posting one is taken.
 *
 *   npx tsx eval/draw-letters.ts --seed 1 --low 100 --middle 20 kvm-2020 netfilter.mbox.gz
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { judge } from '../src/digest/summary/choose.js';
import { MODEL } from '../src/digest/summary/model.js';
import { readCover, readLabelledIds } from './lib/labelled-letters.js';
import { type CoverAt, readCovers } from './lib/read-covers.js';
import { requireShared, sharedPath } from './lib/shared-corpus.js';

/** What shares of all letters say little, and are in the middle. */
const LOW_SHARE = 0.25;
const MIDDLE_SHARE = 0.6;

interface Drawable {
  readonly corpus: string;
  readonly cover: CoverAt;
  readonly says: number;
  readonly key: string;
}

const { values, positionals } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    low: { type: 'string', default: '100' },
    middle: { type: 'string', default: '20' },
  },
  allowPositionals: true,
});
requireShared(...positionals.map((name) => `corpora/${name}`));
const known = readLabelledIds();
const found = new Map<string, Drawable>();
for (const corpus of positionals) {
  for (const cover of await readCovers([sharedPath(`corpora/${corpus}`)])) {
    if (cover.messageId === null || known.has(cover.messageId) || cover.letter === null) continue;
    const key = createHash('sha256').update(`${values.seed}:${cover.messageId}`).digest('hex');
    const series = `${cover.author?.email}:${cover.subject.title.toLowerCase()}`;
    const other = found.get(series);
    if (other !== undefined && other.key <= key) continue;
    found.set(series, { corpus, cover, key, says: judge(readCover(cover), MODEL).says });
  }
}
const all = [...found.values()].sort((a, b) => a.says - b.says);
const low = all.slice(0, Math.floor(all.length * LOW_SHARE));
const middle = all.slice(low.length, Math.floor(all.length * MIDDLE_SHARE));
const draw = (from: readonly Drawable[], count: string) =>
  [...from].sort((a, b) => (a.key < b.key ? -1 : 1)).slice(0, Number(count));
for (const { corpus, cover, says } of [...draw(low, values.low), ...draw(middle, values.middle)])
  console.log(
    JSON.stringify({
      corpus,
      messageId: cover.messageId,
      says,
      title: cover.subject.title,
      shown: cover.summary,
      intro: cover.letter?.intro,
    }),
  );
