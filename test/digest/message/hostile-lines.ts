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

/** The longest time in ms that `read` takes over any of the texts; each is tried thrice and the best counts, for the machine has other work. */
export function slowest(texts: readonly string[], read: (text: string) => unknown): number {
  return Math.max(...texts.map((text) => Math.min(time(text, read), time(text, read), time(text, read))));
}

function time(text: string, read: (text: string) => unknown): number {
  const start = performance.now();
  read(text);
  return performance.now() - start;
}
