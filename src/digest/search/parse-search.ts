import { type FieldResult, fieldOf, nearest, readField, readState } from '../follow/fields.js';
import { impossibleFollow } from '../follow/impossible.js';
import { splitVersions, type VersionName } from '../series/version-name.js';
import type { Catalog } from '../subsystem/catalog.js';
import { orList } from '../text/or-list.js';
import { toIso } from '../time/iso.js';
import { momentsMeant } from '../time/moment-meant.js';
import { parseMoment } from '../time/parse-moment.js';
import { NO_FILTERS, type SearchFilters, type SearchQuery } from './search-query.js';

/** What reading a query needs in addition to its text. */
export interface SearchSetting {
  /** Read only if a subsystem is named: the kernel's takes a quarter of a second. */
  readonly catalog: () => Catalog;
  readonly nowMs: number;
  /** The IANA zone that dates are read in. */
  readonly zone: string;
}

export type ParsedSearch =
  | {
      readonly ok: true;
      readonly query: SearchQuery;
      /** Up to two versions that were named behind the words. */
      readonly names: readonly VersionName[];
      /** Words that look like a filter with a typo in its name, each as it may have been meant. */
      readonly hints: readonly string[];
    }
  | {
      readonly ok: false;
      readonly message: string;
      readonly remedy: string;
      /** Whole queries to type instead. */
      readonly suggestions: readonly string[];
    };

/** Every filter of a search, with an example to type; docs/follow-grammar.md has the table. */
const SEARCH_FILTERS: Readonly<Record<string, string>> = {
  author: 'author:jane@example.org',
  list: 'list:linux-mm',
  state: 'state:applied',
  in: 'in:kvm',
  since: 'since:30d',
};
const EXAMPLES = Object.values(SEARCH_FILTERS).join(', ');

const MAX_LENGTH = 4_000;
const MAX_TERMS = 16;
const MAX_HINTS = 3;
/** `key:value`, `key:"value with blanks"`; anything else is a word. A key with nothing after it is a word too: `kvm: x86: fix`. */
const TERM = /(-?)([a-z][a-z-]{0,39}):("[^"]*"?|[^\s"]+)|\S+/giu;

/**
 * Reads a query for series: words, an id or a link, filters among them (`author:`, `list:`, `state:`, `in:`, `since:`), and versions after
 * them. One grammar for the chats and the command line; the names of filters and their values are those of a follow.
 */
export function parseSearch(typed: string, setting: SearchSetting): ParsedSearch {
  const words: string[] = [];
  const hints: string[] = [];
  let filters: SearchFilters = NO_FILTERS;
  let terms = 0;
  for (const [whole, minus = '', key = '', rest = ''] of typed.slice(0, MAX_LENGTH).matchAll(TERM)) {
    const value = rest.replace(/^"|"$/g, '').trim();
    const field = key === '' || value === '' || value.startsWith('//') ? null : filterOf(key.toLowerCase());
    if (field === null) {
      words.push(whole.replaceAll('"', ''));
      const meant = nearFilter(key.toLowerCase());
      if (meant !== null && value !== '' && hints.length < MAX_HINTS) hints.push(`${meant}:${rest}`);
      continue;
    }
    terms += 1;
    if (terms > MAX_TERMS) return wrong(`That is more than ${MAX_TERMS} filters.`, 'Leave some out.');
    const read = readTerm(field, { key, minus }, value, filters, setting);
    if ('message' in read)
      return { ...read, suggestions: read.suggestions.map((one) => typed.replace(whole, () => one)) };
    if ('words' in read) words.push(...read.words);
    else filters = read.filters;
  }
  const [alone = ''] = words;
  const empty = words.length === 1 && terms === 0 ? /^(\w+):$/.exec(alone)?.[1]?.toLowerCase() : undefined;
  const example = empty === undefined ? undefined : SEARCH_FILTERS[empty];
  if (example !== undefined) return wrong(`“${alone}” needs a value.`, `Type for example ${example}.`);
  const { query: text, names } = splitVersions(words.join(' '));
  return { ok: true, query: { text, filters }, names, hints };
}

type Wrong = Extract<ParsedSearch, { ok: false }>;

function wrong(message: string, remedy: string, suggestions: readonly string[] = []): Wrong {
  return { ok: false, message, remedy, suggestions };
}

/** The filter that a key names, through its other words; null for an unknown key. */
function filterOf(key: string): string | null {
  if (key === 'since' || key === 'after') return 'since';
  return fieldOf(key);
}

function nearFilter(key: string): string | null {
  if (key.length < 4) return null;
  return nearest(key, [...Object.keys(SEARCH_FILTERS), 'subsystem'])[0] ?? null;
}

function readTerm(
  field: string,
  { key, minus }: { readonly key: string; readonly minus: string },
  value: string,
  filters: SearchFilters,
  { catalog, nowMs, zone }: SearchSetting,
): Wrong | { readonly words: readonly string[] } | { readonly filters: SearchFilters } {
  if (field === 'title' || field === 'series') return { words: [value] };
  if (field === 'version' && /^v?\d{1,4}$/i.test(value)) return { words: [`v${value.replace(/^v/i, '')}`] };
  if (minus !== '') return wrong('A search can’t leave anything out.', `Its filters are ${EXAMPLES}.`);
  if (field === 'since') {
    const since = readSince(value, nowMs, zone);
    if (typeof since !== 'string') return since;
    const isLater = filters.since === null || since > filters.since;
    return { filters: { ...filters, since: isLater ? since : filters.since } };
  }
  const kind = KINDS[field];
  if (kind === undefined)
    return wrong(`“${key}:” is a filter of /follow, not of a search.`, `A search takes ${EXAMPLES}.`);
  const values: string[] = [];
  for (const one of value.split(',').filter((part) => part.trim() !== '')) {
    const read = readValue(field, one, catalog);
    if (!read.ok) {
      const suggestions = read.problem.suggestions.map((text) => text.replace(/^subsystem:/, 'in:'));
      return wrong(
        read.problem.message,
        suggestions.length === 0
          ? (read.problem.advice ?? '')
          : `Did you mean ${orList(suggestions.slice(0, 3))}?`,
        suggestions.slice(0, 3),
      );
    }
    const { where } = read;
    const never = impossibleFollow(where);
    if (never !== null) return wrong(never.message, never.advice ?? '', never.suggestions);
    if (where.kind === 'author') values.push(where.who);
    else if (where.kind === 'list') values.push(where.list);
    else if (where.kind === 'state') values.push(where.state);
    else if (where.kind === 'subsystem') values.push(where.slug);
  }
  const now = kind === 'states' ? toIso(nowMs) : filters.now;
  return { filters: { ...filters, now, [kind]: [...filters[kind], values] } };
}

function readSince(value: string, nowMs: number, zone: string): string | Wrong {
  const since = parseMoment(value, nowMs, zone);
  if (since === null) {
    const meant = momentsMeant(value).map((date) => `since:${date}`);
    const remedy =
      meant.length > 0
        ? `Did you mean ${orList(meant)}?`
        : 'Type for example since:30d, since:yesterday or since:2026-01-31.';
    return wrong(`“${value}” is not a date.`, remedy, meant.length > 0 ? meant : ['since:30d']);
  }
  return since > toIso(nowMs)
    ? wrong(`“${value}” is in the future.`, 'Type a date in the past, such as since:30d.', ['since:30d'])
    : since;
}

const KINDS: Readonly<Record<string, 'authors' | 'lists' | 'states' | 'subsystems'>> = {
  author: 'authors',
  list: 'lists',
  state: 'states',
  subsystem: 'subsystems',
};

function readValue(field: string, value: string, catalog: SearchSetting['catalog']): FieldResult {
  switch (field) {
    case 'author':
      return { ok: true, where: { kind: 'author', who: value.toLowerCase() } };
    case 'state':
      return readState(value);
    default:
      return readField(catalog(), field, value);
  }
}
