import type { Catalog } from '../subsystem/catalog.js';
import { resolveName, resolveTypedWord } from '../subsystem/look-up.js';
import { type Token, tokenize } from './tokenize.js';

/**
 * The follows that someone typed in one line: `kvm, mm` is two, and so is `kvm mm`, if each word is a subsystem; filters after several such
 * words belong to each of them, and filters after a comma only to that one. What has parentheses or an OR is one follow, as the grammar
 * reads it. Texts for `parseFollow`, in their order, at least one.
 */
export function splitWants(text: string, catalog: Catalog): readonly string[] {
  const split = tokenize(text);
  if (!split.ok) return [text];
  const { tokens } = split;
  if (tokens.some(({ kind }) => kind === 'or' || kind === 'and' || kind === 'open' || kind === 'close'))
    return [text];
  const wants = segments(text, tokens).flatMap((segment) => splitSegment(segment, catalog));
  return wants.length === 0 ? [text] : [...new Set(wants)];
}

/** One token with its own text. */
interface Part {
  readonly token: Token;
  readonly text: string;
}

/** The parts between commas. */
function segments(text: string, tokens: readonly Token[]): Part[][] {
  const found: Part[][] = [[]];
  tokens.forEach((token, i) => {
    if (token.kind === 'comma') {
      found.push([]);
      return;
    }
    const end = tokens[i + 1]?.position ?? text.length;
    found.at(-1)?.push({ token, text: text.slice(token.position, end) });
  });
  return found.filter((segment) => segment.length > 0);
}

function splitSegment(segment: readonly Part[], catalog: Catalog): string[] {
  const whole = textOf(segment);
  const isWish = ({ token }: Part, i: number) =>
    token.kind === 'word' && segment[i - 1]?.token.kind !== 'not';
  const wishes = segment.filter(isWish);
  const words = wishes.map(({ token }) => (token.kind === 'word' ? token.text : ''));
  if (wishes.length < 2 || resolveName(catalog, words) !== null) return [whole];
  if (!words.every((word) => resolveTypedWord(catalog, word) !== null)) return [whole];
  const filters = textOf(segment.filter((part, i) => !isWish(part, i)));
  return words.map((word) => `${word} ${filters}`.trim());
}

/** The tokens' own texts one after the other: what was between them becomes a blank. */
function textOf(parts: readonly Part[]): string {
  return parts
    .map(({ text }) => text)
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}
