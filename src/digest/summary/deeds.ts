import { isOrder } from './cues.js';
import { DeedWord } from './deed-words.js';
import type { Token } from './tokens.js';

/** Words between the name of the posting, or `we`, and the word for what is done: `the patch series for the widgets adds`. */
const REACH = { posting: 8, we: 3 };
/** Words between `this` and the name of the posting. */
const POINTER_REACH = 3;
/** Classes of cues. */
const DOING = 0;
const PROBLEM = 1;
/** Stems that say what a posting does only behind its name: `This series makes …`, `lets …`; elsewhere they say little. */
const MAKING = new Set('make mak let use ensur bring aim try attempt propos defer present'.split(' '));

const has = ({ word }: Token, bit: number) => (word.deed & bit) !== 0;

function pointsTo(tokens: readonly Token[], at: number): boolean {
  for (let near = at - 1; near >= 0 && near >= at - POINTER_REACH; near -= 1)
    if (has(tokens[near] as Token, DeedWord.pointer)) return true;
  return false;
}

/** `makes no changes`, `makes sense` and `was let down` tell no deed. */
function makes(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  const says = MAKING.has((tokens[at] as Token).word.key) && !PASSIVE.has(tokens[at - 1]?.word.text ?? '');
  return says && next !== undefined && !has(next, DeedWord.denial) && !IDLE.has(next.word.text);
}
const PASSIVE = new Set('is are was were be been'.split(' '));
const IDLE = new Set('sense use'.split(' '));
/** `I plan to split it`: not yet. */
const PLANS = new Set(
  'plan plans planning planned hope hopes hoping want wanted wish intend later'.split(' '),
);

/** Stems of what a posting does that says nothing about its work: `This series applies to …`, `depends on …`, `comes with …`. */
const STANDING = new Set(
  'appli apply depend bas need requir contain consist includ follow build belong conflict surviv pass differ start origin supersed go work look seem appear remain stay exist expect assum hop plan want lack ha doe get rebas sit land continu come live'.split(
    ' ',
  ),
);
const ADVERBS = new Set('also now then just only mainly mostly simply basically instead'.split(' '));

/** `This series goes through the table`, `These patches pull the common part out`: what follows the name of the posting is a verb of work. */
function acts(tokens: readonly Token[], at: number, to: number): boolean {
  for (let near = at + 1; near <= at + 3 && near < to - 1 && tokens[near - 1]?.after === ''; near += 1) {
    const next = tokens[near] as Token;
    if (has(next, DeedWord.posting) || ADVERBS.has(next.word.text)) continue;
    if (has(next, DeedWord.denial) || next.word.stop || STANDING.has(next.word.key)) return false;
    return PLURAL.has((tokens[at] as Token).word.text)
      ? isOrder(next.word)
      : /[^s]s$/.test(next.word.text) && !/['’]/.test(next.word.text);
  }
  return false;
}
const PLURAL = new Set(['patches', 'patchsets']);

/** `This adds …`, `This converts …` at the front; of `This allows …` the deed is in the sentence before. */
function opensWithDeed(tokens: readonly Token[], from: number): boolean {
  const [first, second] = [tokens[from], tokens[from + 1]];
  if (first?.word.text !== 'this' || first.after !== '' || !WORKS.has(second?.word.text ?? '')) return false;
  // `This adds overhead to each call.`
  return tokens.slice(from + 2, from + 5).every(({ word }) => word.cue !== PROBLEM);
}
const WORKS = new Set(
  'adds fixes implements introduces converts removes drops reworks replaces refactors moves splits changes renames creates switches updates enables cleans extends'.split(
    ' ',
  ),
);

/** Whether some words say what the posting itself does: `This series adds …`, `These patches of mine convert …`, `we split …`. */
export function tellsDeed(tokens: readonly Token[], from: number, to: number): boolean {
  if (opensWithDeed(tokens, from)) return true;
  for (let at = from; at < to; at += 1) {
    const token = tokens[at] as Token;
    if (token.word.deed === 0) continue;
    const posting = has(token, DeedWord.posting) && pointsTo(tokens, at);
    if (posting && acts(tokens, at, to)) return true;
    const reach = posting ? REACH.posting : has(token, DeedWord.we) ? REACH.we : 0;
    for (let near = at + 1; near <= at + reach && near < to; near += 1) {
      const other = tokens[near] as Token;
      if (has(other, DeedWord.denial) || PLANS.has(other.word.text)) break;
      if (other.word.cue === DOING || (posting && makes(tokens, near))) return true;
      if (other.after === ';' || other.after === ':') break;
    }
  }
  return false;
}

/** `We can remove this limitation`, `Both avoid these bugs`: the sentence before says what it is; `this crashes the guest` names none. */
export function recallsProblem(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from + 1; at < to; at += 1) {
    const { word } = tokens[at] as Token;
    if (word.cue !== PROBLEM) continue;
    const pointer = (tokens[at - 1] as Token).word.text;
    if (pointer === 'this' ? !/(?:s|ed|ing)$/.test(word.text) : MANY.has(pointer) && word.text.endsWith('s'))
      return true;
  }
  return false;
}
const MANY = new Set(['these', 'those', 'such']);

/** How many words negate: `not`, `cannot`, `doesn't`. */
export function countDenials(tokens: readonly Token[], from: number, to: number): number {
  let found = 0;
  for (let at = from; at < to; at += 1) if (has(tokens[at] as Token, DeedWord.denial)) found += 1;
  return found;
}
