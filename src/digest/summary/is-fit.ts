import { isProse } from './is-prose.js';
import { isHalf } from './shorten.js';
import type { Sentence } from './split-sentences.js';
import { talksOfPatch } from './without-patch-number.js';
import { MARK, type Word } from './words.js';

/** Fewer words are no sentence worth the reader's time: `So this patchset comes.` */
const MIN_WORDS = 4;
/** A clause of fewer words that waits for its main clause is taken for half a sentence. */
const MIN_HALF_WORDS = 12;

/** First words with which no sentence stands alone, or that only comment on what was said before. */
const NEVER_FIRST: ReadonlySet<string> = new Set(
  'depends w/o w/ which i.e e.g ie eg nb nb. oh yes no ditto duh ps p.s note notice yay sigh well hmm ok okay maybe perhaps ideally are is was were has'.split(
    ' ',
  ),
);

/** What the author wants, thinks and did, as opposed to what is added: `I also need to rename …`. */
const OWN_WISH = new Set(
  'need want plan would will should had tried also think believe guess like kept keep am was did do could have'.split(
    ' ',
  ),
);

/** `I'm quite pleased with …`, `Ben, I kept your numbers`: the author, not the work; `I add …` is the work. */
function speaksOfSelf(words: readonly Word[], text: string): boolean {
  const second = words[1]?.text ?? '';
  const called = CALLED.has(second) && /^[A-Z][a-z]+, (?:I|you|this|here) /.test(text);
  const own = called ? 1 : 0;
  const first = words[own]?.text ?? '';
  if (first !== 'i' && !first.startsWith("i'")) return called;
  let does = false;
  for (let at = own + 1; at < own + 5 && at < words.length; at += 1) {
    const { text: word, marks } = words[at] as Word;
    if (OWN_WISH.has(word)) return true;
    if ((marks & MARK.doing) !== 0) does = true;
  }
  return !does;
}
const CALLED: ReadonlySet<string> = new Set(['i', 'you', 'this', 'here']);

/** `Error: cycles: PMU hardware doesn't …`: what a tool printed. */
const LOGGED = /^(?:error|warning|bug|info|fatal): /i;

/** `core/metricfs: Create metricfs core/metricfs: metric for …`: patches' titles whose line breaks were lost. */
function isListOfTitles(text: string): boolean {
  const first = text.indexOf(': ');
  const space = text.indexOf(' ');
  if (first < 2 || first !== space - 1) return false;
  return text.indexOf(`${text.slice(0, first)}: `, first + 2) > 0;
}

/** `Address Ada's comments(for the ACPI part): …`: what changed since the last version. */
const ADDRESSED = /^address(?:ed|es)? \S{1,30}(?: \S{1,30})? (?:review )?(?:comments?|feedback|nits)\b/i;

/** First words of the sentences that the expressions below are about. */
const ODD_FIRST: ReadonlySet<string> = new Set(
  'error warning bug info fatal address addressed addresses patch patches the first second third fourth fifth sixth last since because although though whereas unless'.split(
    ' ',
  ),
);

/** `Since I do think that this is worthwhile.`, however long. */
const WAITS = /^(?:since (?!commit |linux |v?\d)|because |although |though |whereas |unless )/i;

function startsOdd(first: string, text: string): boolean {
  if (!ODD_FIRST.has(first) && !first.startsWith('patch')) return false;
  return (
    LOGGED.test(text) || ADDRESSED.test(text) || talksOfPatch(text) || (WAITS.test(text) && isHalf(text))
  );
}

/** Whether a sentence, cleaned, is one that could be shown. */
export function isFit(text: string, words: readonly Word[], sentence: Sentence): boolean {
  if (words.length < MIN_WORDS) return false;
  const { text: first, marks } = words[0] as Word;
  const second = words[1]?.text;
  if (NEVER_FIRST.has(first) || '([*#|~^&%@=+-'.includes(text.charAt(0))) return false;
  if (startsOdd(first, text) || speaksOfSelf(words, text)) return false;
  // What is still to be said of these does not come without them: `Of course, none of that …`
  if (first === 'of' && second === 'course') return false;
  if (first === 'according' && !text.includes(', ')) return false;
  if (isListOfTitles(text) || text.includes('[PATCH')) return false;
  // An item says something by itself where it is a sentence of its own: `Add x`, not `AVIC implementation to avic.c`.
  if (sentence.kind === 'item' && (sentence.aside || (marks & MARK.doing) === 0)) return false;
  if (words.length < MIN_HALF_WORDS && isHalf(text)) return false;
  return isProse(text, words);
}
