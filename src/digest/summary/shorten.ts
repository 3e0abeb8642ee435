import { withoutTail } from '../text/without-tail.js';
import { capitalise } from './clean-sentence.js';
import { isUnended } from './is-unended.js';

/** Before these a sentence can end and stay one: `, which …`, `; …`, ` — …`, ` because …`. */
const CLAUSE_START =
  /,(?= (?:which|where|while|whereas|but|so|and|as|since|because|although|though|thus|hence|therefore|making|allowing|leading|causing|resulting|e\.g\.|i\.e\.|however|then|or|rather than|instead of|such as|including|especially|unless|if|when|except|without|with|for example|eventually|due to|in order to|to|it|this|we|only|not|even|until|after|before|meaning|using|thereby|namely|on top|see|as suggested|as discussed) )|[;:](?= )| (?=(?:[—–-]|--|because|whereas|which|so that|although|in order to|even though|and thus|and therefore|and it is|and is based|and based on|on top of) )/g;
const MIN_WORDS = 6;

function wordsOf(text: string): number {
  let words = 1;
  for (let at = text.indexOf(' '); at >= 0; at = text.indexOf(' ', at + 1)) words += 1;
  return words;
}

/** Brackets out, one level, where words stand in them: `foo (see bar) baz` is `foo baz`. Calls `foo()` and `(ab)using` stay. */
function withoutBrackets(text: string): string {
  return text.includes(' (') ? text.replace(/ \([^()]{2,200}\)(?![\w-])/g, '') : text;
}

/** Whether a text cut at `at` is left with an open bracket or quote, or in a clause that waits for its main clause. */
function leavesOpen(text: string): boolean {
  let depth = 0;
  let quotes = 0;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (char === '(' || char === '[') depth += 1;
    else if (char === ')' || char === ']') depth -= 1;
    else if (char === '"') quotes += 1;
  }
  return depth !== 0 || quotes % 2 !== 0;
}

/** `When the guest …, it …` cut at its comma would be half a sentence. */
const SUBORDINATE: ReadonlySet<string> = new Set(
  'when if while since because as although though after before once unless until whenever given with without in on for by from at to due during under instead rather besides despite using considering depending based similar like apart according whether even where having being inspired following'.split(
    ' ',
  ),
);
/** The same at the start of a last clause. */
const SUBORDINATE_LAST: ReadonlySet<string> = new Set(
  'when if while since because as although though after before once unless until in on for by from at due during under with without given however instead rather per'.split(
    ' ',
  ),
);

function firstWord(text: string): string {
  return (/^\w+/.exec(text)?.[0] ?? '').toLowerCase();
}

/** Whether a text is a subordinate clause alone: `Since I do think that this is worthwhile.` */
export function isHalf(text: string): boolean {
  return !text.includes(', ') && SUBORDINATE.has(firstWord(text));
}

/** Whether the last clause waits for more: `…, but in the case of OOM`. */
function endsInHalf(head: string): boolean {
  const comma = head.lastIndexOf(', ');
  if (comma <= 0) return false;
  const clause = head.slice(comma + 2).replace(/^(?:and|but|so|or|then|which) /, '');
  if (wordsOf(clause) >= 9) return false;
  return SUBORDINATE_LAST.has(firstWord(clause)) || /^(?:e\.g|i\.e|for example)\b/.test(clause);
}

/** `a, b, and c`: an enumeration's part if another comma stands shortly before. */
function isEnumeration(text: string, at: number): boolean {
  if (!text.startsWith(', and ', at) && !text.startsWith(', or ', at)) return false;
  const before = text.lastIndexOf(', ', at - 1);
  return before > 0 && at - before < 40;
}

/** `to designate which events are counted`: what is designated stands behind; `a lock which is held` has its noun in front. */
function isAskedFor(text: string, at: number): boolean {
  return text.startsWith(' which ', at) && /(?: to \S{2,20}|ing)$/.test(text.slice(Math.max(0, at - 26), at));
}

/** Where a sentence can be cut, last place first. */
function cutsOf(text: string): number[] {
  const cuts: number[] = [];
  CLAUSE_START.lastIndex = 1;
  while (cuts.length < MAX_CUTS && CLAUSE_START.test(text)) {
    const at = CLAUSE_START.lastIndex - 1;
    if (!isEnumeration(text, at) && !isAskedFor(text, at)) cuts.push(at);
  }
  return cuts.reverse();
}
const MAX_CUTS = 24;

/**
 * Shorter forms of a sentence, of at most so many words, that are sentences still, longest first, at most three: brackets out, then cut before
 * a clause (`, which …`, `; …`, ` — …`, `: …`). Empty where there is no place to cut.
 */
export function shorten(sentence: string, maxWords: number): string[] {
  const forms: string[] = [];
  const bare = withoutBrackets(sentence);
  if (bare !== sentence && wordsOf(bare) >= MIN_WORDS && wordsOf(bare) <= maxWords)
    forms.push(capitalise(bare));
  for (const at of cutsOf(bare)) {
    const head = bare.slice(0, at);
    const words = wordsOf(head);
    if (words < MIN_WORDS || words > maxWords || leavesOpen(head) || isUnended(head)) continue;
    if (isHalf(head) || endsInHalf(head)) continue;
    forms.push(`${withoutTail(head, ' ,;:.–—-')}.`);
    if (forms.length >= 3) break;
  }
  return forms;
}
