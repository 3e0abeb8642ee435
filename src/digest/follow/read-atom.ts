import type { Catalog } from '../subsystem/catalog.js';
import { catchAllList, looksLikeList } from '../subsystem/list-address.js';
import { resolveName, resolveSubsystem, resolveTypedWord } from '../subsystem/look-up.js';
import { editDistance } from '../text/edit-distance.js';
import { fieldOf, parseVersions, readField, unknownKey } from './fields.js';
import type { Where } from './follow.js';
import { count, join, type Reader, Stop } from './reader.js';
import type { Token } from './tokenize.js';
import { unquotedHint } from './unquoted-value.js';

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
    // A list's address means the list: mail that was sent there, nothing else.
    return text.includes('@')
      ? { kind: 'list', list: text.toLowerCase() }
      : { kind: 'subsystem', slug: subsystem.slug };
  }
  const bare = text.replace(/^<|>$/g, '');
  const everybodys = catchAllList(bare);
  if (everybodys !== null) return { kind: 'list', list: everybodys };
  if (text.startsWith('<') && bare.includes('@')) return { kind: 'series', query: bare };
  if (bare.includes('@')) {
    const fields = ['author', 'to', 'maintainer', 'series'];
    // A public host of lists carries more lists than MAINTAINERS names.
    const maybeList = looksLikeList(bare.toLowerCase());
    const likely = maybeList ? ['list', ...fields] : [...fields, 'list'];
    throw new Stop(
      `Is “${bare}” ${maybeList ? 'a list, ' : ''}an author, a recipient or a message? Say which.`,
      position,
      likely.map((field) => `${field}:${bare}`),
    );
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

type FieldToken = Extract<Token, { kind: 'field' }>;

/** `bots:on` belongs to the whole follow; it is not a condition. */
function readBots(reader: Reader, token: FieldToken): void {
  const value = token.values.join(',').toLowerCase();
  const on = ['on', 'yes', 'true', '1'].includes(value);
  if (!on && !['off', 'no', 'false', '0'].includes(value)) {
    throw new Stop('“bots:” is on or off.', token.position, ['bots:on', 'bots:off']);
  }
  refuseNested(reader, token, 'bots', ['bots:on', 'bots:off']);
  reader.bots = on;
}

const AT_ONCE = new Set(['now', 'immediately', 'once', 'at-once', 'instant', 'instantly']);
const WITH_DIGEST = new Set(['digest', 'digests', 'schedule', 'scheduled', 'later']);

/** So does `when:now`. */
function readWhen(reader: Reader, token: FieldToken): void {
  const value = token.values.join(',').toLowerCase();
  if (!AT_ONCE.has(value) && !WITH_DIGEST.has(value)) {
    throw new Stop('“when:” is now or digest.', token.position, ['when:now', 'when:digest']);
  }
  refuseNested(reader, token, 'when', ['when:now', 'when:digest']);
  reader.when = AT_ONCE.has(value) ? 'now' : 'digest';
}

function refuseNested(
  reader: Reader,
  { position }: FieldToken,
  name: string,
  instead: readonly string[],
): void {
  if (reader.depth === 0) return;
  const message = `“${name}:” holds for the whole follow, so it can’t be inside parentheses or after NOT.`;
  throw new Stop(message, position, instead);
}

/** `author:a,b`: one condition, or several of which one must hold; null for a setting such as `bots:on`. */
export function readFieldToken(reader: Reader, token: FieldToken): Where | null {
  const field = fieldOf(token.key);
  if (field === null) {
    const problem = unknownKey(reader.catalog, token.key, token.values);
    throw new Stop(problem.message, token.position, problem.suggestions);
  }
  if (field === 'bots') {
    readBots(reader, token);
    return null;
  }
  if (field === 'when') {
    readWhen(reader, token);
    return null;
  }
  const values = token.values.length === 0 ? [''] : token.values;
  const terms: Where[] = [];
  for (const value of values) {
    count(reader, token.position);
    const result = readField(reader.catalog, field, value);
    if (!result.ok) {
      const { message, suggestions, advice } = result.problem;
      throw new Stop(message, token.position, suggestions, advice);
    }
    terms.push(result.where);
  }
  const hint = reader.hints.length < MAX_HINTS ? unquotedHint(reader, token) : null;
  if (hint !== null) reader.hints.push(hint);
  return join('or', terms);
}

/** A bare word, or the several that are a subsystem's name. */
export function readWords(reader: Reader, { text, position }: Extract<Token, { kind: 'word' }>): Where {
  count(reader, position);
  const named = readName(reader);
  if (named !== null) return named;
  reader.at += 1;
  return readWord(reader, text, position);
}

/** Words between quotes are a title's, in this order. */
export function readQuoted(reader: Reader, { text, position }: Extract<Token, { kind: 'quoted' }>): Where {
  count(reader, position);
  const words = text.replaceAll(/\s+/g, ' ').trim();
  if (words === '') throw new Stop('There is nothing between the quotes.', position, ['"page table"']);
  return { kind: 'title', words };
}
