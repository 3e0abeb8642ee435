import { treeOfUrl } from '../claims/name-tree.js';

/** Where a pull request says its commits are. */
export interface PullRequest {
  readonly tree: string | null;
  readonly branch: string | null;
}

const SINCE = 'The following changes since commit ';
const WHERE = 'vailable in the';

/** Whether a text holds a pull request: `git request-pull` writes these two lines. */
export function isPullRequest(text: string): boolean {
  const at = text.indexOf(SINCE);
  return at >= 0 && text.indexOf(WHERE, at) >= 0;
}

/** The tree and the branch or tag that a pull request names: the first line below `are available in the Git repository at:`. */
export function readPullRequest(text: string): PullRequest | null {
  const at = text.indexOf(SINCE);
  const where = at < 0 ? -1 : text.indexOf(WHERE, at);
  if (where < 0) return null;
  const [, ...below] = text.slice(where, where + 600).split('\n');
  const [url = '', branch = ''] =
    below
      .map((line) => line.trim())
      .find((line) => line !== '')
      ?.split(/\s+/) ?? [];
  const tree = treeOfUrl(url);
  const name = branch.replace(/^(?:refs\/)?(?:tags|heads)\//, '');
  return { tree, branch: tree === null || name === '' ? null : name.slice(0, 100) };
}
