import { CUE } from './cue-phrases.js';

/** What a posting is called: `this series`, `the changeset`. */
export const SERIES_NOUNS: ReadonlySet<string> = new Set(
  'series patchset patch-set patchsets patches patch changeset set change changes commit rfc pull work driver pr'.split(
    ' ',
  ),
);

/** Verbs that say what a series does, as they stand in `add …`, `this series adds …`, `we added …`. */
const DOING = `
add adds adding added fix fixes fixing fixed introduce introduces introducing introduced implement implements implementing
implemented enable enables enabling support supports convert converts converting remove removes removing drop drops rework
reworks replace replaces refactor refactors refactoring clean cleans cleaning cleanup cleanups move moves moving extend
extends extending improve improves improving optimize optimizes optimise optimises simplify simplifies provide provides make
makes making allow allows avoid avoids reduce reduces switch switches switching restructure restructures unify unifies
consolidate consolidates export exports expose exposes split splits reorganize reorganizes eliminate eliminates change
changes handle handles prevent prevents restrict restricts propose proposes resolve resolves solve solves address addresses
correct corrects rewrite rewrites update updates updating use uses wire wires teach teaches create creates define defines aim
aims try tries attempt attempts bring brings let lets get gets revert reverts expand expands port ports contain contains
consist consists do does harden permit permits initialize pass passes set sets check checks call calls delete deletes mark
marks limit limits tidy turn turns keep keeps ensure ensures describe describes document documents generalize generalizes
lift lifts relax relaxes deprecate deprecates rename renames stop stops honour honours honor factor factors separate
separates remedy remedies leverage leverages exploit exploits target targets intend intends rebase rebases merge merges mitigate mitigates pave paves complete completes unbreak rid defer defers skip skips speed speeds cover covers exposing teach
`;
const DOES: ReadonlySet<string> = new Set(DOING.trim().split(/\s+/));

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

function isOrder(first: string, second: string): boolean {
  if (!isDoing(first)) return false;
  return !NOT_AS_ORDER.has(first) || (ORDER_OF_THING.has(first) && ARTICLES.has(second));
}

/** What may stand between the series and its verb. */
const BETWEEN: ReadonlySet<string> = new Set(
  'at least partially proposal idea second now also only just basically mainly mostly then simply further will can first to therefore thus instead should is are and up here would a an the intended meant supposed goal idea decided going intend intends for of that which in not further'.split(
    ' ',
  ),
);

const AIMS: ReadonlySet<string> = new Set(['idea', 'goal', 'aim', 'purpose', 'intention', 'motivation']);
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

/** How plainly a sentence says what the work does, plainest first; see `saysWhat`. */
export type Saying = 'series' | 'order' | 'we' | 'count' | null;

/** `The basic idea of virtio-mem is to …`, `the goal of this series is to …`. */
function namesAim(words: readonly string[]): boolean {
  const aim = words.slice(0, 4).findIndex((word) => AIMS.has(word));
  if (aim < 0) return false;
  const is = words.indexOf('is', aim + 1);
  return is > 0 && is <= aim + 8 && (words[is + 1] === 'to' || words[is + 1] === 'that');
}

function namesCount(words: readonly string[]): boolean {
  if (!COUNTS.has(words[0] as string) || (words[1] === 'of' && words[2] === 'the')) return false;
  return words.slice(1, 6).some((word) => THINGS.has(word));
}

/** Where the doer of the main clause stands among the words: the series or the people behind it; -1 for neither. */
function doerAt(words: readonly string[], series: boolean): number {
  return words
    .slice(0, series ? 18 : 10)
    .findIndex((word, at) =>
      series ? SERIES_NOUNS.has(word) && isSeriesName(words, at) : word === 'we' || (word === 'i' && at < 6),
    );
}

/** `this patch series`, `the patchset`, `these two patches`; `set` alone names none, and `the driver` is a part of the kernel. */
function isSeriesName(words: readonly string[], at: number): boolean {
  const word = words[at] as string;
  const before = words.slice(Math.max(0, at - 3), at);
  const pointed = before.some((w) => w === 'this' || w === 'these' || w === 'following');
  if (word === 'series' || word.startsWith('patch')) return pointed || before.includes('the') || at <= 1;
  const near = words[at - 1];
  return at <= 5 && (near === 'this' || near === 'these');
}

function doesAfter(words: readonly string[], doer: number): boolean {
  for (let at = doer + 1; at < Math.min(words.length, doer + 9); at += 1) {
    const word = words[at] as string;
    if (isDoing(word)) return true;
    if (!BETWEEN.has(word) && !SERIES_NOUNS.has(word) && !word.endsWith('ly')) return false;
  }
  return false;
}

/**
 * Whether the main clause says what the work does: `series`: `This series adds …`; `order`: `Add …`; `we`: `we
 * introduce …`; `count`: `A few fixes for …`; null: it does not.
 *
 * `words`: lower case; `cues`: what `findPhrases` found in them.
 */
export function saysWhat(words: readonly string[], cues: number): Saying {
  const [first = '', second = ''] = words;
  if (namesAim(words)) return 'series';
  if (first === 'this' && (isDoing(second) || (second === 'is' && isDoing(words[2])))) return 'series';
  const series = doerAt(words, true);
  // `Patch 1 adds …` tells of a part.
  if (series >= 0 && doesAfter(words, series)) return (cues & CUE.patchNumber) === 0 ? 'series' : 'we';
  if (isOrder(first, second) || first === "let's") return 'order';
  const we = doerAt(words, false);
  // `With this series we can …`, `In this patch set, we introduce …`
  if (we >= 0 && doesAfter(words, we)) return series >= 0 ? 'series' : 'we';
  if (first === 'it' && isDoing(second)) return 'we';
  return namesCount(words) ? 'count' : null;
}
