import { resolveName, resolveTypedWord } from '../subsystem/look-up.js';
import { fieldOf } from './fields.js';
import type { FollowHint } from './follow.js';
import type { Reader } from './reader.js';
import type { Token } from './tokenize.js';

/** Fields whose values often have several words. */
const OF_SEVERAL_WORDS = new Set(['author', 'to', 'maintainer', 'reviewed', 'title']);
const MOST_WORDS = 3;

/**
 * `author:Jane Doe`: without quotes the value ends at the blank, and Doe is looked for in titles. Gives the quoted value
 * as a hint; null if nothing follows that could belong to it. `reader` is after the field.
 */
export function unquotedHint(reader: Reader, token: Extract<Token, { kind: 'field' }>): FollowHint | null {
  const field = fieldOf(token.key);
  const [value, second] = token.values;
  if (field === null || !OF_SEVERAL_WORDS.has(field) || token.quoted) return null;
  if (value === undefined || second !== undefined || value.includes('@')) return null;
  const words = wordsBehind(reader, field === 'title' ? /^[\p{L}\p{N}_./-]+$/u : /^\p{L}[\p{L}.'-]*$/u);
  const last = words.at(-1);
  if (last === undefined) return null;
  const typed = words.map(({ text }) => text).join(' ');
  return {
    word: typed,
    position: token.position,
    end: last.position + last.text.length,
    suggestions: [`${token.key}:"${value} ${typed}"`],
  };
}

function wordsBehind({ tokens, at, catalog }: Reader, allowed: RegExp): Extract<Token, { kind: 'word' }>[] {
  const words: Extract<Token, { kind: 'word' }>[] = [];
  for (const token of tokens.slice(at, at + MOST_WORDS)) {
    if (token.kind !== 'word' || !allowed.test(token.text)) break;
    if (resolveTypedWord(catalog, token.text) !== null) break;
    words.push(token);
  }
  // `author:jane memory management`: the two are a subsystem.
  const named =
    words.length > 1 &&
    resolveName(
      catalog,
      words.map(({ text }) => text),
    ) !== null;
  return named ? [] : words;
}
