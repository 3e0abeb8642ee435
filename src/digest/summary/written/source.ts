import type { Letter } from '../../letter/letter.js';
import { inert, oneLine, shorten } from '../../text/inert.js';
import { changelogItems } from '../changelog-items.js';
import { plainText } from '../plain-text.js';
import { splitSentences } from '../sentences.js';

/** Everything that a language model gets of a posting, and all that its answer may be based on. */
export interface SummarySource {
  readonly title: string;
  /** Titles of the patches. */
  readonly patches: readonly string[];
  /** Of the letter, in its order. */
  readonly sentences: readonly string[];
  /** The author's account of what changed since the previous version. */
  readonly changes: readonly string[];
}

const MAX_TITLE = 300;
const MAX_PATCHES = 60;
const MAX_PATCH = 160;
const MAX_SENTENCES = 40;
const MAX_SENTENCE = 600;
const MAX_CHANGES = 20;
const MAX_CHANGE = 200;
const MAX_LETTER = 10_000;

const LINK = /<?\bhttps?:\/\/\S+/gi;

/**
 * Speaks to the summarizer, not to a reviewer. A guard on top of the others: the letter is passed as data, and an answer that
 * follows such a sentence uses words that are not in the source.
 */
const ADDRESSES_MODEL =
  /\b(?:(?:ignore|disregard|forget|override)\b(?:.{0,40}\b(?:instruction|prompt)| (?:all |everything |anything |what |the |is |was |came |text ){1,4}(?:above|before|previous\b))|system prompt|language model|chat ?bot|you are (?:now )?an? (?:ai|assistant|model)|as an ai\b|AI assistants?\b|(?:your|the) (?:summary|answer|response|output|reply) (?:must|should|has to|shall|is to)\b|(?:respond|reply|answer) (?:only )?with\b|summar(?:y|ise|ize) (?:this|it|the \w+) as\b|<\/?(?:system|user|assistant|im_start|im_end)\b|\[\/?INST\])/i;

/**
 * What a model gets of a posting. null if there is nothing to sum up.
 *
 * `version`: of the posting; its own entry of the changelog is passed on, else the newest.
 */
export function summarySource(
  letter: Pick<Letter, 'intro' | 'shortlog' | 'changelog'>,
  title: string,
  patches: readonly string[],
  version: number,
): SummarySource | null {
  const titles = patches.length > 0 ? patches : letter.shortlog.map((patch) => patch.title);
  const entry = letter.changelog.find((one) => one.version === version) ?? letter.changelog[0];
  const source = {
    title: clean(title, MAX_TITLE),
    patches: titles.slice(0, MAX_PATCHES).map((one) => clean(one, MAX_PATCH)),
    sentences: sentencesOf(letter.intro),
    changes: changelogItems(entry?.text ?? '')
      .filter((item) => !ADDRESSES_MODEL.test(item))
      .slice(0, MAX_CHANGES)
      .map((item) => clean(item, MAX_CHANGE)),
  };
  return source.sentences.length === 0 && source.patches.length < 2 ? null : source;
}

function sentencesOf(intro: string): string[] {
  const kept: string[] = [];
  let length = 0;
  for (const { text, heading } of splitSentences(intro, MAX_SENTENCES).slice(0, MAX_SENTENCES)) {
    const sentence = clean(plainText(text), MAX_SENTENCE);
    if (sentence === '' || ADDRESSES_MODEL.test(sentence)) continue;
    const shown = heading === '' ? sentence : `${clean(heading, 80)} ${sentence}`;
    length += shown.length;
    if (length > MAX_LETTER) break;
    kept.push(shown);
  }
  return kept;
}

function clean(text: string, limit: number): string {
  return shorten(oneLine(inert(text.replace(LINK, ''))), limit);
}
