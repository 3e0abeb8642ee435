import { DeedWord } from './deed-words.js';
import type { Token } from './tokens.js';

/** Words between the name of the posting, or `we`, and the word for what is done: `the patch series for the widgets adds`. */
const REACH = { posting: 8, we: 3 };
/** Words between `this` and the name of the posting. */
const POINTER_REACH = 3;
/** Class of cues. */
const DOING = 0;
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

/** Whether some words say what the posting itself does: `This series adds …`, `These patches of mine convert …`, `we split …`. */
export function tellsDeed(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const token = tokens[at] as Token;
    if (token.word.deed === 0) continue;
    const posting = has(token, DeedWord.posting) && pointsTo(tokens, at);
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

/** How many words negate: `not`, `cannot`, `doesn't`. */
export function countDenials(tokens: readonly Token[], from: number, to: number): number {
  let found = 0;
  for (let at = from; at < to; at += 1) if (has(tokens[at] as Token, DeedWord.denial)) found += 1;
  return found;
}
