import type { Catalog } from '../subsystem/catalog.js';
import { editDistance } from '../subsystem/find-subsystems.js';
import { resolveName, resolveSubsystem, resolveTypedWord } from '../subsystem/look-up.js';
import { FIELDS, fieldOf, parseVersions, readField, unknownKey } from './fields.js';
import { type Token, tokenize } from './tokenize.js';
import {
  type Follow,
  type FollowHint,
  type FollowProblem,
  MAX_DEPTH,
  MAX_LENGTH,
  MAX_TERMS,
  type Where,
} from './types.js';

export type ParsedFollow =
  | { readonly ok: true; readonly follow: Follow; readonly hints: readonly FollowHint[] }
  | { readonly ok: false; readonly problem: FollowProblem };

/** Thrown within this file alone, to leave the descent; it never gets out of `parseFollow`. */
class Stop extends Error {
  readonly problem: FollowProblem;
  constructor(message: string, position: number, suggestions: readonly string[]) {
    super(message);
    this.problem = { message, position, suggestions };
  }
}

interface Reader {
  readonly tokens: readonly Token[];
  readonly catalog: Catalog;
  readonly length: number;
  at: number;
  depth: number;
  terms: number;
  /** null until the text says. */
  bots: boolean | null;
  readonly hints: FollowHint[];
}

const MAX_NAME_WORDS = 4;
const MAX_HINTS = 4;
const EVERYTHING = new Set(['all', 'everything', '*']);
/** Title words that are more likely meant as a filter. */
const FILTER_WORDS: Readonly<Record<string, string>> = {
  rfc: 'kind:rfc',
  pull: 'kind:pull',
  pulls: 'kind:pull',
  single: 'kind:single',
  singles: 'kind:single',
  applied: 'state:applied',
  merged: 'state:merged',
  bots: 'bots:on',
};

/** Joins terms of one kind, so that nothing nests in its like; a single one stands for itself. */
function join(kind: 'and' | 'or', terms: readonly Where[]): Where {
  const flat = terms.flatMap((term) => (term.kind === kind ? term.terms : [term]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind, terms: flat };
}

function count(reader: Reader, position: number): void {
  reader.terms += 1;
  if (reader.terms > MAX_TERMS)
    throw new Stop(`That is more than ${MAX_TERMS} conditions.`, position, ['Make two follows of it.']);
}

function nearTo(catalog: Catalog, word: string): string[] {
  const key = word.toLowerCase();
  const filter = Object.hasOwn(FILTER_WORDS, key) ? FILTER_WORDS[key] : undefined;
  if (filter !== undefined) return [filter];
  const called = resolveSubsystem(catalog, word);
  if (called !== null) return [called.slug];
  if (key.length < 3) return [];
  const most = key.length < 6 ? 1 : 2;
  const near: { slug: string; distance: number }[] = [];
  for (const { slug } of catalog.subsystems) {
    const distance = editDistance(key, slug, most);
    if (distance <= most) near.push({ slug, distance });
  }
  return near
    .sort((a, b) => a.distance - b.distance || (a.slug < b.slug ? -1 : 1))
    .slice(0, 3)
    .map(({ slug }) => slug);
}

/** Several words that together are a subsystem's name: `memory management`. */
function readName(reader: Reader): Where | null {
  const words: string[] = [];
  for (let i = 0; i < MAX_NAME_WORDS; i += 1) {
    const token = reader.tokens[reader.at + i];
    if (token?.kind !== 'word') break;
    words.push(token.text);
  }
  for (let length = words.length; length > 1; length -= 1) {
    const found = resolveName(reader.catalog, words.slice(0, length));
    if (found === null) continue;
    reader.at += length;
    return { kind: 'subsystem', slug: found.slug };
  }
  return null;
}

function readWord(reader: Reader, text: string, position: number): Where {
  const { catalog } = reader;
  if (EVERYTHING.has(text.toLowerCase())) return { kind: 'all' };
  const version = /^v(?:ersion)?(?:[<>=≥≤]|\d+\+$)/i.test(text)
    ? parseVersions(text.replace(/^v(?:ersion)?/i, ''))
    : null;
  if (version !== null) return version;
  if (text.includes('://')) return { kind: 'series', query: readSeries(reader, text) };
  const subsystem = resolveTypedWord(catalog, text);
  if (subsystem !== null) {
    // A list's address says the list: mail that went there, nothing else.
    return text.includes('@')
      ? { kind: 'list', list: text.toLowerCase() }
      : { kind: 'subsystem', slug: subsystem.slug };
  }
  const bare = text.replace(/^<|>$/g, '');
  if (text.startsWith('<') && bare.includes('@')) return { kind: 'series', query: bare };
  if (bare.includes('@')) {
    const choices = [`author:${bare}`, `to:${bare}`, `maintainer:${bare}`, `series:${bare}`, `list:${bare}`];
    throw new Stop(`Is "${bare}" an author, a recipient or a message? Say which.`, position, choices);
  }
  if (text.endsWith('/') || text.includes('/*')) return { kind: 'path', glob: text };
  if (reader.hints.length < MAX_HINTS) {
    const suggestions = nearTo(catalog, text);
    if (suggestions.length > 0) reader.hints.push({ word: text, position, suggestions });
  }
  return { kind: 'title', words: text };
}

function readSeries(reader: Reader, text: string): string {
  const result = readField(reader.catalog, 'series', text);
  return result.ok && result.where.kind === 'series' ? result.where.query : text;
}

/** `bots:on` belongs to the whole follow; it leaves no condition behind. */
function readBots(reader: Reader, token: Extract<Token, { kind: 'field' }>): void {
  const value = token.values.join(',').toLowerCase();
  const on = ['on', 'yes', 'true', '1'].includes(value);
  if (!on && !['off', 'no', 'false', '0'].includes(value)) {
    throw new Stop('"bots:" is on or off.', token.position, ['bots:on', 'bots:off']);
  }
  if (reader.depth > 0) {
    throw new Stop(
      '"bots:" holds for the whole follow, so it cannot stand in parentheses or after NOT.',
      token.position,
      ['bots:on', 'bots:off'],
    );
  }
  reader.bots = on;
}

function readFieldToken(reader: Reader, token: Extract<Token, { kind: 'field' }>): Where | null {
  const field = fieldOf(token.key);
  if (field === null) {
    const problem = unknownKey(reader.catalog, token.key, token.values);
    throw new Stop(problem.message, token.position, problem.suggestions);
  }
  if (field === 'bots') {
    readBots(reader, token);
    return null;
  }
  const values = token.values.length === 0 ? [''] : token.values;
  const terms: Where[] = [];
  for (const value of values) {
    count(reader, token.position);
    const result = readField(reader.catalog, field, value);
    if (!result.ok) throw new Stop(result.problem.message, token.position, result.problem.suggestions);
    terms.push(result.where);
  }
  return join('or', terms);
}

/** One condition, or a group; null for a setting such as `bots:on`. */
function readAtom(reader: Reader): Where | null {
  const token = reader.tokens[reader.at];
  if (token === undefined)
    throw new Stop('Something is missing at the end.', reader.length, ['kvm', 'author:jane@example.org']);
  if (token.kind === 'word') {
    count(reader, token.position);
    const named = readName(reader);
    if (named !== null) return named;
    reader.at += 1;
    return readWord(reader, token.text, token.position);
  }
  reader.at += 1;
  switch (token.kind) {
    case 'field':
      return readFieldToken(reader, token);
    case 'quoted': {
      count(reader, token.position);
      const words = token.text.replaceAll(/\s+/g, ' ').trim();
      if (words === '')
        throw new Stop('There is nothing between the quotes.', token.position, ['"page table"']);
      return { kind: 'title', words };
    }
    case 'open':
      return readGroup(reader, token.position);
    case 'close':
      throw new Stop('This parenthesis closes nothing.', token.position, []);
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
    throw new Stop('After NOT a condition is missing.', token.position, ['-kind:rfc']);
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
    // `kvm, or mm` and a comma at the end are how people write.
    if (token.kind === 'comma' && reader.tokens[reader.at]?.kind === 'or') reader.at += 1;
    if (token.kind === 'comma' && endsAnd(reader.tokens[reader.at])) break;
  }
  if (terms.length === 0)
    throw new Stop('That says what to leave in, but not what to follow.', start, ['kvm bots:on']);
  return join('or', terms);
}

/**
 * Reads a follow: `kvm OR path:mm/** -kind:rfc v>=2`. Errors are values, with the place and what to type instead; hints name
 * words that were taken as title words although they look like a subsystem. The whole grammar stands in docs/follow-grammar.md.
 */
export function parseFollow(text: string, catalog: Catalog): ParsedFollow {
  if (text.length > MAX_LENGTH) {
    const message = `That is ${text.length} characters long; a follow may have ${MAX_LENGTH}.`;
    return {
      ok: false,
      problem: { message, position: MAX_LENGTH, suggestions: ['Make two follows of it.'] },
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
    hints: [],
  };
  try {
    const where = readOr(reader);
    const left = reader.tokens[reader.at];
    if (left !== undefined) throw new Stop('This parenthesis closes nothing.', left.position, []);
    return { ok: true, follow: { version: 1, where, bots: reader.bots ?? false }, hints: reader.hints };
  } catch (error) {
    if (error instanceof Stop) return { ok: false, problem: error.problem };
    throw error;
  }
}
