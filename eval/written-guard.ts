import { contentWords } from '../src/digest/summary/content-words.js';
import { guardSummary, type Rejection } from '../src/digest/summary/written/guard.js';
import { type SummarySource, summarySource } from '../src/digest/summary/written/source.js';
import { readLabelledLetters } from './lib/labelled-letters.js';

/**
 * Measures the guard on the summaries that a careful reader wrote for 527 letters, in the place of a model's: how many true ones it
 * rejects, and how many false ones it lets through, each made by one change of a true one.
 */

interface Case {
  readonly source: SummarySource;
  readonly ideal: string;
  /** The three sentences nearest to it. */
  readonly evidence: readonly number[];
}

const OPPOSITES: readonly (readonly [RegExp, string])[] = [
  [/^(?:Adds|Introduces|Implements|Provides|Creates)\b/, 'Removes'],
  [/^(?:Removes|Drops|Deletes)\b/, 'Adds'],
  [/^(?:Enables|Allows|Lets)\b/, 'Disables'],
  [/^Disables\b/, 'Enables'],
  [/^(?:Reduces|Lowers|Cuts)\b/, 'Increases'],
  [/^(?:Increases|Raises|Extends)\b/, 'Reduces'],
  [/^(?:Speeds up|Improves)\b/, 'Slows'],
  [/^Fixes\b/, 'Breaks'],
  [/^(?:Splits|Separates)\b/, 'Merges'],
  [/^(?:Merges|Unifies)\b/, 'Splits'],
];

/** Each changes one thing; null if there is nothing to change. */
const FALSE_FORMS: Readonly<Record<string, (one: Case, other: Case) => string | null>> = {
  'leading verb turned round': ({ ideal }) => {
    const found = OPPOSITES.find(([verb]) => verb.test(ideal));
    return found === undefined ? null : ideal.replace(...found);
  },
  'number changed': ({ ideal }) =>
    /(?<![\w.-])\d+(?![\w.-])/.test(ideal)
      ? ideal.replace(/(?<![\w.-])\d+(?![\w.-])/, (digits) => String(Number(digits) * 7 + 13))
      : null,
  'name of another letter': ({ ideal }, other) => {
    const name = /\b\w+_\w+\b/.exec([other.source.title, ...other.source.sentences].join(' '))?.[0];
    return name !== undefined && /\b\w+_\w+\b/.test(ideal) ? ideal.replace(/\b\w+_\w+\b/, name) : null;
  },
  'summary of another letter': (_, other) => other.ideal,
  advertisement: ({ ideal }) => `${ideal} Buy now at cheap-kernels.com.`,
  mention: ({ ideal }) => `@everyone ${ideal}`,
};

function nearest(sentences: readonly string[], ideal: string): number[] {
  const words = new Set(contentWords(ideal));
  return sentences
    .map((text, at) => ({
      number: at + 1,
      shared: contentWords(text).filter((word) => words.has(word)).length,
    }))
    .sort((a, b) => b.shared - a.shared || a.number - b.number)
    .slice(0, 3)
    .map(({ number }) => number);
}

const cases: Case[] = (await readLabelledLetters()).flatMap(({ ideal, cover }) => {
  const { letter, subject } = cover;
  const source =
    letter === null ? null : summarySource(letter, subject.title, [], cover.subject.version ?? 1);
  return source === null || ideal === ''
    ? []
    : [{ source, ideal, evidence: nearest(source.sentences, ideal) }];
});

const reasons = new Map<Rejection, string[]>();
let accepted = 0;
for (const { source, ideal, evidence } of cases) {
  const found = guardSummary({ summary: ideal, changed: null, evidence }, source);
  if (found.kind === 'accepted') accepted += 1;
  else reasons.set(found.reason, [...(reasons.get(found.reason) ?? []), ideal]);
}
console.log(`true summaries: ${accepted} of ${cases.length} accepted`);
for (const [reason, texts] of reasons) console.log(`  ${reason}: ${texts.length}`);
if (process.argv.includes('--texts'))
  for (const [reason, texts] of reasons) for (const text of texts) console.log(`${reason}\t${text}`);

for (const [name, change] of Object.entries(FALSE_FORMS)) {
  let made = 0;
  let caught = 0;
  for (const [at, one] of cases.entries()) {
    const other = cases[(at + 7) % cases.length] as Case;
    const summary = change(one, other);
    if (summary === null) continue;
    if (
      guardSummary({ summary: one.ideal, changed: null, evidence: one.evidence }, one.source).kind ===
      'rejected'
    )
      continue;
    made += 1;
    if (guardSummary({ summary, changed: null, evidence: one.evidence }, one.source).kind === 'rejected')
      caught += 1;
    else if (process.argv.includes('--texts'))
      console.log(`passed\t${name}\t${summary}\t| ${one.source.title}`);
  }
  console.log(`${name}: ${caught} of ${made} rejected`);
}
