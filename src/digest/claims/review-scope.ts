import { isReviewKind } from '../trailer/kinds.js';
import type { ReviewScope, Trailer } from '../trailer/trailer.js';
import { isQuoteLine } from './own-text.js';
import { namedIndexes, words } from './patch-numbers.js';

const LINE_LIMIT = 400;
const WHOLE = ['series', 'patchset', 'patch-set', 'patch-series'];
const EXCEPT = ['except', 'excluding', 'but', 'besides', 'minus', 'without'];

/**
 * Adds to each review tag of a reply which patches its words apply it to: a note after it (`# patches 1-3`,
 * `[for the series]`) or the sentence just before it (`For patches 2 and 5:`, `The whole series is`).
 * A tag without such words stays as it is: it is for the mail that is answered.
 */
export function withReviewScopes(text: string, trailers: readonly Trailer[]): Trailer[] {
  if (!trailers.some((trailer) => isReviewKind(trailer.kind))) return [...trailers];
  const lines = text.split('\n', 5000).map((line) => line.slice(0, LINE_LIMIT).trim());
  let from = 0;
  let last: ReviewScope | null = null;
  return trailers.map((trailer) => {
    const at = lines.findIndex((line, index) => index >= from && isLineOf(line, trailer));
    if (at < 0 || !isReviewKind(trailer.kind)) return trailer;
    // Tags in one block share the sentence above the first of them.
    const shared = at > 0 && at === from ? last : null;
    from = at + 1;
    const scope = readNote(trailer.value) ?? shared ?? readScope(sentenceBefore(lines, at));
    last = scope;
    return scope === null ? trailer : { ...trailer, scope };
  });
}

function isLineOf(line: string, trailer: Trailer): boolean {
  const head = line.slice(0, trailer.kind.length + 1).toLowerCase();
  return head === `${trailer.kind.toLowerCase()}:` && line.includes(trailer.email);
}

/** What is behind the address: `# patches 1-3`, `[patch 2]`, `(for the series)`. */
function readNote(value: string): ReviewScope | null {
  const end = value.lastIndexOf('>');
  const note = end < 0 ? '' : value.slice(end + 1);
  return readScope(note, true);
}

/** The last sentence that the writer wrote just above; '' if a quote or nothing is there. */
function sentenceBefore(lines: readonly string[], at: number): string {
  const above: string[] = [];
  for (let up = at - 1; up >= 0 && up >= at - 6; up--) {
    const line = lines[up] ?? '';
    if (line === '' && above.length === 0 && up === at - 1) continue;
    if (line === '' || isQuoteLine(line)) break;
    above.unshift(line);
  }
  const paragraph = above.join(' ').slice(-300);
  const cut = Math.max(...['. ', '! ', '? ', '; '].map((sign) => paragraph.slice(0, -2).lastIndexOf(sign)));
  return cut < 0 ? paragraph : paragraph.slice(cut + 2);
}

/** `For patches 1-3:`, `patch 2 and 5`, `the series`; null if the words name no range, or mention one in passing. */
function readScope(sentence: string, note = false): ReviewScope | null {
  const all = words(sentence);
  if (all.length === 0 || all.length > 16 || sentence.endsWith('?')) return null;
  const cut = all.findIndex(
    (word, at) =>
      EXCEPT.includes(word) ||
      (word === 'other' && all[at + 1] === 'than') ||
      (word === 'apart' && all[at + 1] === 'from'),
  );
  const scopeWords = cut < 0 ? all : all.slice(0, cut);
  const except = cut < 0 ? [] : namedIndexes(all.slice(cut));
  const whole = namesSeries(scopeWords);
  if (whole) return { indexes: [], whole: true, except };
  const indexes = namedIndexes(scopeWords);
  // `patch 5 needs a comment, otherwise` mentions a patch without limiting the tag to it.
  const given =
    note ||
    scopeWords.includes('for') ||
    scopeWords.includes('to') ||
    scopeWords[0]?.startsWith('patch') ||
    scopeWords[0] === 'first' ||
    scopeWords[1]?.startsWith('patch');
  return indexes.length > 0 &&
    given &&
    !scopeWords.some((word) => ['needs', 'otherwise', 'see', 'comment', 'comments'].includes(word))
    ? { indexes, whole: false, except }
    : null;
}

const BETWEEN = [
  'the',
  'this',
  'whole',
  'entire',
  'full',
  'complete',
  'all',
  'of',
  'your',
  'both',
  'patches',
  'in',
];
const GIVERS = ['for', 'to', 'on', 'tested', 'reviewed', 'acked', 'ack', 'review'];

/**
 * `For the whole series`, `The series looks good`, `all patches`; not `conflicts with patches in the series`, and not
 * `the rest of the series`, which leaves out what only the writer knows.
 */
function namesSeries(scopeWords: readonly string[]): boolean {
  if (scopeWords.includes('rest') || scopeWords.includes('remaining')) return false;
  return scopeWords.some((word, at) => {
    const thing = WHOLE.includes(word);
    const all =
      word === 'patches' &&
      ['all', 'both'].includes(
        scopeWords[at - 1] === 'the' ? (scopeWords[at - 2] ?? '') : (scopeWords[at - 1] ?? ''),
      );
    if (!thing && !all) return false;
    let before = at - 1;
    while (
      before >= 0 &&
      (BETWEEN.includes(scopeWords[before] ?? '') || /^v\d+$/.test(scopeWords[before] ?? ''))
    )
      before--;
    return before < 0 || GIVERS.includes(scopeWords[before] ?? '');
  });
}
