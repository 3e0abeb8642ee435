const LENGTH = 100_000;

/** Lines that make a careless regular expression run for ever. */
export const hostileLines: readonly string[] = [
  ' ',
  '\t',
  '>',
  '> ',
  '[',
  ']',
  '(',
  'a',
  '-',
  '- ',
  '--- ',
  '1/',
  '|',
  '| - ',
  '+',
  '@',
  '@@ -1 ',
  '<',
  'a@',
  'a@b.',
  'v1',
  'v1-',
  'Re:',
  'Re: ',
  'PATCH-',
  '[PATCH] ',
  '"',
  '\\',
  '"\\303',
  ':',
  'Reviewed-by: ',
  ' (1):',
  ' changed',
  ' via ',
  '=',
  '.',
  ', ',
  '0',
  'é',
  '\n',
  '\n--- ',
  '\ndiff -',
  '\ndiff --git a/x b/x',
  '\nIndex: ',
  '\n+++ ',
  '\n> ',
  '\n-- ',
  'was: (',
].map((unit) => unit.repeat(Math.ceil(LENGTH / unit.length)).slice(0, LENGTH));

/** What the parsers may take for a text of 100,000 characters. */
export const MOST_MS = 50;
const TRIES = 10;

/** The longest time in ms that `read` takes over any of the texts; each is tried until it was quick, ten times at most, for the machine has other work. */
export function slowest(texts: readonly string[], read: (text: string) => unknown): number {
  return Math.max(...texts.map((text) => quickest(() => read(text))));
}

/** The shortest time in ms of some tries. */
export function quickest(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < TRIES && best >= MOST_MS; tries++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
