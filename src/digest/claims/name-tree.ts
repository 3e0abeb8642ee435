import type { Address } from '../mail/mail.js';
import { withoutTail } from '../text/without-tail.js';
import { isBranchName, isSharedTree, leadsToTree } from './tree-words.js';

export interface TreeName {
  readonly tree: string | null;
  readonly branch: string | null;
}

const FILLER = new Set(['the', 'my', 'our', 'a', 'an', 'local']);
/** They describe a branch and do not name it. */
const KINDS_OF_BRANCH = new Set([
  'immutable',
  'separate',
  'stable',
  'topic',
  'shared',
  'temporary',
  'dedicated',
]);

/**
 * The tree and the branch that a sentence such as `Applied to the vfs.misc branch of the vfs/vfs.git tree.` or
 * `Queued in for-6.9/io_uring` names. `my tree` is the sender's tree. null if it names none.
 */
export function nameTree(sentence: string, by: Address): TreeName {
  const words = sentence.split(/\s/).filter(Boolean).slice(0, 60).map(strip);
  const url = words.findIndex((word) => isTreeUrl(word));
  if (url >= 0) return { tree: treeOfUrl(words[url] ?? ''), branch: branchAfter(words, url) };
  let tree: string | null = null;
  let branch: string | null = null;
  for (let at = 0; at + 1 < words.length; at++) {
    const lead = (words[at] ?? '').toLowerCase();
    if (!leadsToTree(lead) && lead !== 'of') continue;
    const own = ['my', 'our'].includes((words[at + 1] ?? '').toLowerCase());
    let name = at + 1;
    while (FILLER.has((words[name] ?? '').toLowerCase())) name++;
    const word = words[name] ?? '';
    const kind = (words[name + 1] ?? '').toLowerCase();
    if (own && /^(?:tree|queue)$/i.test(word))
      tree ??= by.name === '' ? null : `${by.name}'s ${word.toLowerCase()}`;
    else if (kind === 'branch' && KINDS_OF_BRANCH.has(word.toLowerCase()))
      tree ??= by.name === '' ? null : `${by.name}'s ${word} branch`;
    else if (kind === 'branch') branch ??= plain(word);
    // `the -rcu "dev" branch`: kernel trees are written with a dash before them.
    else if (/^-[a-z]/.test(word) && (words[name + 2] ?? '').toLowerCase() === 'branch') {
      tree ??= word.slice(1);
      branch ??= words[name + 1] ?? null;
    } else if (kind === 'tree' || word.endsWith('.git')) tree ??= nameOf(word);
    else if (isBranch(word)) branch ??= word;
    else if (isTree(word)) tree ??= word;
    // `to nvme for-next`, `to btrfs' for-next`: a tree's short name, then the branch in it.
    if (isBranch(words[name + 1] ?? '') && /^[a-z][\w-]*$/.test(word) && !isBranch(word)) {
      tree ??= word;
      branch ??= words[name + 1] ?? null;
    }
  }
  return { tree, branch };
}

/** `https://git.kernel.org/pub/scm/linux/kernel/git/vfs/vfs.git` → `vfs/vfs`; null for any other link. */
export function treeOfUrl(url: string): string | null {
  if (!url.includes('://') && !url.includes('@')) return null;
  const path = url.split('://').at(-1) ?? '';
  const parts = path.split('/').filter(Boolean).slice(1);
  // `…/netdev/net-next/c/<sha>` is git.kernel.org's short link to a commit.
  const commit = parts.indexOf('c');
  const end = parts.findIndex((part) => part.endsWith('.git'));
  const last = end >= 0 ? end : commit > 0 ? commit - 1 : parts.length - 1;
  const from = parts.lastIndexOf('git', last - 1);
  const name = parts.slice(from >= 0 ? from + 1 : Math.max(0, last - 1), last + 1).join('/');
  return name === '' ? null : plain(name);
}

/** `frob.git` → `frob`; `Linus's` and `Linus'`, without the sign at its end, are no names. */
function nameOf(word: string): string {
  if (/^linus(?:'s)?$/i.test(word)) return "Linus's tree";
  return word.endsWith("'s") ? `${word} tree` : plain(word);
}

function branchAfter(words: readonly string[], at: number): string | null {
  const next = words[at + 1] ?? '';
  return isBranch(next) ? next : null;
}

function isTreeUrl(word: string): boolean {
  return (
    (word.includes('://') || word.startsWith('git@')) && (word.includes('.git') || word.includes('git.'))
  );
}

/** Branch names as maintainers use them: `for-6.9/io_uring`, `for-next`, `signal-for-v5.11`, `x86/urgent`, `vfs-6.14.poll`, `nvme-6.13`. */
function isBranch(word: string): boolean {
  const text = word.toLowerCase();
  if (text.includes('://') || !/^[#\w][\w./#+-]*$/.test(text)) return false;
  if (isBranchName(text) || text.startsWith('for-') || text.startsWith('#')) return true;
  if (/^[a-z][\w.-]*\/[\w./-]+$/.test(text) && !text.endsWith('.git') && !/\.[ch]$/.test(text)) return true;
  if (/^[a-z][\w.]*-for-[\w.-]+$/.test(text)) return true;
  return /^[a-z][\w]*[-.]\d+\.\d+/.test(text) || /-(fixes|queue|urgent)$/.test(text);
}

function isTree(word: string): boolean {
  const text = word.toLowerCase();
  return (
    isSharedTree(text) || (/^[a-z][\w-]*$/.test(text) && (text.endsWith('-next') || text.endsWith('-misc')))
  );
}

function strip(word: string): string {
  return withoutTail(word.replace(/^["'`(<[]+/, ''), '.,;:!?"\'`)>]');
}

function plain(name: string): string {
  return name.endsWith('.git') ? name.slice(0, -4) : name;
}
