/**
 * Learns from the labeled letters which sentences sum a letter up, and writes the table that the program ships.
 * Deterministic: the same labels and code give the same file.
 *
 *   npx tsx eval/train-summaries.ts
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { textOf } from '../src/digest/summary/choose.js';
import { contentF1 } from './lib/content-f1.js';
import {
  readGateLetters,
  readLabelledLetters,
  readLabelledPatches,
  readSeedLetters,
} from './lib/labelled-letters.js';
import { requireShared } from './lib/shared-corpus.js';
import { judgeUnseen, learn, OPTIONS } from './train/learn.js';
import { tableSource } from './train/write-table.js';

requireShared('corpora/letters.mbox.gz', 'corpora/letter-labels.jsonl', 'seeds');
const letters = await readLabelledLetters();
const besides = { letters: await readSeedLetters(), heard: await readGateLetters() };
const all = [...letters, ...(await readLabelledPatches())];
const judged = judgeUnseen(all, besides, OPTIONS);
const model = learn(all, besides, judged, OPTIONS);
const source = tableSource(model);
writeFileSync(fileURLToPath(new URL('../src/digest/summary/model-table.ts', import.meta.url)), source);
console.log(
  `Learned from ${all.length + besides.letters.length} letters and commit messages, the gate from ${besides.heard.length} more: ${model.weights.size} words, ${model.sentence.features.length / 3} + ${model.pair.features.length / 3} trees, ${source.length} bytes, threshold ${model.threshold}`,
);

const says = judged.filter(({ one }) => one.best.length > 0 && !one.letter.commit);
const silent = judged.filter(({ one }) => one.best.length === 0 && !one.letter.commit);
const shown = says.filter(({ says: sure }) => sure > model.threshold);
const total = shown.reduce(
  (sum, { one, choice }) => sum + (choice === null ? 0 : contentF1(textOf(choice), one.best.join(' '))),
  0,
);
console.log(
  `On letters not learned from: F1 ${(total / says.length).toFixed(3)}, missing ${says.length - shown.length} of ${says.length}, shown ${silent.filter(({ says: sure }) => sure > model.threshold).length} of ${silent.length} that say nothing`,
);
