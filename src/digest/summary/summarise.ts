import type { Letter } from '../letter/letter.js';
import type { MessageKind } from '../message/message.js';
import { choose, textOf } from './choose.js';
import { MODEL } from './model.js';
import { summarisePull } from './pull-request.js';
import { withTitles } from './pull-titles.js';
import { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS, readLetter } from './read-letter.js';

export { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS };

/** The letter of a series that is a pull request as well: `Please, pull these changes from:`. */
const ASKS_TO_PULL = /^[ \t]{0,8}please,? pull\b/im;

/**
 * What a series does and why: one or two sentences or clauses of the author's own, 45 words and 320 characters at most.
 *
 * `title`: the subject without tags. null if the text says nothing of it (a letter that is a changelog alone).
 */
export function summarise(
  letter: Pick<Letter, 'intro' | 'shortlog'>,
  title: string,
  kind: MessageKind = 'cover',
): string | null {
  if (kind === 'pull' || (kind === 'cover' && ASKS_TO_PULL.test(letter.intro))) {
    const listed = summarisePull(letter.intro, title);
    if (listed !== null) return listed;
  }
  const patches = letter.shortlog.map((patch) => patch.title);
  const read = readLetter(letter.intro, title, patches, kind === 'patch');
  const choice = choose(read, MODEL, kind !== 'cover');
  const text = choice === null ? null : textOf(choice);
  return kind === 'pull' ? withTitles(text, patches, title) : text;
}
