/** Lists of words that more than one step of summing up asks for. Lower case. */

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
export const DOES: ReadonlySet<string> = new Set(DOING.trim().split(/\s+/));

/** What the aim of a series is called: `the goal of this series is to …`. */
export const AIMS: ReadonlySet<string> = new Set([
  'idea',
  'goal',
  'aim',
  'purpose',
  'intention',
  'motivation',
]);

/** Of these a good part of English is. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  "the a an of to in for and is are with on that this it by be as we not or from can when which has have will if so all at into no but than was were do does these before after some them it's there only also its our over about via how what while where then such other more most may should would could you any each per between".split(
    ' ',
  ),
);

/** Words that may speak of what was said before: `fix it`, `this problem`, `the issue`. */
export const BACK_WORDS: ReadonlySet<string> = new Set(
  'this these such that those him her his he she it them issue issues problem problems above latter former'.split(
    ' ',
  ),
);
