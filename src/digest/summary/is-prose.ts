import { MARK, type Word } from './words.js';

const CODE_MARK = / (?:[=!+]=|&&|\|\|) |; \}|\}\}|\)\{/;
/** Too short to be judged by the share of its function words. */
const MIN_JUDGED_WORDS = 9;
const MIN_SHARE = 0.1;

/**
 * Whether a text is told in English, of which a good part is function words: `func 0 idx 0 rax d rbx 68747541` is a
 * log, `foo/bar: add x foo/baz: fix y` a list whose line breaks were lost.
 */
export function isProse(text: string, words: readonly Word[]): boolean {
  if (CODE_MARK.test(text)) return false;
  if (words.length < MIN_JUDGED_WORDS) return true;
  let found = 0;
  for (let at = 0; at < words.length; at += 1) found += (words[at] as Word).marks & MARK.function;
  return found / words.length >= MIN_SHARE;
}
