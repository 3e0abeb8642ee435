import { MAX_CHANGED_CHARS } from '../changed-line.js';
import { contentWords } from '../content-words.js';
import { MAX_SUMMARY_CHARS, MAX_SUMMARY_WORDS } from '../read-letter.js';
import { contradicts } from './direction.js';
import { namesKnown, namesUnknown } from './names.js';
import type { WrittenAnswer } from './prompt.js';
import type { SummarySource } from './source.js';

/** The reasons why a model's text is not shown, as they are named in metrics. */
const rejections = [
  'empty',
  'too-long',
  'markup',
  'link',
  'mention',
  'no-evidence',
  'unknown-name',
  'foreign-words',
  'repeats-title',
  'contradicts',
] as const;
export type Rejection = (typeof rejections)[number];

/** A model's text that may be shown, or the reason why it may not. */
export type Guarded =
  | { readonly kind: 'accepted'; readonly text: string }
  | { readonly kind: 'rejected'; readonly reason: Rejection };

const FEWEST_WORDS = 4;
/** Of its content words this part must be the source's; abstracts written by hand have 0.85 on average. */
const KNOWN_SHARE = 0.5;

const LINK =
  /:\/\/|\bwww\.|\bmailto:|[\w-]\.(?:com|org|net|edu|gov|io|dev|info|biz|app|xyz|link|site|me|co|ru|cn|de|uk)\b/i;
/** Links and mentions as chats and pages mark them up, and characters that hide or reorder others. `/proc/<pid>` is neither. */
const MARKUP = /\]\(|<[@#!&:/]|\p{Cc}|\p{Cf}|\p{Co}/u;

/** A model's summary, if it passes every check; see docs/summaries.md. Pure and linear. */
export function guardSummary({ summary, evidence }: WrittenAnswer, source: SummarySource): Guarded {
  const text = tidy(summary);
  const fault = formFault(text, MAX_SUMMARY_WORDS, MAX_SUMMARY_CHARS);
  if (fault !== null) return rejected(fault);
  const cited = evidence.map((number) => source.sentences[number - 1]);
  const resting = cited.filter((sentence) => sentence !== undefined);
  if (resting.length < cited.length || (resting.length === 0 && source.sentences.length > 0))
    return rejected('no-evidence');
  const titles = [source.title, ...source.patches];
  const whole = [...titles, ...source.sentences];
  return (
    wordFault(text, whole, source.patches.length) ??
    titleFault(text, source.title) ??
    (contradicts(text, [...titles, ...resting]) ? rejected('contradicts') : { kind: 'accepted', text })
  );
}

/** A model's account of what changed since the previous version, checked in the same way. */
export function guardChanged(changed: string, source: SummarySource): Guarded {
  const text = tidy(changed).replace(/\.$/, '');
  const fault = formFault(text, MAX_SUMMARY_WORDS, MAX_CHANGED_CHARS);
  if (fault !== null) return rejected(fault);
  if (source.changes.length === 0) return rejected('no-evidence');
  const whole = [source.title, ...source.patches, ...source.sentences, ...source.changes];
  return (
    wordFault(text, whole, source.patches.length) ??
    (contradicts(text, source.changes) ? rejected('contradicts') : { kind: 'accepted', text })
  );
}

function rejected(reason: Rejection): Guarded {
  return { kind: 'rejected', reason };
}

function tidy(text: string): string {
  return text.trim().replace(/[ \t]{2,}/g, ' ');
}

function formFault(text: string, mostWords: number, mostChars: number): Rejection | null {
  const words = text.split(' ').length;
  if (text.length > mostChars || words > mostWords) return 'too-long';
  if (words < FEWEST_WORDS) return 'empty';
  if (LINK.test(text)) return 'link';
  if (text.includes('@')) return 'mention';
  return MARKUP.test(text) ? 'markup' : null;
}

function wordFault(text: string, whole: readonly string[], patches: number): Guarded | null {
  const sourceText = whole.join('\n');
  // `Converts 7 drivers` in 7 patches: that many there are.
  if (namesUnknown(text, namesKnown(`${sourceText}\n${patches}`)).length > 0) return rejected('unknown-name');
  const known = new Set(contentWords(sourceText));
  const words = contentWords(text);
  const found = words.filter((word) => known.has(word)).length;
  return words.length === 0 || found < words.length * KNOWN_SHARE ? rejected('foreign-words') : null;
}

/** A text that adds nothing to the title above it only wastes a line. */
function titleFault(text: string, title: string): Guarded | null {
  const known = new Set(contentWords(title));
  return contentWords(text).every((word) => known.has(word)) ? rejected('repeats-title') : null;
}
