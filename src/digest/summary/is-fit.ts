import { isProse } from './is-prose.js';
import { isDoing } from './says-what.js';
import { isHalf } from './shorten.js';
import type { Sentence } from './split-sentences.js';
import { talksOfPatch } from './without-patch-number.js';

/** Fewer words are no sentence worth the reader's time: `So this patchset comes.` */
const MIN_WORDS = 4;
/** A clause of fewer words that waits for its main clause is taken for half a sentence. */
const MIN_HALF_WORDS = 12;

/** First words with which no sentence stands alone, or that only comment on what was said before. */
const NEVER_FIRST: ReadonlySet<string> = new Set(
  'depends w/o w/ which i.e e.g ie eg nb nb. oh yes no ditto duh ps p.s note notice yay sigh well hmm ok okay maybe perhaps ideally'.split(
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
function speaksOfSelf(words: readonly string[], text: string): boolean {
  const called = /^[A-Z][a-z]+, (?:I|you|this|here) /.test(text);
  const own = called ? words.slice(1) : words;
  const [first = ''] = own;
  if (first !== 'i' && !first.startsWith("i'")) return called;
  const rest = own.slice(1, 5);
  return !rest.some(isDoing) || rest.some((word) => OWN_WISH.has(word));
}

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

/** Whether a sentence, cleaned, is one that could be shown. `words`: its words in lower case. */
export function isFit(text: string, words: readonly string[], sentence: Sentence): boolean {
  const [first = '', second = ''] = words;
  if (
    words.length < MIN_WORDS ||
    NEVER_FIRST.has(first) ||
    /^[([*#|~^&%@=+-]/.test(text) ||
    LOGGED.test(text)
  )
    return false;
  if (speaksOfSelf(words, text) || talksOfPatch(text)) return false;
  // What is still to be said of these does not come without them: `Of course, none of that …`
  if (first === 'of' && second === 'course') return false;
  if (first === 'according' && !text.includes(', ')) return false;
  if (isListOfTitles(text) || ADDRESSED.test(text) || text.includes('[PATCH')) return false;
  // An item says something by itself where it is a sentence of its own: `Add x`, not `AVIC implementation to avic.c`.
  if (sentence.kind === 'item' && (sentence.aside || !isDoing(first))) return false;
  if (words.length < MIN_HALF_WORDS && isHalf(text)) return false;
  // `Since I do think that this is worthwhile.`, however long.
  if (
    /^(?:since (?!commit |linux |v?\d)|because |although |though |whereas |unless )/i.test(text) &&
    isHalf(text)
  )
    return false;
  return isProse(text, words);
}
