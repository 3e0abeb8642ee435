import type { Mail } from '../../mail/mail.js';
import { patchNumber } from '../../text/bounded-number.js';
import type { StateClaim } from '../claim.js';
import { nameTree, treeOfUrl } from '../name-tree.js';
import { isQuoteLine } from '../own-text.js';
import { readPatchList } from './listed-patches.js';
import { claim } from './make-claim.js';

const VERBS = [
  'applied',
  'merged',
  'queued',
  'pushed',
  'pulled',
  'picked',
  'taken',
  'thanks, applied',
  'committed',
];

/** A line that begins like an entry; as `^` with the flag m it would be tried at every character of every mail. */
const LISTED = /\n\[\d{1,4}\//;

/**
 * b4 ty: a line such as `Applied, thanks!` or `Applied to BRANCH, thanks!` (templates are the user's own), then the
 * patches as `[1/3] title` with `commit: <sha>` or a link. The list says which patches: gaps are patches left out.
 */
export function readB4Ty(mail: Mail): StateClaim[] {
  if (!mail.text.includes('\n[') || !LISTED.test(mail.text)) return [];
  const lines = mail.text.split('\n', 5000).map((line) => line.slice(0, 500));
  const at = lines.findIndex((line) => startsApplied(line));
  const opening = lines[at];
  if (opening === undefined) return [];
  const rest = lines.slice(at + 1).filter((line) => !isQuoteLine(line));
  const { patches, tree } = readPatchList(rest, readEntry);
  // Without a commit in it, it may be a person who quotes a list of titles.
  if (!patches.some((patch) => patch.commit !== null) && !mail.messageId?.includes('b4-ty')) return [];
  const by = mail.from ?? { name: '', email: '' };
  const named = readTree(opening, rest, by);
  return [
    claim('b4-ty', 'applied', by, 1, opening, { tree: named.tree ?? tree, branch: named.branch, patches }),
  ];
}

function startsApplied(line: string): boolean {
  const text = line.toLowerCase();
  return VERBS.some((verb) => text.startsWith(verb)) && !text.includes('?');
}

/** The sentence itself, a `tree:` and `branch:` line (vfs), or a link and a branch on a line of their own (broonie). */
function readTree(opening: string, rest: readonly string[], by: { name: string; email: string }) {
  let { tree, branch } = nameTree(opening, by);
  for (const line of rest.slice(0, 40)) {
    const text = line.trim();
    if (readEntry(line) !== null) break;
    if (text.startsWith('tree:')) tree = treeOfUrl(text.slice(5).trim()) ?? tree;
    else if (text.startsWith('branch:')) branch = text.slice(7).trim() || branch;
    else if (text.includes('://') && text.split(' ')[0]?.endsWith('.git')) {
      const named = nameTree(text, by);
      tree ??= named.tree;
      branch ??= named.branch;
    }
  }
  return { tree, branch };
}

/** `[1/3] title`, zero-padded in long series. */
function readEntry(line: string): { index: number | null; title: string } | null {
  const counter = /^\[(\d{1,4})\/\d{1,4}\] ?/.exec(line);
  return counter === null
    ? null
    : { index: patchNumber(counter[1]), title: line.slice(counter[0].length).trim() };
}
