import { stem } from './content-words.js';
import { DOING, isOrder } from './cues.js';

/** Closed lists of common words by stem: what an item of a changelog is about. */
const setOf = (words: string) => new Set(words.split(' '));

/** What every new version brings: tags, typos, wording, the base. */
const CHORES = setOf(
  "rebas rebase re-bas resend repost tag acked-by acked-bys ack reviewed-by reviewed-bys r-b rb rbs tested-by suggested-by signed-off-by fixe trailer typo nit messag wording word whitespac indent indentation checkpatch styl format formatt cosmetic spell grammar comment review feedback collect cc cc'd letter changelog log description subject titl reword rephras minor mail suggestion unchang cover-letter coverletter kernel-doc sob sign warning",
);
/** Words that accompany these: an item with no other words is a chore. */
const CHORE_COMPANIONS = setOf(
  'add fix updat address improv chang change commit patch patche version pick apply appli all some few small onto top linux-next mainline next latest tree branch drop remov correct clarify function functional incorporat tidy various other from per by on to in for the of and no more introduc stabl vger kernel org wher necessary sery entir whol clang',
);
/** Text around the code: a change to it is a chore even in a longer item. */
const TEXTS = setOf('description changelog cover-letter coverletter');
const PROSE = setOf('messag letter subject prefix log');
const ADDRESSED = setOf('comment review feedback suggestion remark');
const MAX_CHORE_WORDS = 4;
/** How the patches are cut, not what they do. */
const SHUFFLES = setOf(
  'split squash fold merg reorder re-order drop mov move renumber add separat reshuffl includ',
);
const PATCHES = setOf('patch patche patchset commit sery');
/** An item that corrects one of these is not a chore. */
const FAULTS = setOf(
  'bug leak crash rac race deadlock hang overflow underflow regression panic oops corruption failur deref',
);
/** Changes that users of the code cannot notice. */
const TRIVIAL = setOf('renam sort reorder styl simplify clean cleanup tidy document mak make');

/** `No code changes`, `the driver did not change since v18`. */
const KEPT =
  /(?:^|[,;] )no codes? changes?\b|^(?:(?:the|this|these|all) )?(?:[\w-]{1,20} ){0,2}(?:code|driver|patch|patches|series|rest|others?) (?:did|has|have|was|were)(?: not|n't)(?: been)? changed?\b/i;
/** `Synced with v6.8-rc3`, `Update to latest v6.12`: the base alone. */
const MOVED_ONTO =
  /^(?:re-?)?(?:sync|update|port|refresh|move|switch|base)\w{0,4} (?:to|with|on|onto|against|over)(?: [a-z]{2,10}){0,3} v?\d\.\d{1,2}(?:-rc\d{1,2})?\W{0,2}$/i;

/** How unimportant a change is to a reader: 0 what the code now does, 1 how it is written, 2 how the patches are cut, 3 what every version brings. */
export function changeRank(item: string): 0 | 1 | 2 | 3 {
  if (KEPT.test(item) || MOVED_ONTO.test(item)) return 3;
  const words = item.toLowerCase().match(/[a-z][a-z0-9_'-]*/g) ?? [];
  const stems = words.slice(0, 40).map((word) => stem(word));
  const [first = '', second = ''] = stems;
  if (first === 'no' && (second === 'chang' || second === 'change' || stems.includes('chang'))) return 3;
  const chores = stems.filter((word) => CHORES.has(word)).length;
  const others = stems.filter((word) => !CHORES.has(word) && !CHORE_COMPANIONS.has(word)).length;
  if (
    first.startsWith('rebas') ||
    first === 'resend' ||
    first === 'unchang' ||
    first === 'collect' ||
    (chores > 0 && others <= chores + 1 && !stems.some((word) => FAULTS.has(word)))
  )
    return 3;
  if (stems.slice(0, 3).some((word) => TEXTS.has(word)) || (others <= MAX_CHORE_WORDS && isAboutText(stems)))
    return 3;
  // `Misc changes in patch 5`, `New patch 10`.
  if ((first === 'new' || first === 'misc') && others <= 2 && stems.includes('patch')) return 2;
  if (SHUFFLES.has(first) && stems.slice(1, 7).some((word) => PATCHES.has(word))) return 2;
  // `Remove the lock from patch 3` is about the code.
  if (first === 'remov' && stems.slice(1, 3).some((word) => word === 'patch' || word === 'patche')) return 2;
  return TRIVIAL.has(first) ? 1 : 0;
}

/** `Keep commit messages short`, `Move the description to the first patch`, `Address Ada's comments on the ring`. */
function isAboutText(stems: readonly string[]): boolean {
  const [first = ''] = stems;
  if (first === 'address') return stems.some((word) => ADDRESSED.has(word));
  if (stems.some((word) => FAULTS.has(word))) return false;
  const ofPosting = stems.includes('commit') || stems.includes('cover') || stems.includes('patch');
  return stems.some((word) => TEXTS.has(word)) || (ofPosting && stems.some((word) => PROSE.has(word)));
}

/** Stems of what is done to code, besides what a series does. */
const ACTS = setOf('use used using modify modifi');

/** `add a cache`, `use the new lock`; not the second half of `the ring and its lock`. */
export function isAct(text: string): boolean {
  const [first = ''] = text.toLowerCase().split(/[^a-z'-]/, 1);
  const key = stem(first);
  return (
    ACTS.has(key) || DOING.has(key) || SHUFFLES.has(key) || TRIVIAL.has(key) || isOrder({ text: first, key })
  );
}

const PART = /(?:[,;.]? (?:and|\+|&|then)|[,;.:]| --| —) /g;

/** Whether a quote or a bracket is still open at the end. */
function opens(text: string): boolean {
  return text.split('"').length % 2 === 0 || text.split('(').length > text.split(')').length;
}

/** An item without the chores in front of its change: `rebase, add a cache` is `add a cache`; and its rank. */
export function rankedChange(item: string): { readonly item: string; readonly rank: 0 | 1 | 2 | 3 } {
  const rank = changeRank(item);
  for (const { index, 0: joint } of item.matchAll(PART)) {
    const rest = item.slice(index + joint.length);
    const head = item.slice(0, index);
    if (changeRank(head) < 3) break;
    // In the middle of a quoted title: `Rebase on "mm: drop the cache"`.
    if (opens(head)) continue;
    const restRank = changeRank(rest);
    if (rest.includes(' ') && restRank < 3 && isAct(rest)) return { item: rest, rank: restRank };
  }
  return { item, rank };
}
