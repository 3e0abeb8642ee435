/**
 * Measures summaries against what maintainers wrote about the same series, and prints some to be judged by reading.
 *
 *   npx tsx eval/summaries.ts                       the table
 *   npx tsx eval/summaries.ts --show                and each letter of the half that was tuned on
 *   npx tsx eval/summaries.ts --sample 30 --seed 7  30 covers at random, with title, from io-uring-10k and kvm-2020
 */
import { parseArgs } from 'node:util';
import { splitSentences } from '../src/digest/summary/split-sentences.js';
import { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS, summarise } from '../src/digest/summary/summarise.js';
import { overlapF1 } from './lib/overlap.js';
import { bootstrapMean, drawSample, type Interval, seededRandom } from './lib/random.js';
import { requireShared, sharedPath } from './lib/shared-corpus.js';
import { readSummaryReferences, type SummaryReference } from './lib/summary-references.js';

const BOOTSTRAP_SEED = 20_200_106;

/** The first two sentences as they stand. */
function leadOf({ letter }: SummaryReference): string {
  const [first, second] = splitSentences(letter.intro);
  return [first?.text, second?.text].join(' ');
}

/** The two sentences that score best, known only to who has the answer. `fitting`: within the limits of a summary. */
function oracleF1(row: SummaryReference, fitting: boolean): number {
  const texts = splitSentences(row.letter.intro).map((sentence) => sentence.text);
  let best = 0;
  texts.forEach((first, i) => {
    for (const second of ['', ...texts.slice(i + 1)]) {
      const text = second === '' ? first : `${first} ${second}`;
      if (fitting && (text.length > MAX_SUMMARY_CHARS || text.split(' ').length > MAX_SUMMARY_WORDS))
        continue;
      best = Math.max(best, overlapF1(text, row.reference, row.title));
    }
  });
  return best;
}

interface Measured {
  readonly row: SummaryReference;
  readonly summary: string | null;
  readonly ours: number;
  readonly lead: number;
  readonly oracle: number;
  readonly fitting: number;
}

function measure(row: SummaryReference): Measured {
  const summary = summarise(row.letter, row.title);
  return {
    row,
    summary,
    ours: overlapF1(summary ?? '', row.reference, row.title),
    lead: overlapF1(leadOf(row), row.reference, row.title),
    oracle: oracleF1(row, false),
    fitting: oracleF1(row, true),
  };
}

function cell({ mean, low, high }: Interval): string {
  return `${mean.toFixed(3)} [${low.toFixed(3)}–${high.toFixed(3)}]`.padEnd(23);
}

function tableRow(name: string, group: readonly Measured[]): string {
  const random = seededRandom(BOOTSTRAP_SEED);
  const columns = [
    (m: Measured) => m.ours,
    (m: Measured) => m.lead,
    (m: Measured) => m.ours - m.lead,
    (m: Measured) => m.fitting,
    (m: Measured) => m.oracle,
  ];
  const cells = columns.map((column) => cell(bootstrapMean(group.map(column), random)));
  const none = group.filter((m) => m.summary === null).length;
  return `${name.padEnd(30)}${String(group.length).padStart(4)}  ${cells.join('')}${none}`;
}

function printTable(all: readonly Measured[]): void {
  const recommended = all.filter(({ row }) => row.recommended);
  const groups: [string, Measured[]][] = [
    ['recommended', recommended],
    ['  tuned on', recommended.filter(({ row }) => row.half === 'tune')],
    ['  held out', recommended.filter(({ row }) => row.half === 'held')],
    ...[...new Set(recommended.map(({ row }) => row.maintainer))].map((name): [string, Measured[]] => [
      `  by ${name}`,
      recommended.filter(({ row }) => row.maintainer === name),
    ]),
    ['all', [...all]],
    ['  tuned on', all.filter(({ row }) => row.half === 'tune')],
    ['  held out', all.filter(({ row }) => row.half === 'held')],
  ];
  console.log(
    'Unigram F1 over content words that the title does not give away, mean and 95 % bootstrap interval',
  );
  console.log(
    `${''.padEnd(30)}   n  ${['ours', 'first two sentences', 'ours less these', 'best two that fit', 'best two'].map((name) => name.padEnd(23)).join('')}none`,
  );
  for (const [name, group] of groups) console.log(tableRow(name, group));
}

function printTuned(all: readonly Measured[]): void {
  for (const { row, summary, ours, lead, fitting } of all) {
    if (row.half !== 'tune') continue;
    console.log(
      `\n${row.id}  ${row.title}  (ours ${ours.toFixed(2)}, first two ${lead.toFixed(2)}, best ${fitting.toFixed(2)})`,
    );
    console.log(`  maintainer: ${row.reference}\n  ours:       ${summary ?? 'none'}`);
  }
}

async function printSample(count: number, seed: number): Promise<void> {
  requireShared('corpora/io-uring-10k.mbox.gz', 'corpora/kvm-2020');
  // The table needs no mail reader.
  const { readCovers } = await import('./lib/read-covers.js');
  const covers = await readCovers([
    sharedPath('corpora/io-uring-10k.mbox.gz'),
    sharedPath('corpora/kvm-2020'),
  ]);
  console.log(`${count} of ${covers.length} covers, seed ${seed}`);
  for (const { subject, summary, where } of drawSample(covers, count, seededRandom(seed))) {
    console.log(`\n${subject.title}  (v${subject.version}, ${where})\n  ${summary ?? 'none'}`);
  }
}

const { values } = parseArgs({
  options: {
    show: { type: 'boolean', default: false },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
  },
});
if (values.sample === undefined) {
  requireShared('corpora/summaries.jsonl');
  const all = readSummaryReferences(sharedPath('corpora/summaries.jsonl')).map(measure);
  if (values.show) printTuned(all);
  printTable(all);
} else {
  await printSample(Number(values.sample), Number(values.seed));
}
