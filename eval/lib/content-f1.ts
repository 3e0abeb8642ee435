/**
 * How near a summary comes to another text: F1 over content words.
 *
 * Words are runs of letters, digits and `_`, lower case, each counted once; stop words, lone characters and bare numbers are out. A
 * copy of the product's own reading, so that a change there does not move the measure. `stemmed`: endings off, so that `maps` is `mapped`.
 */
const STOP_WORDS = new Set(
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

function stem(word: string): string {
  let text = word;
  if (text.length > 4 && text.endsWith('ies')) text = `${text.slice(0, -3)}y`;
  else if (text.length > 4 && /(?:ss|sh|ch|x)es$/.test(text)) text = text.slice(0, -2);
  else if (text.length > 3 && /[^su]s$/.test(text)) text = text.slice(0, -1);
  if (text.length > 5 && text.endsWith('ing')) text = text.slice(0, -3);
  else if (text.length > 4 && text.endsWith('ed')) text = text.slice(0, -2);
  else if (text.length > 5 && text.endsWith('ly')) text = text.slice(0, -2);
  if (text.length > 4 && text.endsWith('e')) text = text.slice(0, -1);
  return text.length > 3 && /([^lsz])\1$/.test(text) ? text.slice(0, -1) : text;
}

function wordsOf(text: string, stemmed: boolean): Set<string> {
  const words = (text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).filter(
    (word) => word.length > 1 && !STOP_WORDS.has(word) && !/^\d+$/.test(word),
  );
  return new Set(stemmed ? words.map(stem) : words);
}

/** 0 to 1; 0 if either has no content words. */
export function contentF1(text: string, reference: string, stemmed = true): number {
  const own = wordsOf(text, stemmed);
  const expected = wordsOf(reference, stemmed);
  let hits = 0;
  for (const word of own) if (expected.has(word)) hits += 1;
  return hits === 0 ? 0 : (2 * hits) / (own.size + expected.size);
}
