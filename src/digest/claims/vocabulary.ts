/** The words that the grammar of claims knows, by what they do in a clause. */

const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** What may lead up to a clause: `Thanks, applied`, `OK will fix`, `Good catch, will do`. */
export const LEADS = set(
  'thanks thank thx tnx ok okay k great good nice perfect cool alright right yes yep yeah yup sure hi hello sorry oh ah hmm hm well fine ' +
    'and now so all anyway agreed agree ack indeed also then instead excellent cheers whoops oops ouch doh argh darn absolutely certainly ' +
    'definitely point catch idea sense makes true correct understood noted got alrighty my bad but both fair enough exactly acknowledged roger hence',
);

/** Adverbs that change nothing, wherever they are between the subject and the verb. */
export const ADVERBS = set(
  'just now also already instead then probably likely maybe perhaps finally manually simply actually indeed certainly definitely ' +
    'surely still again soon shortly later rather ahead quickly hopefully therefore thus both all even too only either',
);

export const BEING = set('is are was were be been being am has have had having got gotten');

/** Verbs of the future, and those of `I am going to`, `I plan to`, `I would like to`. */
export const FUTURE = set("will shall gonna wil 'll");
export const INTENDING = set(
  'going plan planning intend like love want happy hope hoping about prefer trying need have try',
);

/** They leave open whether it happens. */
export const OPEN = set('would should could can may might must ought cannot cant need needs');

export const NEGATIONS = set(
  "not never no neither nor without cannot don't doesn't didn't won't can't couldn't",
);

/** What a maintainer does with a posting: the participle, about it or by the person who did it. */
export const DONE = set(
  'applied queued merged pulled picked pushed staged taken committed commited comitted grabbed landed',
);
/** Past forms that only `I` makes clear: authors answer reviews with `added`, and `took` is used for time. */
export const DONE_BY_ME = set('took added put included');
export const APPLY = set(
  'apply queue merge pull pick push stage take commit grab land add get put include route carry',
);
/** They need an object: `I'll take this`, `I took the first two`. */
export const NEEDS_OBJECT = set(
  'add added took taken take pushed push pick get put include included route carry merge pull',
);

/** A posting that was applied is removed again. */
export const TAKEN_OUT = set(
  'dropped unpulled reverted unapplied unqueued unstaged unmerged removed backed ejected yanked kicked zapped un-applied un-queued un-pulled un-merged un-staged',
);
export const TAKE_OUT = set(
  'drop unpull revert unapply unqueue unstage remove ignore disregard discard scratch skip dismiss withdraw',
);

/** What authors are asked to do with their patches, and promise to. */
export const CHANGE = set(
  'fix do add change update drop remove send post respin re-spin resend re-send repost re-post rebase rework re-work rename move split ' +
    'separate convert rephrase reword clarify address correct include incorporate adjust use replace switch adapt amend improve ' +
    'mention document delete rewrite refactor extract factor merge fold squash reorder simplify cleanup clean make put keep get ' +
    'implement integrate introduce extend expand elaborate describe explain state note reflect revise modify alter reformat indent ' +
    'align wrap sort group combine join unify restructure reorganize reorganise rearrange restore revert undo avoid pass return check handle validate ' +
    'test verify initialize initialise init define declare annotate mark tag cc copy cover spell capitalize capitalise shorten ' +
    'trim cut reduce limit set reset rerun resubmit submit reroll re-roll reset reuse apply take follow go adopt turn start stop write ' +
    'disable enable export expose hide inline open-code opencode prefix suffix append prepend insert swap flip invert lift hoist sink ' +
    'tweak polish tidy strip kill nuke zap retest re-test redo re-do bump specify order embed prepare push cook spin roll provide create stick build base',
);

/** These are done to the text or the patch, not by the code: `should be moved`, not `should be disabled`. */
export const EDITS = set(
  'fix move remove drop rename split separate document update replace rework squash fold reword rephrase mention rewrite reorder correct ' +
    'rebase resend respin repost simplify refactor convert factor change add merge clarify extend delete revert clean cleanup sort adjust reformat address',
);

/** These alone imply no change to the patch: `please check`, `will test`, `I'll look`. */
export const ONLY_LOOKS = set(
  'check test verify explain keep get go take apply push start stop follow open note pass return handle turn build retest re-test rerun cc copy provide write describe elaborate state set put do include revert limit cover order mark prepare stick create',
);

/** The posting itself, among nouns. */
export const POSTING = set(
  'patch patches series patchset patch-set patchsets serie rfc submission posting pull request pr',
);
/** Nouns that may mean it if a determiner precedes them. */
export const POSTING_WITH_DETERMINER = set(
  'set version revision commit commits fix fixes change changes one ones lot rest backport backports batch first last two three four five bunch bits whole thing stuff email mail thread',
);
/** `patches`, and with a determiner before it `thing`. */
export function isPostingNoun(word: string): boolean {
  return POSTING.has(word) || POSTING_WITH_DETERMINER.has(word);
}
export const DETERMINERS = set(
  'the this these that those your my our both all every of whole entire full complete first second third last rest remaining other two three ' +
    'four five six seven eight new updated current v1 v2 v3 v4 v5 v6 previous single original stable trivial obvious cleanup prep first',
);
export const PRONOUNS = set('it this these them both all everything that those they');

/** What may follow a posting or a participle without naming another thing. */
export const PREPOSITIONS = set(
  'to for in into onto on with as by from at of via through against under after before within during per using',
);
export const CLOSERS = set(
  'thanks thank thx now already too manually directly separately locally again here everything one up out instead anyway yesterday today ' +
    'tomorrow earlier myself likewise all cleanly - -- — – only then just ok okay for',
);

export const NEWER = set(
  'new next newer updated another revised following upcoming subsequent future later fixed second improved',
);
export const VERSION_NOUNS = set(
  'version revision spin respin re-spin reroll re-roll round iteration posting submission drop series patchset patch set repost resend update rev ver',
);

/** A verb's base form from its participle or its `-ing`; the word itself if it is neither. */
export function baseOf(word: string): string {
  const irregular = IRREGULAR[word];
  if (irregular !== undefined) return irregular;
  // `re-ordered`
  const whole = word.startsWith('re-') ? baseOf(`re${word.slice(3)}`) : '';
  if (CHANGE.has(whole)) return whole;
  for (const [end, rest] of ENDINGS) {
    if (!word.endsWith(end) || word.length < end.length + 2) continue;
    const stem = word.slice(0, -end.length);
    for (const base of [stem + rest, stem, undouble(stem)]) if (CHANGE.has(base)) return base;
  }
  return word;
}

const ENDINGS = [
  ['ied', 'y'],
  ['ying', 'y'],
  ['ed', 'e'],
  ['ing', 'e'],
] as const;

/** `dropp` of `dropped`. */
function undouble(stem: string): string {
  return stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : stem;
}

const IRREGULAR: Readonly<Record<string, string>> = {
  done: 'do',
  sent: 'send',
  made: 'make',
  kept: 'keep',
  written: 'write',
  rewritten: 'rewrite',
  redone: 'redo',
  split: 'split',
  put: 'put',
  set: 'set',
  taken: 'take',
  gone: 'go',
  hidden: 'hide',
};

/** A sentence that says anything about a posting has at least one of these words: most sentences have none. */
const TELLING = set(
  'please pls plz kindly needs need must should otherwise modulo except besides nak nack nacked superseded withdrawn changes with other apart ' +
    "will i'll we'll ill there'll let lets let's going gonna v2 v3 v4 v5 v6 v7 v8 v9 done version revision can could would doesn't does fails failing failed don't dropping " +
    'part placed marked tree queue branch cherry-picked cherry installed checked accepted unpulled withdrawing applying taking pulling merging not no',
);

/** Whether a word may be the verb of a claim. */
export function isTelling(word: string): boolean {
  return (
    TELLING.has(word) ||
    DONE.has(word) ||
    DONE_BY_ME.has(word) ||
    CHANGE.has(word) ||
    TAKEN_OUT.has(word) ||
    ALONE.has(word) ||
    /^-?v\d/.test(word)
  );
}

/** `Done.`, `Fixed in v2`, `Will do`: alone, as authors answer one comment after another. */
export const ALONE = set('done fixed changed updated removed added dropped renamed addressed corrected');

/** A verb that withdraws a posting, or negated keeps it out: `drop this`, `don't apply it`. */
export function isTakeOut(verb: string | undefined): boolean {
  return (
    verb !== undefined &&
    (TAKE_OUT.has(verb) || ['apply', 'take', 'merge', 'pull', 'queue', 'pick'].includes(verb))
  );
}
