/**
 * Classes of words by what they are about: closed lists of common words, by stem. None serves one letter; what a class is worth is learned.
 */
const CLASSES = {
  /** What a series does. */
  doing:
    'add fix introduc implement enabl support convert remov drop rework replac refactor clean cleanup mov extend improv optimiz simplify provid allow avoid reduc switch unify consolidat export expos split eliminat chang handl prevent restrict resolv solv address correct rewrit updat teach creat defin revert mak document deprecat renam delet extract harden',
  /** What is wrong, or was missing. */
  problem:
    'problem issu bug crash leak rac deadlock wrong incorrect fail failur slow miss break broken error warning cannot currently unabl lack regression overflow hang panic corrupt limit limitation expensiv overhead',
  /** Why it is worthwhile. */
  gain: 'fast faster better improvement performanc useful benefit efficient easier simpler saf safe help scal latency throughput goal purpos aim idea motivation intend',
  /** Versions of the posting. */
  version:
    'version resend respin repost rebas rebase v1 v2 v3 v4 v5 previou previous changelog revision iteration rfc unchanged',
  /** What it applies to and where it is found. */
  base: 'bas base branch git tree appli apply rc1 mainlin upstream linux-next available cherry-pick depend conflict backport',
  /** How it was tested. */
  testing: 'tested testing test boot build compil ran syzbot qemu verified result benchmark',
  /** Talk to the reader. */
  talk: 'thank thanks pleas review feedback comment welcom hi sorry hope you your suggest suggested thought question let discuss ack tag maintainer send sent post plan appreciat',
} as const;

export type CueClass = keyof typeof CLASSES;
export const CUE_CLASSES = Object.keys(CLASSES) as CueClass[];

const CLASS_OF: ReadonlyMap<string, number> = new Map(
  CUE_CLASSES.flatMap((name, at) => CLASSES[name].split(' ').map((word) => [word, at] as const)),
);

/** The class of a word, as an index into CUE_CLASSES; -1 if it is in none. `key`: its stem, or a class such as `<v>`. */
export function cueOf(text: string, key: string): number {
  return CLASS_OF.get(key) ?? CLASS_OF.get(text) ?? (key === '<v>' ? VERSION : -1);
}
const VERSION = CUE_CLASSES.indexOf('version');

/** Imperative verbs, in addition to those that say what is done: commit messages use them to say what their change does. */
const ORDERS: ReadonlySet<string> = new Set(
  'make use let have ensure check take keep set get call pass return skip stop start drop give put turn bring pull push hold build run tell tag mark reject accept release free allocate restore store save load print report show hide apply force limit bump sync wait wake read write initialize initialise reset clear declare annotate account relax tighten leave try treat consider trim shrink grow cap defer delay factor wrap hook wire select guard protect validate verify propagate invert reorder sort shift align pad inline open'.split(
    ' ',
  ),
);

/** Stems of the verbs that say what a series, or a change to it, does. */
export const DOING: ReadonlySet<string> = new Set(CLASSES.doing.split(' '));

/** `Fix …`, `Have the caller …`; `Fixes …` and `Fixing …` are none. */
export function isOrder(word: { readonly text: string; readonly key: string } | undefined): boolean {
  if (word === undefined) return false;
  const { text, key } = word;
  return ORDERS.has(text) || (DOING.has(key) && !/(?:s|ing|ed)$/.test(text));
}
