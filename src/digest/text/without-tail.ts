/**
 * The text without the characters at its end that are in `tail`. A regular expression such as `/[.,]+$/` takes
 * quadratic time on a line of dots, since it starts over at each of them.
 */
export function withoutTail(text: string, tail: string): string {
  let end = text.length;
  while (end > 0 && tail.includes(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}
