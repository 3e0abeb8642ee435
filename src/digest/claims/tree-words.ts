/**
 * The words for where patches are applied, and what each is called by whom. Every rule of claims takes them from here; which of them it accepts
 * is the rule's own choice: `in my queue` says who has it, `in mainline` does not.
 *
 * | kind | words | whose |
 * |---|---|---|
 * | noun | tree, queue, branch | `my`, `our`, `the` says whose |
 * | branch | for-next, for-linus, fixes, devel, dev | one in any maintainer's tree |
 * | trunk | trunk, master, main | the main branch of any project |
 * | shared | mainline, upstream, tip, stable, linux-next | one that everyone means by that name |
 * | named | `for-6.9/frob`, `net-next`, `frob.git` | one maintainer's or one subsystem's |
 */
const KINDS = {
  noun: ['tree', 'queue', 'branch'],
  branch: ['for-next', 'for-linus', 'fixes', 'devel', 'dev'],
  trunk: ['trunk', 'master', 'main'],
  shared: ['mainline', 'upstream', 'tip', 'stable', 'linux-next'],
} as const;

type Kind = keyof typeof KINDS;

const kindOf: ReadonlyMap<string, Kind> = new Map(
  (Object.keys(KINDS) as Kind[]).flatMap((kind) => KINDS[kind].map((word) => [word, kind] as const)),
);

/** `tree`, `queue`, `branch`. */
export function isTreeNoun(word: string): boolean {
  return kindOf.get(word) === 'noun';
}

/** `master`, `for-linus`: the name of a branch by itself. */
export function isBranchName(word: string): boolean {
  const kind = kindOf.get(word);
  return kind === 'branch' || kind === 'trunk';
}

/** `mainline`, `linux-next`: what everyone means by that name. */
export function isSharedTree(word: string): boolean {
  return kindOf.get(word) === 'shared';
}

/** `for-6.9/frob`, `for-next`, `net-next`, `frob.git`. */
export function isNamedTree(word: string): boolean {
  return word.startsWith('for-') || word.endsWith('-next') || word.endsWith('.git');
}

/** `net-next`, `drm-misc-next`: one subsystem's; linux-next is what everyone tests. */
export function isSubsystemNext(word: string): boolean {
  return word.endsWith('-next') && !isSharedTree(word);
}

/** A tree that no one else pulls from: `our internal tree`, `my local branch`. */
const PRIVATE = new Set([
  'internal',
  'local',
  'private',
  'personal',
  'downstream',
  'vendor',
  'wip',
  'review',
]);

/** Whether words say that only the writer has it there. */
export function isPrivate(words: readonly string[]): boolean {
  return words.some((word) => PRIVATE.has(word));
}

/** `part of my next tree`, `in our for-next`; not `in my review queue`, nor `in our internal tree`. */
export function namesOwnTree(words: readonly string[]): boolean {
  const at = words.findIndex((word) => word === 'my' || word === 'our');
  return (
    at >= 0 &&
    at < 4 &&
    words.slice(at, at + 5).some((word) => isTreeNoun(word) || word === 'for-next') &&
    !isPrivate(words)
  );
}

/** Words before the name of a tree. */
const INTO = new Set(['to', 'into', 'onto', 'in', 'on', 'for', 'via', 'through']);

/** `to`, `into`, `via`: the name of a tree may follow. */
export function leadsToTree(word: string | undefined): boolean {
  return word !== undefined && INTO.has(word);
}

/** Patterns of the same words, for rules that accept few wordings. */
export const TREE_NOUN = `(?:${KINDS.noun.join('|')})`;
export const OWN_TREE = `(?:my|our) (?:${KINDS.noun.join('|')}|for-next)`;
export const TRUNK = `(?:${KINDS.trunk.join('|')}|mainline)`;
/** `for-6.9/frob`, `net-next`, `frob.git`, a branch with a release's number; linux-next is everyone's. */
export const NAMED_TREE =
  '(?!linux-next)(?:for-[\\w./-]+|[\\w./]+(?:-[\\w./]+)*-next|[\\w./-]+\\.git|\\d{1,4}\\.\\d{1,2}\\.[xy])';
/** `fixes`, `release/2.3`, `branch-3.2`, `drm-misc-fixes`: branches that maintainers pick patches into. */
export const PICKED_INTO = `(?:${[...KINDS.trunk, ...KINDS.branch].join('|')}|mainline|(?:stable|release|branch)[/-]v?\\d[\\w.]*|(?:[\\w.]+-)+(?:fixes|stable|queue|urgent))`;
/** Linus Torvalds' tree, in its words: `Linus' tree`, `the mainline kernel`, `upstream`. */
export const LINUS_TREE =
  "(?:linus(?:'s?)? (?:git )?tree|(?:the )?mainline(?: kernel| tree)?|(?:the )?upstream(?: kernel| tree)?)";
/** `jc/frob`; not `drivers/frob`. */
export const BRANCH_OF_PERSON = '(?:[a-z]{2,10}\\/[a-z][\\w-]*)';
