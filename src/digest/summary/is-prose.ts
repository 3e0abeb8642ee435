const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  "the a an of to in for and is are with on that this it by be as we not or from can when which has have will if so all at into no but than was were do does these before after some them it's there only also its our over about via how what while where then such other more most may should would could you any each per between".split(
    ' ',
  ),
);
const CODE_MARKS = [' == ', ' != ', ' += ', ' && ', ' || ', '; }', '}}', '){'];
/** Too short to be judged by the share of its function words. */
const MIN_JUDGED_WORDS = 9;
const MIN_SHARE = 0.1;

/**
 * Whether a text is told in English, of which a good part is function words: `func 0 idx 0 rax d rbx 68747541` is a
 * log, `foo/bar: add x foo/baz: fix y` a list whose line breaks were lost.
 */
export function isProse(text: string, words: readonly string[]): boolean {
  for (const mark of CODE_MARKS) if (text.includes(mark)) return false;
  if (words.length < MIN_JUDGED_WORDS) return true;
  let found = 0;
  for (const word of words) if (FUNCTION_WORDS.has(word)) found += 1;
  return found / words.length >= MIN_SHARE;
}
