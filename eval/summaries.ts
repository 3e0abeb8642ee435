/**
 * Measures summaries of cover letters against labeled ones, by five-fold cross-validation: each letter is summed up by a model that was
 * learned from the others. Beside it the first two sentences, and the shipped model against what maintainers wrote.
 *
 *   npx tsx eval/summaries.ts                       the table
 *   npx tsx eval/summaries.ts --order a             the table with the folds cut elsewhere: what differs is chance
 *   npx tsx eval/summaries.ts --show 20             and the letters where the picker does worst
 *   npx tsx eval/summaries.ts --sample 30 --seed 7  30 covers at random, with title, from io-uring-10k and kvm-2020
 */
import { parseArgs } from 'node:util';
import { textOf } from '../src/digest/summary/choose.js';
import { splitSentences } from '../src/digest/summary/sentences.js';
import { summarise } from '../src/digest/summary/summarise.js';
import { contentF1 } from './lib/content-f1.js';
import {
  type LabelledLetter,
  readGateLetters,
  readLabelledLetters,
  readLabelledPatches,
  readSeedLetters,
} from './lib/labelled-letters.js';
import { overlapF1 } from './lib/overlap.js';
import { bootstrapMean, drawSample, seededRandom } from './lib/random.js';
import { readCovers } from './lib/read-covers.js';
import { requireShared, sharedPath } from './lib/shared-corpus.js';
import { readSummaryReferences } from './lib/summary-references.js';
import { type Besides, judgeUnseen, OPTIONS, thresholdOf } from './train/learn.js';

const BOOTSTRAP_SEED = 20_200_106;

interface Measured {
  readonly letter: LabelledLetter;
  /** Empty if nothing is shown. */
  readonly text: string;
}

/** The first two sentences, unchanged. */
function leadOf(intro: string): string {
  return splitSentences(intro, 2)
    .slice(0, 2)
    .map(({ text }) => text)
    .join(' ');
}

/** The picker on letters and commit messages that it has not seen; its threshold is chosen on the other letters as well. */
function pickUnseen(all: readonly LabelledLetter[], besides: Besides): Measured[] {
  const judged = judgeUnseen(all, besides, OPTIONS);
  const byId = new Map(all.map((letter) => [letter.id, letter]));
  const threshold = thresholdOf(judged, OPTIONS.shownShare);
  return judged.map(({ one, choice, says }) => ({
    letter: byId.get(one.id) as LabelledLetter,
    text: choice === null || (says <= threshold && !one.letter.commit) ? '' : textOf(choice),
  }));
}

function leads(letters: readonly LabelledLetter[]): Measured[] {
  return letters.map((letter) => ({ letter, text: leadOf(letter.cover.letter?.intro ?? '') }));
}

function printRow(name: string, rows: readonly Measured[]): void {
  const random = seededRandom(BOOTSTRAP_SEED);
  const says = rows.filter(({ letter }) => letter.best.length > 0);
  const silent = rows.filter(({ letter }) => letter.best.length === 0);
  const cell = (measure: (row: Measured) => number) => {
    const { mean, low, high } = bootstrapMean(says.map(measure), random);
    return `${mean.toFixed(3)} [${low.toFixed(3)}–${high.toFixed(3)}]`.padEnd(23);
  };
  const cells = [
    cell(({ letter, text }) => contentF1(text, letter.best.join(' '))),
    cell(({ letter, text }) => contentF1(text, letter.best.join(' '), false)),
    cell(({ letter, text }) => contentF1(text, letter.ideal)),
  ];
  const missing = says.filter(({ text }) => text === '').length;
  const shown = silent.filter(({ text }) => text !== '').length;
  console.log(
    `${name.padEnd(24)}${cells.join('')}${`${missing} of ${says.length} (${((100 * missing) / says.length).toFixed(1)} %)`.padEnd(20)}${shown} of ${silent.length}`,
  );
}

async function printTable(show: number, order: string): Promise<void> {
  const letters = await readLabelledLetters(order);
  const patches = await readLabelledPatches(order);
  const besides = { letters: await readSeedLetters(), heard: await readGateLetters() };
  const all = pickUnseen([...letters, ...patches], besides);
  const picked = all.filter(({ letter }) => !letter.letter.commit);
  console.log(
    `${letters.length} letters, ${patches.length} single patches. F1 over content words, mean and 95 % bootstrap interval`,
  );
  const heads = ['against best', 'the same, not stemmed', 'against ideal'].map((name) => name.padEnd(23));
  console.log(`${''.padEnd(24)}${heads.join('')}${'missing'.padEnd(20)}shown where none`);
  printRow('picker, five-fold', picked);
  printRow('first two sentences', leads(letters));
  const ofPatches = all.filter(({ letter }) => letter.letter.commit);
  printRow('single patches: picker', ofPatches);
  printRow('  first two sentences', leads(patches));
  const worst = picked
    .filter(({ letter }) => letter.best.length > 0)
    .map((row) => ({ ...row, f1: contentF1(row.text, row.letter.best.join(' ')) }))
    .sort((a, b) => a.f1 - b.f1);
  for (const { letter, text, f1 } of worst.slice(0, show))
    console.log(
      `\n${f1.toFixed(2)} ${letter.cover.subject.title}\n  best:   ${letter.best.join(' | ')}\n  picker: ${text}`,
    );
}

/** The shipped model against what maintainers wrote of the same series in a pull request. */
function printReferences(): void {
  const rows = readSummaryReferences(sharedPath('corpora/summaries.jsonl')).filter((row) => row.recommended);
  const mean = (texts: readonly string[]) =>
    rows.reduce((sum, row, at) => sum + overlapF1(texts[at] ?? '', row.reference, row.title), 0) /
    rows.length;
  const ours = mean(rows.map(({ letter, title }) => summarise(letter, title) ?? ''));
  const lead = mean(rows.map(({ letter }) => leadOf(letter.intro)));
  console.log(
    `\nAgainst maintainers' words beyond the title (${rows.length} letters): shipped ${ours.toFixed(3)}, first two sentences ${lead.toFixed(3)}`,
  );
}

async function printSample(count: number, seed: number): Promise<void> {
  requireShared('corpora/io-uring-10k.mbox.gz', 'corpora/kvm-2020');
  const covers = await readCovers([
    sharedPath('corpora/io-uring-10k.mbox.gz'),
    sharedPath('corpora/kvm-2020'),
  ]);
  console.log(`${count} of ${covers.length} covers, seed ${seed}`);
  for (const { subject, summary, where } of drawSample(covers, count, seededRandom(seed)))
    console.log(`\n${subject.title}  (v${subject.version}, ${where})\n  ${summary ?? 'none'}`);
}

const { values } = parseArgs({
  options: {
    show: { type: 'string', default: '0' },
    order: { type: 'string', default: '' },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.sample === undefined) {
  requireShared('corpora/letters.mbox.gz', 'corpora/letter-labels.jsonl', 'corpora/summaries.jsonl', 'seeds');
  await printTable(Number(values.show), values.order);
  printReferences();
} else await printSample(Number(values.sample), Number(values.seed));
