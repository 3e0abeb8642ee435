/**
 * Words that say nothing about what a series does: function words, and what every cover letter says
 * (`patch`, `series`, `kernel` stays, for it can be the point).
 */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a about above after again all also although an and any are as at be became because been before being below ' +
    'between both but by can cannot could did do does doing done down during each either else even ever every few for ' +
    'from further get gets got had has have having he hence her here his how however i if in instead into is it its ' +
    'itself just let lets like made make makes many may me might more most much must my need needs neither no nor not ' +
    'now of off on once one only onto or other our out over own per rather same she should since so some still such ' +
    'than that the their them then there thereby therefore these they this those though through thus to too two under ' +
    'until up upon us use used uses using various very via was way we well were what when where whether which while ' +
    'who whose why will with within without would yet you your ' +
    'patch patches patchset series set commit change changes'
  ).split(' '),
);

/** A light stemmer: plural, -ing, -ed and -ly endings off, so that `mapping`, `maps`, `mapped` come near each other. */
export function stem(word: string): string {
  let w = word.endsWith('s') ? withoutPlural(word) : word;
  switch (w.charAt(w.length - 1)) {
    case 'g':
      if (w.length > 5 && w.endsWith('ing')) w = w.slice(0, -3);
      break;
    case 'd':
      if (w.length > 4 && w.endsWith('ed')) w = w.slice(0, -2);
      break;
    case 'y':
      if (w.length > 5 && w.endsWith('ly')) w = w.slice(0, -2);
      break;
    default:
  }
  if (w.length > 4 && w.endsWith('e')) w = w.slice(0, -1);
  // `mapp` (mapping, mapped) is `map`.
  const last = w.charAt(w.length - 1);
  const doubled =
    w.length > 3 && last === w.charAt(w.length - 2) && last !== 'l' && last !== 's' && last !== 'z';
  return doubled ? w.slice(0, -1) : w;
}

function withoutPlural(word: string): string {
  if (word.length <= 3 || word.endsWith('ss') || word.endsWith('us')) return word;
  if (word.length > 4) {
    if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
    if (word.endsWith('sses') || word.endsWith('shes') || word.endsWith('ches') || word.endsWith('xes'))
      return word.slice(0, -2);
  }
  return word.slice(0, -1);
}

function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    (code >= 65 && code <= 90) ||
    code > 191
  );
}

function isNumber(word: string): boolean {
  const first = word.charCodeAt(0);
  return first >= 48 && first <= 57 && /^\d+$/.test(word);
}

/**
 * The content words of a text: lower case, stop words and lone characters and bare numbers out, stemmed; in the
 * text's order, repeats kept. `foo_bar()` is one word, `read/write` and `dma-buf` are two.
 */
export function contentWords(text: string): string[] {
  const words: string[] = [];
  const lower = text.toLowerCase();
  // Most calls pass a single word.
  if (/^\w+$/.test(lower)) {
    if (isContent(lower)) words.push(stem(lower));
    return words;
  }
  let start = -1;
  for (let i = 0; i <= lower.length; i += 1) {
    const inWord = i < lower.length && isWordCode(lower.charCodeAt(i));
    if (inWord) {
      if (start < 0) start = i;
      continue;
    }
    const word = start < 0 ? '' : lower.slice(start, i);
    if (isContent(word)) words.push(stem(word));
    start = -1;
  }
  return words;
}

function isContent(word: string): boolean {
  return word.length > 1 && !STOP_WORDS.has(word) && !isNumber(word);
}
