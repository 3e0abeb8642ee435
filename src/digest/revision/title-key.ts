/** Titles compare by their words: case, punctuation and spacing change between versions of the same text. */

const LONGEST = 400;

/**
 * A title reduced to what identifies it: lower case, letters and digits of any script, `_` and the marks that
 * tell code apart (`:`, `/`, `+`, `#`) as word breaks. '' for a title without a single letter or digit.
 */
export function titleKey(title: string): string {
  const head = title.slice(0, LONGEST);
  // Nearly all titles are plain ASCII, and its classes cost a third of Unicode's.
  if (/^[ -~]*$/.test(head))
    return head
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, ' ')
      .trim();
  return head
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, ' ')
    .trim();
}

/** The words of a title key, once each. */
export function titleWords(key: string): ReadonlySet<string> {
  return new Set(key.split(' ').filter((word) => word !== ''));
}

const COMMON = new Set(
  'a an the of for in on to and or with from by as at is be it its use using add adds added fix fixes fixed fixup remove removes update updates support cleanup cleanups clean up some minor small misc various bug bugs bugfix bugfixes patch patches series typo typos improvement improvements improve change changes make allow new more few error errors warning warnings comment comments issue issues code'.split(
    ' ',
  ),
);

/**
 * How many words of a title distinguish it from similar ones: `mm: fix typos` has one, the prefix;
 * `KVM: x86: fix put_fpu() without load_fpu() on MPX` has five.
 */
export function tellingWords(key: string): number {
  let count = 0;
  for (const word of titleWords(key)) if (word.length > 1 && !COMMON.has(word)) count += 1;
  return count;
}

/** Shared words over all words of two title keys, 0 to 1. */
export function titleSimilarity(a: string, b: string): number {
  if (a === b) return a === '' ? 0 : 1;
  return wordsInCommon(titleWords(a), titleWords(b));
}

/** The same of their words. */
export function wordsInCommon(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of left) if (right.has(word)) shared += 1;
  const all = left.size + right.size - shared;
  return all === 0 ? 0 : shared / all;
}

/**
 * Pairs of adjacent distinctive words of a title, each once: what a retitled patch most likely keeps. What is before the last colon is left
 * out: `cgroup/cpuset:` is in all that its maintainer writes.
 */
export function tellingPairs(title: string): readonly string[] {
  const colon = title.lastIndexOf(': ');
  const words = titleKey(colon < 0 ? title : title.slice(colon + 2))
    .split(' ')
    .filter((word) => word.length > 1 && !COMMON.has(word));
  return [...new Set(words.slice(1).map((word, at) => `${words[at]} ${word}`))];
}
