import { CUE } from './cue-phrases.js';

/** What a posting is called: `this series`, `the changeset`. */
export const SERIES_NOUNS: ReadonlySet<string> = new Set(
  'series patchset patch-set patches patch changeset set change changes commit rfc pull work driver pr'.split(
    ' ',
  ),
);

/** Verbs that say what a series does, as they stand in `add …`, `this series adds …`, `we added …`. */
const DOING = `
add adds adding added fix fixes fixing fixed introduce introduces introducing implement implements implementing enable
enables enabling support supports convert converts converting remove removes removing drop drops rework reworks replace
replaces refactor refactors refactoring clean cleans cleaning cleanup cleanups move moves moving extend extends extending
improve improves improving optimize optimizes optimise optimises simplify simplifies provide provides make makes making
allow allows avoid avoids reduce reduces switch switches switching restructure restructures unify unifies consolidate
consolidates export exports expose exposes split splits reorganize reorganizes eliminate eliminates change changes handle
handles prevent prevents restrict restricts propose proposes resolve resolves solve solves address addresses correct
corrects rewrite rewrites update updates updating use uses wire wires teach teaches create creates define defines aim aims
try tries attempt attempts bring brings let lets get gets revert reverts expand expands port ports contain contains consist
consists do does harden permit permits initialize pass passes set sets check checks call calls delete deletes mark marks
limit limits tidy turn turns keep keeps ensure ensures describe describes document documents generalize generalizes lift
lifts relax relaxes deprecate deprecates rename renames stop stops honour honours honor factor factors separate separates
`;
const DOES: ReadonlySet<string> = new Set(DOING.trim().split(/\s+/));

/** At the start of a sentence these are as likely a noun, or a step of an account: `Use a set of MSRs to …`. */
const NOT_AS_ORDER: ReadonlySet<string> = new Set(
  'use uses set sets check checks let lets call calls do does keep keeps get gets mark marks turn turns pass passes try tries change changes support supports cleanup cleanups adding added fixing fixed limit limits document documents port ports bring export attempt contain aim consist describe split'.split(
    ' ',
  ),
);

/** What may stand between the series and its verb. */
const BETWEEN: ReadonlySet<string> = new Set(
  'now also only just basically mainly mostly then simply further will can first to therefore thus instead should is are and up here would a an the intended meant supposed goal idea decided going intend intends for of that which in not further'.split(
    ' ',
  ),
);

const AIMS: ReadonlySet<string> = new Set(['idea', 'goal', 'aim', 'purpose', 'intention']);

/** A verb that says what a series does. */
export function isDoing(word: string | undefined): boolean {
  return word !== undefined && DOES.has(word);
}

/**
 * Whether the main clause says what the work does: `This series adds …`, `Add …`, `we introduce …`.
 *
 * `words`: lower case; `cues`: what `findPhrases` found in them.
 */
export function saysWhat(words: readonly string[], cues: number): boolean {
  const [first = '', second = ''] = words;
  if (isDoing(first) && !NOT_AS_ORDER.has(first)) return true;
  if (first === "let's") return true;
  // `The basic idea of virtio-mem is to …`
  const aim = words.slice(0, 4).findIndex((word) => AIMS.has(word));
  if (
    aim >= 0 &&
    words.slice(aim + 1, aim + 7).some((word, at) => word === 'is' && words[aim + at + 2] === 'to')
  )
    return true;
  if ((first === 'this' || first === 'it') && (isDoing(second) || (second === 'is' && isDoing(words[2]))))
    return true;
  const named = (cues & CUE.series) !== 0;
  const subject = words
    .slice(0, 9)
    .findIndex((word, at) => word === 'we' || (word === 'i' && at < 6) || (named && SERIES_NOUNS.has(word)));
  if (subject < 0) return false;
  for (let at = subject + 1; at < Math.min(words.length, subject + 6); at += 1) {
    const word = words[at] as string;
    if (isDoing(word)) return true;
    if (!BETWEEN.has(word) && !SERIES_NOUNS.has(word) && !word.endsWith('ly')) return false;
  }
  return false;
}
