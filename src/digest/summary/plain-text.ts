import { withoutTail } from '../text/without-tail.js';
import { STOP_WORDS, stem } from './content-words.js';
import { DOING } from './cues.js';

/** `[1]`, `[1][2]`, `[0, 1]`, `[*]`: a mark whose target a summary does not show, with the `in` or `see` that leads to it. */
const REFERENCE_MARK =
  /(?: (?:in|at|from|per|by|see)(?= \[[^\]]{1,20}\](?:[,;.]|$)))?\s?\[(?:\d{1,2}(?:(?:, ?|-)\d{1,2}){0,5}|\*|[a-z])\](?!\w)/g;

/** Brackets that hold a link, a reference or nothing. */
const IDLE_BRACKET =
  / \((?:[^()]{0,200}:\/\/[^()]{0,200}|(?:see|cf\.?|link|refer|patch(?:es)?|i\.e\. patch(?:es)?)\b[^()]{0,80}|(?:e\.g\.|i\.e\.|cf\.)?[ ,]*)\)/gi;
const ANGLE_LINK = / ?<[^<> ]{0,200}(?::\/\/|@)[^<> ]{0,200}>/g;
const EMPHASIS = /(^|\s)[*_]{1,2}(\w[^*_]{0,80}\w)[*_]{1,2}(?=[\s.,;:]|$)/g;

/** Takes out what only the letter's layout needs: reference marks, links in brackets, emphasis. */
export function plainText(sentence: string): string {
  let text = sentence;
  if (text.includes('[')) text = text.replace(REFERENCE_MARK, '');
  if (text.includes('(')) text = text.replace(IDLE_BRACKET, '');
  if (text.includes('<')) text = text.replace(ANGLE_LINK, '');
  if (text.includes('*') || text.includes('_')) text = text.replace(EMPHASIS, '$1$2');
  return text === sentence
    ? text
    : text
        .replace(/ {2,}/g, ' ')
        .replace(/ ([,.;:])(?= |$)/g, '$1')
        .trim();
}

/** Brackets out, one level, where words are in them: `foo (see bar) baz` is `foo baz`. Calls `foo()` and `(ab)using` stay. */
export function withoutBrackets(text: string): string {
  return text.includes(' (') ? text.replace(/ \([^()]{2,300}\)(?![\w-])/g, '') : text;
}

/** Only a word of prose is capitalized: `io_uring`, `kvm-unit-tests`, `x86`, `vDPA` and `mm: count pages` keep their first letter. */
export function capitalise(text: string): string {
  const first = /^[a-z][a-z'’]*(?=[ ,.;]|$)/.exec(text)?.[0];
  return first === undefined ? text : text.charAt(0).toUpperCase() + text.slice(1);
}

/** `retrying sends …`; `liburing`, `txring` and `arping` are names. */
const GERUND = /^(?!lib)[a-z]{3,}(?<!ur|[bcdfghjklmnqrstvwxz][rp])ing /;

/** What an author began in lower case may be a name (`xfs has …`): only words of every letter are capitalized there. */
function isCommon(text: string): boolean {
  const first = /^[a-z]+/.exec(text)?.[0] ?? '';
  return STOP_WORDS.has(first) || DOING.has(stem(first)) || GERUND.test(text);
}

function hasStop(text: string): boolean {
  const last = text.charAt(text.length - 1);
  return '.?…'.includes(last) || ('"\'”’)`'.includes(last) && '.?…'.includes(text.charAt(text.length - 2)));
}

/** A sentence as it is shown: capital in front, full stop behind, no marks left over at its ends. `cut`: its start was cut off. */
export function asSentence(part: string, cut = false): string {
  // `->pages`, `-Wsign-compare` and `.dts` are names.
  let text = part
    .trim()
    .replace(/^(?:[:;,) –—]|\.{2,}|-{2,}(?=[ ,;:)]|$)|[-.](?=[ ,;:)–—]|$)){1,5}/, '')
    .trimStart();
  if (text.endsWith('!')) text = withoutTail(text, '!');
  text = withoutTail(text, ' ,;:–—-');
  if (text === '') return '';
  if (text.endsWith('..') && !text.endsWith('...')) text = withoutTail(text, '.');
  if (!hasStop(text)) text = `${text}.`;
  return cut || isCommon(text) ? capitalise(text) : text;
}
