import type { Catalog } from '../subsystem/catalog.js';
import { nearSubsystems } from '../subsystem/find-subsystems.js';
import { catchAllList } from '../subsystem/list-address.js';
import { resolveSubsystem } from '../subsystem/look-up.js';
import { editDistance } from '../text/edit-distance.js';
import { byWord } from '../text/words.js';
import type { Condition, Where } from './follow.js';
import { refuseMe } from './me.js';

/** A value that a field cannot take: what was wrong and what to type instead. */
export interface FieldProblem {
  readonly message: string;
  readonly suggestions: readonly string[];
  /** A sentence that says what to do if there is no text to suggest. */
  readonly advice?: string;
}

export type FieldResult =
  | { readonly ok: true; readonly where: Where }
  | { readonly ok: false; readonly problem: FieldProblem };

/** Other words for a field. */
const ALIASES = byWord({
  subsystem: 'sub in',
  touches: 'touch',
  author: 'from by',
  to: 'cc recipient',
  maintainer: 'maintained',
  reviewed: 'reviewer reviewed-by',
  path: 'file files dir',
  series: 'msgid message-id',
  kind: 'is type',
  version: 'v ver',
  state: 'status',
  prefix: 'tag tree',
  title: 'subject words',
  bots: 'bot',
});

export const FIELDS: Readonly<Record<string, string>> = {
  subsystem: 'subsystem:kvm',
  touches: 'touches:kvm',
  list: 'list:linux-mm@kvack.org',
  author: 'author:jane@example.org',
  to: 'to:jane@example.org',
  maintainer: 'maintainer:jane@example.org',
  reviewed: 'reviewed:jane@example.org',
  path: 'path:mm/**',
  series: 'series:foll_pin',
  kind: 'kind:rfc',
  version: 'version:>=2',
  state: 'state:applied',
  prefix: 'prefix:net-next',
  title: 'title:"page table"',
  bots: 'bots:on',
  when: 'when:now',
};

const KINDS = byWord({
  rfc: 'rfc rfcs',
  pull: 'pull pulls git-pull',
  single: 'single singles patch',
  series: 'series cover',
  resend: 'resend resends',
});

const STATES: ReadonlyMap<string, Extract<Condition, { kind: 'state' }>['state']> = byWord({
  new: 'new',
  'under-review': 'under-review review reviewed',
  'changes-requested': 'changes-requested changes',
  applied: 'applied accepted',
  merged: 'merged',
  superseded: 'superseded',
  rejected: 'rejected',
  stale: 'stale',
});

const fine = (where: Where): FieldResult => ({ ok: true, where });
const wrong = (message: string, suggestions: readonly string[]): FieldResult => ({
  ok: false,
  problem: { message, suggestions },
});

/** The words of a list that are closest to one that is not in it. */
export function nearest(word: string, words: readonly string[]): string[] {
  return words
    .map((candidate) => ({
      candidate,
      distance:
        candidate.startsWith(word) || word.startsWith(candidate) ? 0.5 : editDistance(word, candidate, 2),
    }))
    .filter(({ distance }) => distance <= 2)
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** The field that a key names, through its other words; null for an unknown key. */
export function fieldOf(key: string): string | null {
  if (Object.hasOwn(FIELDS, key)) return key;
  return ALIASES.get(key) ?? null;
}

/** What is wrong with an unknown key, and what may have been meant. */
export function unknownKey(catalog: Catalog, key: string, values: readonly string[]): FieldProblem {
  const value = values.join(',');
  const near = nearest(key, [...Object.keys(FIELDS), ...ALIASES.keys()]).map((name) => fieldOf(name) ?? name);
  const fields = [...new Set(near)].map((name) =>
    value === '' ? (FIELDS[name] ?? name) : `${name}:${value}`,
  );
  const subsystem = resolveSubsystem(catalog, key);
  const asTitle = `"${key}:${value === '' ? '' : ` ${value}`}"`;
  const suggestions = [...fields, ...(subsystem === null ? [] : [subsystem.slug]), asTitle];
  return {
    message: `There is no filter “${key}:”. The filters are ${Object.keys(FIELDS).join(', ')}.`,
    suggestions: suggestions.slice(0, 4),
  };
}

function subsystemField(catalog: Catalog, field: 'subsystem' | 'touches', value: string): FieldResult {
  const found = resolveSubsystem(catalog, value);
  if (found !== null) return fine({ kind: field, slug: found.slug });
  const near = nearSubsystems(catalog, value).map(({ slug }) => `${field}:${slug}`);
  const message = `No subsystem is called “${value}”.`;
  // A name that is like none says nothing about what was meant.
  if (near.length === 0)
    return { ok: false, problem: { message, suggestions: [], advice: 'The command subsystems lists all.' } };
  return wrong(message, near);
}

function listField(catalog: Catalog, value: string): FieldResult {
  const list = value.toLowerCase().replace(/^<|>$/g, '');
  const everybodys = catchAllList(list);
  if (everybodys !== null) return fine({ kind: 'list', list: everybodys });
  if (list.includes('@')) return fine({ kind: 'list', list });
  const byPart = [...catalog.byList.keys()].find((address) => address.startsWith(`${list}@`));
  const address = byPart ?? catalog.bySlug.get(list)?.lists[0] ?? list;
  return fine({ kind: 'list', list: address });
}

const VERSION = /^(>=|<=|==|=|>|<|≥|≤)?v?(\d{1,4}(?:\.\d{1,2})?)(\+)?$/i;

/** `2`, `>=2`, `2+`, `v3`, `2..4`; null for anything else. */
export function parseVersions(value: string): Where | null {
  const range = value.split('..');
  const [low, high] = range;
  if (range.length === 2 && low !== undefined && high !== undefined) {
    const from = parseVersions(`>=${low}`);
    const to = parseVersions(`<=${high}`);
    return from === null || to === null ? null : { kind: 'and', terms: [from, to] };
  }
  const match = VERSION.exec(value);
  if (match === null) return null;
  const sign = (match[1] ?? '').replace('≥', '>=').replace('≤', '<=').replace('==', '=');
  const compare = match[3] === '+' ? '>=' : sign === '' ? '=' : sign;
  if (compare !== '=' && compare !== '>=' && compare !== '<=' && compare !== '>' && compare !== '<')
    return null;
  return { kind: 'version', compare, version: Number(match[2]) };
}

/** A Message-ID from `<id>`, a link to an archive or the id itself; other texts stay unchanged. */
function messageIdOf(text: string): string {
  const bare = text.trim().replace(/^<|>$/g, '');
  if (!bare.startsWith('http://') && !bare.startsWith('https://')) return bare;
  const part = bare.split(/[/#?]/).find((piece) => piece.includes('@') || piece.includes('%40'));
  if (part === undefined) return bare;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A state by its name or another word for it. */
export function readState(value: string): FieldResult {
  const lower = value.trim().toLowerCase().replaceAll(' ', '-');
  const state = STATES.get(lower);
  if (state !== undefined) return fine({ kind: 'state', state });
  const near = nearest(lower, [...STATES.keys()]);
  return wrong(
    near.length > 0
      ? `“${value}” is not a state.`
      : `“${value}” is not a state; there are ${[...new Set(STATES.values())].join(', ')}.`,
    near.map((name) => `state:${name}`),
  );
}

/** One value of one field as a condition. `bots` and `when` are not conditions and are not handled here. */
export function readField(catalog: Catalog, field: string, typed: string): FieldResult {
  const value = typed.replaceAll(/\s+/g, ' ').trim();
  if (value === '') return wrong(`“${field}:” needs a value.`, [FIELDS[field] ?? '']);
  const lower = value.toLowerCase();
  const me = refuseMe(field, value);
  if (me !== null) return { ok: false, problem: me };
  switch (field) {
    case 'subsystem':
    case 'touches':
      return subsystemField(catalog, field, value);
    case 'list':
      return listField(catalog, value);
    case 'author':
      return fine({ kind: 'author', who: lower.replace(/^<|>$/g, '') });
    case 'to':
    case 'maintainer':
    case 'reviewed':
      return fine({ kind: field, who: lower.replace(/^<|>$/g, '') });
    case 'path':
      return fine({ kind: 'path', glob: value.replace(/^(?:\.?\/)/, '') || value });
    case 'series':
      return fine({ kind: 'series', query: messageIdOf(value) });
    case 'prefix':
      return fine({ kind: 'prefix', tag: lower.replace(/^\[|\]$/g, '') || lower });
    case 'title':
      return fine({ kind: 'title', words: value });
    case 'version': {
      const where = parseVersions(value.replaceAll(' ', ''));
      return where === null
        ? wrong(`“${value}” is not a version.`, ['version:>=2', 'version:1'])
        : fine(where);
    }
    case 'kind': {
      const is = KINDS.get(lower);
      if (is !== undefined) return fine({ kind: 'kind', is });
      const near = nearest(lower, [...KINDS.keys()]);
      return wrong(
        `“${value}” is not a kind; there are rfc, pull, single, series and resend.`,
        (near.length > 0 ? near : ['rfc', 'pull', 'single', 'series']).map((name) => `kind:${name}`),
      );
    }
    case 'state':
      return readState(value);
    default:
      return wrong(`There is no filter “${field}:”.`, []);
  }
}
