import type { Catalog } from '../subsystem/catalog.js';
import { FIELDS } from './fields.js';
import {
  type Follow,
  type FollowHint,
  type FollowProblem,
  MAX_DEPTH,
  MAX_LENGTH,
  type Where,
} from './follow.js';
import { readFieldToken, readQuoted, readWords } from './read-atom.js';
import { join, type Reader, Stop, TOO_LONG_ADVICE } from './reader.js';
import { type Token, tokenize } from './tokenize.js';

export type ParsedFollow =
  | { readonly ok: true; readonly follow: Follow; readonly hints: readonly FollowHint[] }
  | { readonly ok: false; readonly problem: FollowProblem };

/** One condition, or a group; null for a setting such as `bots:on` or `when:now`. */
function readAtom(reader: Reader): Where | null {
  const token = reader.tokens[reader.at];
  if (token === undefined)
    throw new Stop('Something is missing at the end.', reader.length, ['kvm', 'author:jane@example.org']);
  if (token.kind === 'word') return readWords(reader, token);
  reader.at += 1;
  switch (token.kind) {
    case 'field':
      return readFieldToken(reader, token);
    case 'quoted':
      return readQuoted(reader, token);
    case 'open':
      return readGroup(reader, token.position);
    case 'close':
      throw new Stop('This parenthesis was never opened.', token.position, []);
    default:
      throw new Stop('A condition is missing here.', token.position, ['kvm OR mm', 'kvm -kind:rfc']);
  }
}

function readGroup(reader: Reader, position: number): Where {
  if (reader.tokens[reader.at]?.kind === 'close')
    throw new Stop('There is nothing between the parentheses.', position, ['(kvm OR mm)']);
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) throw new Stop(`Conditions nest more than ${MAX_DEPTH} deep.`, position, []);
  const where = readOr(reader);
  reader.depth -= 1;
  if (reader.tokens[reader.at]?.kind !== 'close')
    throw new Stop('This parenthesis is never closed.', position, ['(kvm OR mm)']);
  reader.at += 1;
  return where;
}

function readNot(reader: Reader): Where | null {
  const token = reader.tokens[reader.at];
  if (token?.kind !== 'not') return readAtom(reader);
  reader.at += 1;
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH)
    throw new Stop(`Conditions nest more than ${MAX_DEPTH} deep.`, token.position, []);
  if (reader.tokens[reader.at] === undefined)
    throw new Stop('A condition is missing after NOT.', token.position, ['-kind:rfc']);
  const term = readNot(reader);
  reader.depth -= 1;
  return term === null ? null : { kind: 'not', term };
}

const endsAnd = (token: Token | undefined): boolean =>
  token === undefined || token.kind === 'or' || token.kind === 'comma' || token.kind === 'close';

function readAnd(reader: Reader): Where | null {
  const terms: Where[] = [];
  for (let first = true; ; first = false) {
    const token = reader.tokens[reader.at];
    if (!first && endsAnd(token)) break;
    if (!first && token?.kind === 'and') reader.at += 1;
    const term = readNot(reader);
    if (term !== null) terms.push(term);
  }
  return terms.length === 0 ? null : join('and', terms);
}

function readOr(reader: Reader): Where {
  const start = reader.tokens[reader.at]?.position ?? reader.length;
  const terms: Where[] = [];
  for (;;) {
    const term = readAnd(reader);
    if (term !== null) terms.push(term);
    const token = reader.tokens[reader.at];
    if (token?.kind !== 'or' && token?.kind !== 'comma') break;
    reader.at += 1;
    // People write `kvm, or mm`, and commas at the end.
    if (token.kind === 'comma' && reader.tokens[reader.at]?.kind === 'or') reader.at += 1;
    if (token.kind === 'comma' && endsAnd(reader.tokens[reader.at])) break;
  }
  if (terms.length === 0)
    throw new Stop('That says what to include, but not what to follow.', start, ['kvm bots:on']);
  return join('or', terms);
}

/**
 * Reads a follow: `kvm OR path:mm/** -kind:rfc v>=2`. Errors are values, with the place and what to type instead; hints name
 * words that were read as title words although they look like a subsystem. The whole grammar is in docs/follow-grammar.md.
 */
export function parseFollow(text: string, catalog: Catalog): ParsedFollow {
  // Letters beyond ASCII count by their bytes, because the stored text is indexed.
  const length = Buffer.byteLength(text);
  if (length > MAX_LENGTH) {
    const message = `That is ${length} characters long; a follow may have ${MAX_LENGTH}.`;
    return {
      ok: false,
      problem: { message, position: MAX_LENGTH, suggestions: [], advice: TOO_LONG_ADVICE },
    };
  }
  const split = tokenize(text);
  if (!split.ok) {
    const { message, position, suggestions } = split;
    return { ok: false, problem: { message, position, suggestions } };
  }
  if (split.tokens.length === 0) {
    const examples = ['kvm', ...['author', 'path', 'list'].flatMap((field) => FIELDS[field] ?? [])];
    return {
      ok: false,
      problem: { message: 'There is nothing to follow yet.', position: 0, suggestions: examples },
    };
  }
  const reader: Reader = {
    tokens: split.tokens,
    catalog,
    length: text.length,
    at: 0,
    depth: 0,
    terms: 0,
    bots: null,
    when: null,
    hints: [],
  };
  try {
    const where = readOr(reader);
    const left = reader.tokens[reader.at];
    if (left !== undefined) throw new Stop('This parenthesis was never opened.', left.position, []);
    const follow: Follow = {
      version: 1,
      where,
      bots: reader.bots ?? false,
      ...(reader.when === 'now' ? { when: 'now' } : {}),
    };
    return { ok: true, follow, hints: reader.hints };
  } catch (error) {
    if (error instanceof Stop) return { ok: false, problem: error.problem };
    throw error;
  }
}
