import { withoutTail } from '../text/without-tail.js';
import { NEVER_LAST } from './clause-words.js';

/** First words of brackets that say who requested a change or which patch is meant, not what changed. */
const CREDIT_STARTS: ReadonlySet<string> = new Set(
  'thanks suggested reported spotted noted found requested pointed per as from patch patches by comment comments see thx via reviewed'.split(
    ' ',
  ),
);
const MAX_BRACKET_CHARS = 90;
const MAX_NAMES = 6;

/** `Paolo`, `Sean Christopherson, Bob`, `Ada and Bo`, `me`: words with capitals, and not a constant such as `MAX_RING`. */
export function areNames(text: string): boolean {
  const words = text.split(/[ ,/&]/).filter((word) => word !== '' && word !== 'and');
  if (words.length === 0 || words.length > MAX_NAMES) return false;
  return words.every(
    (word) => word === 'me' || (/^[A-Z][\w.'’-]{1,20}$/.test(word) && !/^[A-Z_0-9]{3,}$/.test(word)),
  );
}

function isCredit(inner: string): boolean {
  const [first = ''] = inner.toLowerCase().split(/[ ,:]/, 1);
  if (CREDIT_STARTS.has(first) || inner.includes('://')) return true;
  return /^#?\d[\d\s,/-]{0,10}$/.test(inner) || areNames(inner);
}

/** Of `in the [core] part` the sentence needs what is in the bracket. */
function isNeeded(item: string, at: number, inner: string): boolean {
  const before = item.slice(0, at).trimEnd();
  return !areNames(inner) && NEVER_LAST.has(before.slice(before.lastIndexOf(' ') + 1).toLowerCase());
}

/** Removes `(Paolo)`, `[Sean Christopherson]`, `(suggested by Ada)`, `(patch 3)`; each bracket is checked once. */
function withoutBrackets(item: string): string {
  let out = '';
  let from = 0;
  for (let at = 0; at < item.length; at += 1) {
    const open = item[at];
    if (open !== '(' && open !== '[') continue;
    const end = item.indexOf(open === '(' ? ')' : ']', at + 1);
    if (end < 0) break;
    const inner = item.slice(at + 1, end);
    if (inner.length > MAX_BRACKET_CHARS || inner.includes(open)) continue;
    // A call `foo(bar)` is none, nor is `foo_[ab]_bar`; square brackets count only with names in them.
    const before = item[at - 1] ?? ' ';
    const apart = before === ' ' || (before === '.' && areNames(inner));
    const idle = open === '(' ? isCredit(inner) : inner.length <= 60 && !isNeeded(item, at, inner);
    if (apart && idle) {
      out += withoutTail(item.slice(from, at), ' ');
      from = end + 1;
    }
    at = end;
  }
  return out + item.slice(from);
}

const CREDIT =
  /,? (?:as )?(?:suggested|requested|pointed out|reported|recommended|proposed|spotted|noted|noticed|commented|discussed)(?: earlier)? (?:by|with) (.{2,60})$/;
const BY_COMMENT = /,? (?:per|following|based on|after|thanks to) (.{2,60})$/;
const COMMENT_TAIL = /(?:'s|’s|s')? ?(?:comments?|feedback|suggestions?|review|requests?|advice)?\.?$/;

/** Removes the credit to those who requested a change: `as suggested by Ada`, `per Bob's comments`, `(Paolo)`. */
export function withoutCredit(item: string): string {
  const text = withoutBrackets(item);
  for (const pattern of [CREDIT, BY_COMMENT]) {
    const found = pattern.exec(text);
    if (found === null) continue;
    const names = (found[1] ?? '').replace(COMMENT_TAIL, '').replace(/\.$/, '');
    if (areNames(names)) return text.slice(0, found.index);
  }
  return text;
}
