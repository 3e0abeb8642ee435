/** `this`, `here is`, `it's`: what leads to the version's name. */
const POINTERS: ReadonlySet<string> = new Set(['this', 'here', 'below', 'following']);
const POINTERS_IS: ReadonlySet<string> = new Set(["this's", "here's", "below's", "following's", "it's"]);
const NOW: ReadonlySet<string> = new Set(['now', 'just', 'hopefully']);
const ARTICLES: ReadonlySet<string> = new Set(['a', 'an', 'the', 'my', 'yet']);
const QUALIFIERS: ReadonlySet<string> = new Set(
  'another new next update updated latest final first second third rfc resend'.split(' '),
);
const VERSIONS: ReadonlySet<string> = new Set(
  'version revision iteration respin spin repost resend posting round take attempt update pass'.split(' '),
);
/** No version's name stands further in. */
const MAX_WORDS = 12;

function isQualifier(word: string): boolean {
  return QUALIFIERS.has(word) || /^(?:v\d{1,2}|\w{3,12}(?:th|rd|nd|st)|\d{1,2}(?:th|rd|nd|st))$/.test(word);
}

/** Behind `this is the`: where the name of the version starts. */
function afterPointer(words: readonly string[]): number {
  let at = words[0] === 'so' && POINTERS.has(words[1] ?? '') ? 1 : 0;
  const first = words[at] ?? '';
  if (POINTERS_IS.has(first)) at += 1;
  else if (POINTERS.has(first)) at += words[at + 1] === 'is' || words[at + 1] === 'are' ? 2 : 1;
  else if (first === 'it' && words[at + 1] === 'is') at += 2;
  if (NOW.has(words[at] ?? '')) at += 1;
  return ARTICLES.has(words[at] ?? '') ? at + 1 : at;
}

/** How many words the name of a version takes that starts at `at`, with the `of` or comma behind it; 0 where none does. */
function versionWords(words: readonly string[], at: number): number {
  let end = at;
  const isNamed = (word: string) => VERSIONS.has(word) || /^v\d{1,2}$/.test(word);
  let word = words[end] ?? '';
  if (!isNamed(word.endsWith(',') ? word.slice(0, -1) : word)) return 0;
  if (/^v?\d{1,2},?$/.test(words[end + 1] ?? '') && !word.endsWith(',')) {
    end += 1;
    word = words[end] ?? '';
  }
  const next = words[end + 1] ?? '';
  if ((next === 'of' || next === 'at') && /^\w/.test(words[end + 2] ?? '')) return end + 2 - at;
  return word.endsWith(',') && /^\w/.test(next) ? end + 1 - at : 0;
}

function charsOf(words: readonly string[], count: number): number {
  let chars = 0;
  for (let at = 0; at < count; at += 1) chars += (words[at] ?? '').length + 1;
  return chars;
}

/**
 * How many characters `here is the seventh version of ` takes in front of a sentence; 0 where there is no such thing.
 * `lower`: the sentence in lower case.
 */
export function versionChatter(lower: string): number {
  const words = lower.split(' ', MAX_WORDS + 2);
  const start = afterPointer(words);
  let at = start;
  while (at < start + 3 && isQualifier(words[at] ?? '')) at += 1;
  // `v3` and `update` qualify what follows or are it.
  for (; at >= start; at -= 1) {
    const taken = versionWords(words, at);
    if (taken > 0) return charsOf(words, at + taken);
  }
  return 0;
}

const SMALL: ReadonlySet<string> = new Set(
  'the a an my this our these small short simple little new'.split(' '),
);
const POSTINGS: ReadonlySet<string> = new Set(
  'set series patchset patch-set patches patch patchseries'.split(' '),
);

/** What a series is for or made against. */
const BASES: ReadonlySet<string> = new Set(['for', 'on', 'against', 'agains', 'again', 'againt']);

/** The same for `the patch series to ` that is left over from the chatter: `address X` is the point. */
export function seriesTo(lower: string): number {
  const words = lower.split(' ', MAX_WORDS);
  let at = 0;
  while (at < 3 && SMALL.has(words[at] ?? '')) at += 1;
  for (let round = 0; round < 2; round += 1)
    if ((words[at] === 'patch' || words[at] === 'rfc') && POSTINGS.has(words[at + 1] ?? '')) at += 1;
  if (!POSTINGS.has(words[at] ?? '')) return 0;
  at += 1;
  if (words[at] === 'on' && words[at + 1] === 'top' && words[at + 2] === 'of') at += 4;
  else if (BASES.has(words[at] ?? '')) at += 2;
  const next = words[at];
  const leads = next === 'that' || next === 'which' || next === 'to';
  return leads && at + 1 < words.length ? charsOf(words, at + 1) : 0;
}
