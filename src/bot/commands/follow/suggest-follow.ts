import { FIELDS, fieldOf } from '../../../digest/follow/fields.js';
import type { Suggestion } from '../../../digest/ports/chat-bot.js';
import { findSubsystems } from '../../../digest/subsystem/find-subsystems.js';
import type { Subsystem } from '../../../digest/subsystem/subsystem.js';
import type { BotServices } from '../context.js';

const MOST = 25;
/** Filters are offered after a word that names what is followed. */
const MOST_FILTERS = 5;
/** Counting goes through all series, and suggestions come with every letter that is typed. */
const COUNTED_FOR_MS = 5 * 60_000;
const VALUES: Readonly<Record<string, readonly string[]>> = {
  kind: ['rfc', 'pull', 'single', 'series', 'resend'],
  state: ['new', 'under-review', 'changes-requested', 'applied', 'merged', 'rejected', 'stale'],
  version: ['>=2', '>=3', '1'],
  bots: ['on', 'off'],
  when: ['now', 'digest'],
};
const OFFERED = [
  'kind',
  'author',
  'path',
  'state',
  'version',
  'list',
  'to',
  'maintainer',
  'reviewed',
  'touches',
  'title',
];

type Counts = ReadonlyMap<string, number>;
const counted = new WeakMap<object, { readonly at: number; readonly counts: Promise<Counts> }>();

/** Completes the last word, so that several can be typed one after the other: subsystems, filters and their values. */
export async function suggestFollowable(services: BotServices, typed: string): Promise<Suggestion[]> {
  const at = Math.max(typed.lastIndexOf(' '), typed.lastIndexOf(',')) + 1;
  const [before, last] = [typed.slice(0, at), typed.slice(at).toLowerCase()];
  const minus = last.startsWith('-') ? '-' : '';
  const word = last.slice(minus.length);
  const colon = word.indexOf(':');
  const field = colon > 0 ? fieldOf(word.slice(0, colon)) : null;
  const counts = await countsOf(services);
  const found =
    field !== null
      ? valuesOf(services, counts, word.slice(0, colon), field, word.slice(colon + 1))
      : [
          ...(minus === '' && word !== '' ? [] : filtersOf(word, before)),
          ...subsystemsOf(services, counts, word),
          ...(minus === '' && word !== '' ? filtersOf(word, before) : []),
        ];
  return found.slice(0, MOST).map(({ label, value }) => ({
    label: `${before}${minus}${label}`,
    value: `${before}${minus}${value}`,
  }));
}

/** The keys of filters that a word begins; behind something to follow, the most used ones. */
function filtersOf(word: string, before: string): Suggestion[] {
  const keys = OFFERED.filter((key) => (word === '' ? before.trim() !== '' : key.startsWith(word)));
  return keys
    .slice(0, MOST_FILTERS)
    .map((key) => ({ label: `${key}: such as ${FIELDS[key] ?? key}`, value: `${key}:` }));
}

function valuesOf(
  services: BotServices,
  counts: Counts,
  key: string,
  field: string,
  value: string,
): Suggestion[] {
  const { catalog } = services.library;
  const named = (values: readonly string[]) =>
    values
      .filter((one) => one.includes(value))
      .map((one) => ({ label: `${key}:${one}`, value: `${key}:${one}` }));
  switch (field) {
    case 'subsystem':
    case 'touches':
      return subsystemsOf(services, counts, value).map((one) => ({
        label: `${key}:${one.label}`,
        value: `${key}:${one.value}`,
      }));
    case 'list': {
      const lists = [...catalog.byList].filter(
        ([list]) => list.startsWith(value) || list.includes(`-${value}`),
      );
      lists.sort(([a, x], [b, y]) => (counts.get(y) ?? 0) - (counts.get(x) ?? 0) || (a < b ? -1 : 1));
      return named(lists.map(([list]) => list));
    }
    case 'path':
      return value === '' || value.includes('*') ? [] : named([`${value.replace(/\/$/, '')}/**`]);
    default:
      return named(VALUES[field] ?? []);
  }
}

/** As /subsystems ranks them: those with most series here first; among equals the one with that name. */
function subsystemsOf({ library: { catalog } }: BotServices, counts: Counts, word: string): Suggestion[] {
  const begun = word === '' ? [] : catalog.subsystems.filter(({ slug }) => slug.startsWith(word));
  const answer = findSubsystems(catalog, word);
  const all = new Map([...begun, ...(answer.near ?? answer.found)].map((one) => [one.slug, one]));
  const rank = (one: Subsystem): readonly number[] => [
    -(counts.get(one.slug) ?? 0),
    isCalled(one, word) ? 0 : 1,
    one.slug.startsWith(word) ? 0 : 1,
    one.parent === null ? 0 : 1,
  ];
  const ranked = [...all.values()].map((one) => ({ one, keys: rank(one) }));
  ranked.sort(
    (a, b) =>
      a.keys.map((key, i) => key - (b.keys[i] ?? 0)).find((difference) => difference !== 0) ??
      (a.one.slug < b.one.slug ? -1 : 1),
  );
  return ranked.slice(0, MOST).map(({ one: { slug, name } }) => ({
    label: name.toLowerCase() === slug ? slug : `${slug} · ${name}`,
    value: slug,
  }));
}

function isCalled({ slug, aliases }: Subsystem, word: string): boolean {
  return slug === word || slug.slice(slug.lastIndexOf('/') + 1) === word || aliases.includes(word);
}

/** How many series of each subsystem are here, as of a few minutes ago. */
function countsOf({ library: { store }, nowMs }: BotServices): Promise<Counts> {
  const known = counted.get(store);
  const now = nowMs();
  if (known !== undefined && Math.abs(now - known.at) < COUNTED_FOR_MS) return known.counts;
  const counts = store
    .subsystemCounts()
    .then((rows) => new Map(rows.map(({ slug, series }) => [slug, series])));
  counted.set(store, { at: now, counts });
  counts.catch(() => counted.delete(store));
  return counts;
}
