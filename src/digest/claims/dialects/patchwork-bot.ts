import type { Address, Mail } from '../../mail/mail.js';
import { emailKey } from '../../mail/person-key.js';
import { patchNumber } from '../../text/bounded-number.js';
import type { StateClaim } from '../claim.js';
import { readPatchList } from './listed-patches.js';
import { claim } from './make-claim.js';

/**
 * patchwork-bot+PROJECT@kernel.org: `This series was applied to netdev/net-next.git (main)`, `by NAME <addr>:` in
 * newer mails, `(refs/heads/master):` in older ones, then a summary with links.
 */
export function readPatchworkBot(mail: Mail): StateClaim[] {
  if (emailKey(mail.from?.email ?? '') !== 'patchwork-bot@kernel.org') return [];
  const lines = mail.text.split('\n', 5000).map((line) => line.slice(0, 500));
  const at = lines.findIndex((line) => line.startsWith('This ') && line.includes(' was applied to '));
  const line = lines[at];
  if (line === undefined) return [];
  const by = readBy(lines[at + 1] ?? '') ?? mail.from ?? { name: '', email: '' };
  const summary = lines.findIndex((line) => line.startsWith('Here is the summary'));
  const { patches } = readPatchList(summary < 0 ? [] : lines.slice(summary + 1), readEntry);
  const { tree, branch } = readTarget(line);
  const mainline = tree === 'torvalds/linux';
  return [
    claim('patchwork-bot', mainline ? 'merged' : 'applied', by, 1, line, {
      tree,
      branch,
      patches,
      whole: patches.length === 0,
    }),
  ];
}

/** `… was applied to netdev/net-next.git (main)` and `(refs/heads/master):`. */
function readTarget(line: string): { tree: string | null; branch: string | null } {
  const words = line.slice(line.indexOf(' was applied to ') + 16).split(' ');
  const tree = (words[0] ?? '').replace(/[,:;]$/, '');
  const branch = (words[1] ?? '').replace(/^\(/, '').replace(/:$/, '').replace(/\)$/, '');
  return {
    tree: tree === '' ? null : tree.endsWith('.git') ? tree.slice(0, -4) : tree,
    branch: branch === '' ? null : branch.replace(/^refs\/heads\//, ''),
  };
}

function readBy(line: string): Address | null {
  const open = line.indexOf('<');
  const shut = line.indexOf('>', open);
  if (!line.startsWith('by ') || open < 0 || shut < 0) return null;
  return { name: line.slice(3, open).trim(), email: line.slice(open + 1, shut).trim() };
}

/** `  - [net-next,v2,1/3] title`, with comma tags, glued ones too: `[PATCHv4,01/14]`. */
function readEntry(line: string): { index: number | null; title: string } | null {
  const text = line.trim();
  if (!text.startsWith('- ')) return null;
  const shut = text.indexOf(']');
  if (text[2] !== '[' || shut < 0) return { index: null, title: text.slice(2).trim() };
  const counter = /(?<!\d)(\d{1,4})\/\d{1,4}$/.exec(text.slice(3, shut));
  return { index: patchNumber(counter?.[1]), title: text.slice(shut + 1).trim() };
}
