/** The releases that the tags of a subject name. */
export interface ReleaseTags {
  /** Branches as stable trees are called, `6.12.y`, in the order written; a release with a third number, `8.2.3`, as it is. */
  readonly branches: readonly string[];
  /** The tags alone say that it goes to old releases: `[PATCH AUTOSEL 6.1]`, `[PATCH 6.6.y]`. A bare `[PATCH 6.12]` may be new work for 6.12. */
  readonly isStable: boolean;
}

const NUMBER = String.raw`v?(\d{1,2}\.\d{1,3}(?:\.\d{1,3})?)(\.y)?(-stable)?`;
/** `6.6`, `v6.6.y`, `for-6.1.y`, `linux-5.15.y`, `stable-6.1`, `6.1-stable`. */
const BRANCH = new RegExp(`^(?:for-)?(linux-|-?stable[-/])?${NUMBER}$`, 'i');
/** `6.17-6.12`: from the one down to the other. */
const RANGE = new RegExp(`^${NUMBER}-${NUMBER}$`, 'i');
const MOST_PARTS = 20;

/** Reads the tags that name a tree (`Subject.prefixes`); null if none names a release or the stable trees. */
export function readReleaseTags(prefixes: readonly string[]): ReleaseTags | null {
  const branches = new Set<string>();
  let isStable = false;
  let isMarked = false;
  for (const prefix of prefixes) {
    const read = readTag(prefix);
    if (read === null) continue;
    for (const branch of read.branches) branches.add(branch);
    isStable ||= read.isStable;
    isMarked ||= read.isMarked;
  }
  if (branches.size === 0 && !isMarked) return null;
  // Work for the next release is for one; and `[PATCH stable]` is no more than a branch of Mercurial's.
  return {
    branches: [...branches],
    isStable: isStable || branches.size > 1 || (isMarked && branches.size > 0),
  };
}

interface ReadTag extends ReleaseTags {
  /** It says `stable` or the like, whatever else. */
  readonly isMarked: boolean;
}

/** One tag, which may list several: `-stable,6.6`, `5.10/5.15/6.1`. null if any part of it names something else: `for-6.18/block`. */
function readTag(tag: string): ReadTag | null {
  const parts = tag.split(/[\s,/+&]+/, MOST_PARTS).filter((part) => part !== '');
  const branches: string[] = [];
  let isStable = false;
  let isMarked = false;
  for (const part of tag.toLowerCase().startsWith('stable/') ? [tag] : parts) {
    if (/^(?:autosel|backport)$/i.test(part)) isStable = isMarked = true;
    else if (/^(?:-?stable|lts)$/i.test(part)) isMarked = true;
    else {
      const [, tree, number, y, stable] = BRANCH.exec(part) ?? [];
      const [, from, , , to] = RANGE.exec(part) ?? [];
      if (number !== undefined) branches.push(branchName(number));
      else if (from !== undefined && to !== undefined) branches.push(branchName(from), branchName(to));
      else return null;
      isStable ||= tree !== undefined || y !== undefined || stable !== undefined;
    }
  }
  return parts.length === 0 ? null : { branches, isStable, isMarked };
}

function branchName(number: string): string {
  return number.split('.').length === 2 ? `${number}.y` : number;
}
