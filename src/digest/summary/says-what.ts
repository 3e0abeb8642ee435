import { CUE } from './cue-phrases.js';
import { DOES } from './word-lists.js';
import { MARK, type Word } from './words.js';

/** At the start of a sentence these are as likely a noun, or a step of an account: `Use a set of MSRs to …`. */
const NOT_AS_ORDER: ReadonlySet<string> = new Set(
  'use uses set sets check checks let lets call calls do does keep keeps get gets mark marks turn turns pass passes try tries change support supports cleanup cleanups adding added fixing fixed limit limits document documents port ports bring export attempt contain aim consist describe split changes updates fixes moves stop stops work works speed introduced implemented complete completes defer separate target targets exploit leverage intend intends rebase rebases cover covers'.split(
    ' ',
  ),
);

/** Of those, orders where an article follows: `Limit the amount of …`. */
const ORDER_OF_THING: ReadonlySet<string> = new Set(
  'limit change split document stop set mark separate keep turn complete defer check'.split(' '),
);
const ARTICLES: ReadonlySet<string> = new Set(['the', 'a', 'an', 'all']);

function isOrder(first: Word, second: Word | undefined): boolean {
  if ((first.marks & MARK.doing) === 0) return false;
  if (!NOT_AS_ORDER.has(first.text)) return true;
  return second !== undefined && ORDER_OF_THING.has(first.text) && ARTICLES.has(second.text);
}

/** What may stand between the series and its verb. */
const BETWEEN: ReadonlySet<string> = new Set(
  'at least partially proposal idea second now also only just basically mainly mostly then simply further will can first to therefore thus instead should is are and up here would a an the intended meant supposed goal idea decided going intend intends for of that which in not further'.split(
    ' ',
  ),
);

/** `Two fixes for …`, `A smattering of cleanups`: a count of what a letter of small things holds. */
const COUNTS: ReadonlySet<string> = new Set(
  'a an two three four five six some several few various misc miscellaneous couple bunch handful small collection one minor more assorted series set'.split(
    ' ',
  ),
);
const THINGS: ReadonlySet<string> = new Set(
  'fix fixes cleanup cleanups clean-up clean-ups bugfixes bugfix optimizations optimisations improvements improvement refactorings refactoring rework tests test driver fixups fixup enhancements additions'.split(
    ' ',
  ),
);

/** A verb that says what a series does. */
export function isDoing(word: string | undefined): boolean {
  return word !== undefined && DOES.has(word);
}

function marksOr(words: readonly Word[]): number {
  let marks = 0;
  for (let at = 0; at < words.length; at += 1) marks |= (words[at] as Word).marks;
  return marks;
}

/** How plainly a sentence says what the work does, plainest first; see `saysWhat`. */
export type Saying = 'series' | 'order' | 'we' | 'count' | null;

/** `The basic idea of virtio-mem is to …`, `the goal of this series is to …`. */
function namesAim(words: readonly Word[]): boolean {
  let aim = 0;
  while (aim < 4 && ((words[aim]?.marks ?? 0) & MARK.aim) === 0) aim += 1;
  if (aim === 4) return false;
  for (let is = aim + 1; is <= aim + 8 && is < words.length; is += 1) {
    if (words[is]?.text !== 'is') continue;
    const next = words[is + 1]?.text;
    return next === 'to' || next === 'that';
  }
  return false;
}

function namesCount(words: readonly Word[]): boolean {
  if (!COUNTS.has(words[0]?.text ?? '') || (words[1]?.text === 'of' && words[2]?.text === 'the'))
    return false;
  return words.slice(1, 6).some((word) => THINGS.has(word.text));
}

/** Where the doer of the main clause stands among the words: the series, or the people behind it; -1 for neither. */
function doerAt(words: readonly Word[], doer: typeof MARK.series | typeof MARK.ours): number {
  const end = Math.min(words.length, doer === MARK.series ? 18 : 10);
  for (let at = 0; at < end; at += 1) {
    const { marks, text } = words[at] as Word;
    if ((marks & doer) === 0) continue;
    if (doer === MARK.series ? isSeriesName(words, at) : text === 'we' || at < 6) return at;
  }
  return -1;
}

/** `this patch series`, `the patchset`, `these two patches`; `set` alone names none, and `the driver` is a part of the kernel. */
function isSeriesName(words: readonly Word[], at: number): boolean {
  const { text } = words[at] as Word;
  let pointed = false;
  let named = false;
  for (let before = Math.max(0, at - 3); before < at; before += 1) {
    const word = words[before]?.text;
    if (word === 'this' || word === 'these' || word === 'following') pointed = true;
    else if (word === 'the') named = true;
  }
  if (text === 'series' || text.startsWith('patch')) return pointed || named || at <= 1;
  const near = words[at - 1]?.text;
  return at <= 5 && (near === 'this' || near === 'these');
}

function doesAfter(words: readonly Word[], doer: number): boolean {
  const end = Math.min(words.length, doer + 9);
  for (let at = doer + 1; at < end; at += 1) {
    const { text, marks } = words[at] as Word;
    if ((marks & MARK.doing) !== 0) return true;
    if ((marks & MARK.series) === 0 && !BETWEEN.has(text) && !text.endsWith('ly')) return false;
  }
  return false;
}

/**
 * Whether the main clause says what the work does: `series`: `This series adds …`; `order`: `Add …`; `we`: `we
 * introduce …`; `count`: `A few fixes for …`; null: it does not.
 *
 * `cues`: what `cuesIn` found in the words.
 */
export function saysWhat(words: readonly Word[], cues: number): Saying {
  const first = words[0];
  const second = words[1];
  const third = words[2];
  if (first === undefined) return null;
  const marks = marksOr(words);
  if ((marks & MARK.aim) !== 0 && namesAim(words)) return 'series';
  const { text } = first;
  const secondDoes = second !== undefined && (second.marks & MARK.doing) !== 0;
  if (text === 'this') {
    if (secondDoes || (second?.text === 'is' && third !== undefined && (third.marks & MARK.doing) !== 0))
      return 'series';
  }
  const series = (marks & MARK.series) === 0 ? -1 : doerAt(words, MARK.series);
  // `Patch 1 adds …` tells of a part.
  if (series >= 0 && doesAfter(words, series)) return (cues & CUE.patchNumber) === 0 ? 'series' : 'we';
  if (isOrder(first, second) || text === "let's") return 'order';
  const we = (marks & MARK.ours) === 0 ? -1 : doerAt(words, MARK.ours);
  // `With this series we can …`, `In this patch set, we introduce …`
  if (we >= 0 && doesAfter(words, we)) return series >= 0 ? 'series' : 'we';
  if (text === 'it' && secondDoes) return 'we';
  return namesCount(words) ? 'count' : null;
}
