import { withoutTail } from '../text/without-tail.js';
import { NEVER_LAST } from './clause-words.js';
import { contentWords } from './content-words.js';
import { cueOf } from './cues.js';
import { type Form, formsOf } from './forms.js';
import { plainText, withoutBrackets } from './plain-text.js';
import { sentencesOf } from './sentences.js';
import { type Token, tokensOf, type Vocabulary } from './tokens.js';
import { areNames, withoutCredit } from './without-credit.js';

/** One change of a pull request, read once, to be shown in more or fewer words. */
export interface PullItem {
  /** What comes before the change: `btusb` of `btusb: Add an id`; empty if nothing does. */
  readonly name: string;
  readonly whole: Reading;
  /** Without brackets, and without when it broke. */
  readonly timeless: Reading;
}

interface Reading {
  readonly plain: string;
  readonly tokens: readonly Token[];
  readonly forms: readonly Form[];
}

/** Words of every pull request, by stem. */
export const FORMULA: ReadonlySet<string> = new Set(
  contentWords(
    'please pull request contains following changes updates fixes for next kernel release merge window linus hi tree set few small batch cycle tweak recent older went happened',
  ),
);

/** A word of every pull request, or of one of the classes of what is done and what was wrong. */
export const isFormula = (word: string) => cueOf(word, word) >= 0 || FORMULA.has(word);

/** How many words say what is changed, and not only that something is: none of `Fix a regression from this merge window`; a name counts double. */
export function substance(text: string): number {
  return contentWords(text).reduce(
    (sum, word) => sum + (isFormula(word) ? 0 : /[_\d]/.test(word) ? 2 : 1),
    0,
  );
}

/** With fewer words a change says too little to be shown without what follows. */
const MIN_SUBSTANCE = 2;
/** So many words more may be shown of a change that otherwise says nothing. */
const EXTENSION = 8;

/** When what is fixed came: `, which was introduced in this merge window`, `in this release cycle`, `in the 6.11 merge window`. */
const SINCE_WHEN =
  /,? (?:that |which )?(?:(?:was|were|is|are|got) )?(?:(?:introduced|added|happened|made|new) )?(?:in|during|from) (?:(?:this|the current|the last)(?: \d\.\d{1,2})? (?:merge window|release cycle|release|cycle)|(?:the )?\d\.\d{1,2} (?:merge window|release cycle|release|cycle))(?![\w-])/g;

/** `, from Ada`, `, fix from Ada and Bo`, `, Ada Lovelace`: who wrote the change. */
function withoutAuthor(text: string): string {
  const comma = text.lastIndexOf(', ');
  if (comma < 0) return text;
  const tail = text.slice(comma + 2);
  const lead = /^(?:(?:also|both|all|fix|fixes|patch|patches|again) )?(?:from|by) /.exec(tail)?.[0] ?? '';
  const names = tail.slice(lead.length).replace(/ (?:again|too|as well)$/, '');
  const isCredit = areNames(names) && (lead !== '' || names.includes(' '));
  return isCredit ? text.slice(0, comma) : text;
}

function reading(plain: string, vocabulary: Vocabulary): Reading {
  const tokens = tokensOf(plain, vocabulary);
  return { plain, tokens, forms: formsOf(plain, tokens).filter(({ from }) => from === 0) };
}

const cleaned = (sentence: string) => withoutAuthor(withoutCredit(withoutTail(plainText(sentence), ' .;:,')));

/** Reads an item of a list; null if it is a link. */
export function readPullItem(text: string, vocabulary: Vocabulary): PullItem | null {
  const [first = '', second = ''] = sentencesOf(text);
  const own = cleaned(first);
  // `Two fixes for the ring. One …`
  const next = substance(own) < MIN_SUBSTANCE && second !== '' ? cleaned(second) : '';
  const plain = substance(next) >= MIN_SUBSTANCE ? `${own}. ${next}` : own;
  const whole = reading(plain, vocabulary);
  if (plain === '' || whole.tokens.some(({ word }) => word.link)) return null;
  const timeless = withoutBrackets(plain).replace(SINCE_WHEN, '');
  return {
    name: /^([\w.,/-]{2,30})(?::| -) /.exec(plain)?.[1] ?? '',
    whole,
    timeless: timeless === plain ? whole : reading(timeless, vocabulary),
  };
}

/** The longest beginning of a reading in so many words that says what is changed; empty if none does. */
function headOf({ forms, plain, tokens }: Reading, maxWords: number): string {
  const heads = forms
    .filter(({ text }) => substance(text) >= MIN_SUBSTANCE)
    .sort((a, b) => b.to - a.to || b.text.length - a.text.length);
  const fitting = heads.find(({ to }) => to <= maxWords);
  if (fitting !== undefined) return withoutTail(fitting.text, '.');
  if (tokens.length <= maxWords + EXTENSION && substance(plain) >= MIN_SUBSTANCE) return plain;
  const least = heads.at(-1);
  return least !== undefined && least.to <= maxWords + EXTENSION ? withoutTail(least.text, '.') : '';
}

/** The first words, not ending in one that needs another behind it. */
function cutWords({ plain, tokens }: Reading, maxWords: number): string {
  let count = Math.min(maxWords, tokens.length);
  while (count > 3 && NEVER_LAST.has((tokens[count - 1] as Token).word.text)) count -= 1;
  const end = tokens[count - 1]?.end ?? 0;
  return `${withoutTail(plain.slice(0, end), ' ,;:(')} …`;
}

/** A change in about so many words: whole, else cut before a clause, else after a word. */
export function pullItemText({ whole, timeless }: PullItem, maxWords: number): string {
  if (whole.tokens.length <= maxWords) return whole.plain;
  if (timeless.tokens.length <= maxWords) return timeless.plain;
  const head = headOf(timeless, maxWords);
  return head !== '' ? head : cutWords(timeless, maxWords);
}
