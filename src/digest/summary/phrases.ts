/**
 * Finds set phrases in a sentence by whole words, in one pass: no regular expression, so that the cost is a look-up
 * a word however many phrases are known.
 *
 * A phrase is words with a space between. `a|b` is either; `_` is any one word. Classes stand for many words:
 * `<v>` v2, `<n>` a number, `<pct>` 30%, `<nth>` first or 7th, `<tree>` linux-next, v5.10-rc1, kvm/queue.
 */

const ORDINALS = new Set(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' '),
);
const TREES = new Set(
  'linux-next mainline upstream master linus torvalds mm-unstable mm-stable mm-new tip for-next next-next net-next bpf-next iommu-next'.split(
    ' ',
  ),
);
/** Words that are of a class though they are letters alone. */
export const CLASSED_WORDS: ReadonlySet<string> = new Set([...ORDINALS, ...TREES]);
const EDGES = '"\'`“”‘’()[]{}<>,;:!?*_–—';

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** The class that a word is of, as phrases name it; null where it is of none. */
export function classOf(word: string): string | null {
  if (!mayBeOfClass(word)) return null;
  const first = word.charCodeAt(0);
  if (isDigit(first)) {
    if (word.endsWith('%')) return '<pct>';
    if (/^\d+(?:st|nd|rd|th)$/.test(word)) return '<nth>';
    if (/^[2-7]\.\d{1,2}(?:\.\d+)?(?:-rc\d+|\.y)?$/.test(word)) return '<tree>';
    return '<n>';
  }
  if (first === 118 && isDigit(word.charCodeAt(1)))
    return /^v[2-7]\.\d{1,2}(?:\.\d+)?(?:-rc\d+)?$/.test(word)
      ? '<tree>'
      : /^v\d{1,2}$/.test(word)
        ? '<v>'
        : null;
  if (ORDINALS.has(word)) return '<nth>';
  if (
    TREES.has(word) ||
    word.endsWith('-next') ||
    word.endsWith('/next') ||
    word.endsWith('/queue') ||
    word.startsWith('next-2')
  )
    return '<tree>';
  return null;
}

/** Cheap, and true for every word that has a class. */
function mayBeOfClass(word: string): boolean {
  // Only the last needs no list, no digit and no `-` or `/`.
  return /[0-9/-]/.test(word) || CLASSED_WORDS.has(word);
}

/** The words of a sentence in lower case, marks at their ends off. At most 120: more is no sentence. */
export function tokens(sentence: string): string[] {
  const words: string[] = [];
  for (const raw of sentence.toLowerCase().split(' ', 120)) {
    let start = 0;
    let end = raw.length;
    if (end > 0 && isLetter(raw.charCodeAt(0)) && isLetter(raw.charCodeAt(end - 1))) {
      words.push(raw);
      continue;
    }
    while (start < end && EDGES.includes(raw[start] as string)) start += 1;
    while (end > start && (EDGES.includes(raw[end - 1] as string) || raw[end - 1] === '.')) end -= 1;
    if (end > start) words.push(raw.slice(start, end));
  }
  return words;
}

/** A phrase, its first word left out. */
export interface Phrase {
  /** What each further word must be; null takes any. */
  readonly rest: readonly (ReadonlySet<string> | null)[];
  readonly bit: number;
}

/** Phrases by their first word. */
export type PhraseTable = ReadonlyMap<string, readonly Phrase[]>;

/** Makes the table: for each bit (a power of two) its phrases, separated by commas or line ends. */
export function phraseTable(lists: readonly (readonly [bit: number, phrases: string])[]): PhraseTable {
  const table = new Map<string, Phrase[]>();
  for (const [bit, phrases] of lists) {
    for (const phrase of phrases.split(/[,\n]/)) {
      const [first, ...others] = phrase.trim().split(' ');
      if (first === undefined || first === '') continue;
      const rest = others.map((word) => (word === '_' ? null : new Set(word.split('|'))));
      for (const key of first.split('|')) {
        const list = table.get(key);
        if (list === undefined) table.set(key, [{ rest, bit }]);
        else list.push({ rest, bit });
      }
    }
  }
  return table;
}

function matches(phrase: Phrase, words: readonly string[], at: number): boolean {
  for (let i = 0; i < phrase.rest.length; i += 1) {
    const word = words[at + 1 + i];
    if (word === undefined) return false;
    const wanted = phrase.rest[i];
    if (wanted === null || wanted === undefined || wanted.has(word)) continue;
    const kind = classOf(word);
    if (kind === null || !wanted.has(kind)) return false;
  }
  return true;
}

/** Which bits of the table the words carry, or'ed together. */
export function findPhrases(table: PhraseTable, words: readonly string[]): number {
  let found = 0;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] as string;
    const phrases = table.get(word);
    if (phrases !== undefined)
      for (const phrase of phrases)
        if ((found & phrase.bit) === 0 && matches(phrase, words, i)) found |= phrase.bit;
    const kind = classOf(word);
    const ofClass = kind === null ? undefined : table.get(kind);
    if (ofClass === undefined) continue;
    for (const phrase of ofClass)
      if ((found & phrase.bit) === 0 && matches(phrase, words, i)) found |= phrase.bit;
  }
  return found;
}
