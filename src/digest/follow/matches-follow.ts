import type { RevisionRecord, SeriesRecord } from '../series/record.js';
import type { Catalog } from '../subsystem/catalog.js';
import { whoLooksAfter } from '../subsystem/maintainers-of.js';
import type { Condition, Follow, Where } from './follow.js';
import { compilePathGlob, type PathGlob } from './path-glob.js';

/** Whether a follow matches a series, and why, in words; empty if it does not match. */
export interface FollowAnswer {
  readonly matched: boolean;
  readonly because: readonly string[];
}

const MISS: FollowAnswer = { matched: false, because: [] };
const hit = (...because: string[]): FollowAnswer => ({ matched: true, because });

const isWordCharacter = (character: string): boolean =>
  (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character > '\u007f';

/**
 * Whole words next to each other, ignoring case; `_` and `-` separate words, so that `pin` is in FOLL_PIN. A `*` at the end matches any
 * rest of the word.
 */
export function hasWords(title: string, words: string): boolean {
  const text = title.toLowerCase().replaceAll(/\s+/g, ' ');
  const open = words.length > 1 && words.endsWith('*');
  const phrase = (open ? words.slice(0, -1) : words).toLowerCase();
  const bounded = (edge: string, beside: string): boolean =>
    !isWordCharacter(edge) || beside === '' || !isWordCharacter(beside);
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const end = at + phrase.length;
    if (
      bounded(phrase.charAt(0), text.charAt(at - 1)) &&
      (open || bounded(phrase.charAt(phrase.length - 1), text.charAt(end)))
    )
      return true;
  }
  return false;
}

const latestOf = (series: SeriesRecord): RevisionRecord | undefined => series.revisions.at(-1);

const titlesOf = (series: SeriesRecord): string[] => [
  ...new Set([series.title, ...series.revisions.map(({ title }) => title)]),
];

/** `jane@example.org` whole, `@example.org` everyone there and beneath, else a part of name or address. */
function isPerson(who: string, person: { name: string; email: string }): boolean {
  const email = person.email.toLowerCase();
  if (who.startsWith('@')) return email.endsWith(who) || email.endsWith(`.${who.slice(1)}`);
  if (who.includes('@') && !who.includes(' ')) return email === who;
  return person.name.toLowerCase().includes(who) || email.includes(who);
}

function isAddress(who: string, address: string): boolean {
  if (who.startsWith('@')) return address.endsWith(who) || address.endsWith(`.${who.slice(1)}`);
  return who.includes('@') ? address === who : address.startsWith(`${who}@`);
}

function reviewersOf({ revisions }: SeriesRecord): { name: string; email: string }[] {
  return revisions.flatMap(({ reviews, patches }) => [
    ...reviews,
    ...patches.flatMap((patch) => patch.reviews),
  ]);
}

/** What evaluating a follow needs in addition to the series: compiled once for all series. */
interface Compiled {
  readonly catalog: Catalog;
  readonly globs: ReadonlyMap<Condition, PathGlob>;
}

function pathConditions(where: Where): Extract<Condition, { kind: 'path' }>[] {
  switch (where.kind) {
    case 'and':
    case 'or':
      return where.terms.flatMap(pathConditions);
    case 'not':
      return pathConditions(where.term);
    default:
      return where.kind === 'path' ? [where] : [];
  }
}

function ofSubsystem(series: SeriesRecord, slug: string): FollowAnswer {
  const found = series.subsystems.find((subsystem) => subsystem.slug === slug);
  return found === undefined ? MISS : hit(found.name);
}

function touches(series: SeriesRecord, slug: string, catalog: Catalog): FollowAnswer {
  const belongs = ofSubsystem(series, slug);
  if (belongs.matched) return belongs;
  const found = series.paths.find(
    ({ path }) =>
      catalog.formerSlugs(path).includes(slug) ||
      catalog.matchPath(path).some(({ entry }) => catalog.slugsOfEntry[entry]?.includes(slug) === true),
  );
  return found === undefined ? MISS : hit(`touches ${found.path}`);
}

function holdsMessage(series: SeriesRecord, query: string): boolean {
  if (series.id === query || series.latest === query) return true;
  return series.revisions.some(
    ({ id, messageId, patches }) =>
      id === query || messageId === query || patches.some((patch) => patch.messageId === query),
  );
}

function isSeries(series: SeriesRecord, query: string): FollowAnswer {
  if (holdsMessage(series, query)) return hit('this series');
  if (query.includes('@')) return MISS;
  const words = query.toLowerCase().split(' ').filter(Boolean);
  const title = titlesOf(series).find((one) => words.every((word) => one.toLowerCase().includes(word)));
  return title === undefined || words.length === 0 ? MISS : hit(`title “${title}”`);
}

function isKind(series: SeriesRecord, is: Extract<Condition, { kind: 'kind' }>['is']): FollowAnswer {
  const latest = latestOf(series);
  if (is === 'rfc') return latest?.rfc === true ? hit('RFC') : MISS;
  if (is === 'resend') return latest?.resend === true ? hit('resend') : MISS;
  return series.kind === is
    ? hit(is === 'pull' ? 'pull request' : is === 'single' ? 'single patch' : 'series')
    : MISS;
}

function hasVersion(
  series: SeriesRecord,
  { compare, version }: Extract<Condition, { kind: 'version' }>,
): FollowAnswer {
  const there = latestOf(series)?.version;
  if (there === undefined) return MISS;
  const holds = {
    '=': there === version,
    '>=': there >= version,
    '<=': there <= version,
    '>': there > version,
    '<': there < version,
  }[compare];
  return holds ? hit(`version ${there}`) : MISS;
}

function condition(series: SeriesRecord, filter: Condition, { catalog, globs }: Compiled): FollowAnswer {
  switch (filter.kind) {
    case 'all':
      return hit('everything');
    case 'subsystem':
      return ofSubsystem(series, filter.slug);
    case 'touches':
      return touches(series, filter.slug, catalog);
    case 'list': {
      const found = [...series.lists, ...series.recipients].find((list) =>
        isAddress(filter.list, list.toLowerCase()),
      );
      return found === undefined ? MISS : hit(`sent to ${found}`);
    }
    case 'author': {
      const found = [series.author, ...series.authors].find((person) => isPerson(filter.who, person));
      return found === undefined ? MISS : hit(`by ${found.name === '' ? found.email : found.name}`);
    }
    case 'to': {
      const found = series.recipients.find((address) => isAddress(filter.who, address.toLowerCase()));
      return found === undefined ? MISS : hit(`to ${found}`);
    }
    case 'maintainer': {
      const found = series.paths.find(({ path }) =>
        whoLooksAfter(catalog, path).some((person) => isPerson(filter.who, person)),
      );
      return found === undefined ? MISS : hit(`${filter.who} maintains ${found.path}`);
    }
    case 'reviewed': {
      const found = reviewersOf(series).find((person) => isPerson(filter.who, person));
      return found === undefined ? MISS : hit(`reviewed by ${found.name === '' ? found.email : found.name}`);
    }
    case 'path': {
      const matches = globs.get(filter);
      const found = series.paths.find(({ path }) => matches?.(path) === true);
      return found === undefined ? MISS : hit(`path ${found.path}`);
    }
    case 'series':
      return isSeries(series, filter.query);
    case 'kind':
      return isKind(series, filter.is);
    case 'version':
      return hasVersion(series, filter);
    case 'state':
      return series.state.name === filter.state ? hit(filter.state.replaceAll('-', ' ')) : MISS;
    case 'prefix': {
      const found = series.prefixes.find((prefix) => prefix.toLowerCase() === filter.tag);
      return found === undefined ? MISS : hit(`tag ${found}`);
    }
    case 'title':
      return titlesOf(series).some((title) => hasWords(title, filter.words))
        ? hit(`“${filter.words}” in the title`)
        : MISS;
  }
}

function evaluate(series: SeriesRecord, where: Where, compiled: Compiled): FollowAnswer {
  switch (where.kind) {
    case 'and': {
      const because: string[] = [];
      for (const term of where.terms) {
        const answer = evaluate(series, term, compiled);
        if (!answer.matched) return MISS;
        because.push(...answer.because);
      }
      return hit(...because);
    }
    case 'or': {
      const answers = where.terms
        .map((term) => evaluate(series, term, compiled))
        .filter(({ matched }) => matched);
      return answers.length === 0 ? MISS : hit(...answers.flatMap(({ because }) => because));
    }
    case 'not':
      // What a series lacks is not a reason to show it: `-kind:rfc` only excludes.
      return evaluate(series, where.term, compiled).matched ? MISS : hit();
    default:
      return condition(series, where, compiled);
  }
}

/**
 * Prepares a follow for matching many series. The latest revision decides version, RFC and resend; title, authors, paths
 * and lists are those of the whole series. A series that only bots wrote is left out unless the follow says `bots:on`.
 */
export function compileFollow(follow: Follow, catalog: Catalog): (series: SeriesRecord) => FollowAnswer {
  const globs = new Map(pathConditions(follow.where).map((path) => [path, compilePathGlob(path.glob)]));
  const compiled: Compiled = { catalog, globs };
  return (series) => {
    if (series.bot === true && !follow.bots) return MISS;
    const answer = evaluate(series, follow.where, compiled);
    return answer.matched ? hit(...new Set(answer.because)) : MISS;
  };
}
