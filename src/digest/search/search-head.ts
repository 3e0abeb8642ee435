import type { StateName } from '../claims/claim.js';
import type { SeriesRecord } from '../series/record.js';
import { versionName } from '../series/version-name.js';
import { withPieces, wordsOf } from './words.js';

/** What series are ranked by: the small part of a series that is read for every candidate. */
export interface SearchHead {
  /** SeriesRecord.id. */
  readonly key: string;
  /** The latest version by its name: `RFC v3`. */
  readonly version: string;
  /** The title as it is now. */
  readonly title: string;
  /** Words of the names and addresses of its authors. */
  readonly people: string;
  /** When the last mail about it was received, ISO UTC. */
  readonly updated: string | null;
  /** How much happened to it: replies, and versions after the first. */
  readonly activity: number;
  readonly state: StateName;
}

const MAX_TITLE = 400;
const MAX_WORDS = 400;
/** A new version counts as much as this many replies. */
const REPLIES_A_VERSION = 2;

export function headOf(series: SeriesRecord): SearchHead {
  const latest = series.revisions.at(-1);
  return {
    key: series.id,
    version: latest === undefined ? '' : versionName(latest),
    title: series.title.slice(0, MAX_TITLE).toWellFormed(),
    people: joined(peopleOf(series)),
    updated: series.updated,
    activity: activityOf(series),
    state: series.state.name,
  };
}

export function activityOf({ replies, revisions }: SeriesRecord): number {
  return replies + REPLIES_A_VERSION * Math.max(0, revisions.length - 1);
}

function peopleOf({ author, authors }: SeriesRecord): string[] {
  return [author, ...authors].flatMap(({ name, email }) => [name, email]);
}

function joined(texts: readonly string[]): string {
  return once(texts).slice(0, MAX_WORDS).join(' ');
}

function once(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap(wordsOf))];
}

/** Everything that a series is found by: words, each once, and facets. */
export interface SearchFields {
  readonly title: readonly string[];
  readonly people: readonly string[];
  readonly patches: readonly string[];
  /** What filters look up: `facet('in', 'kvm')`. */
  readonly facets: readonly string[];
}

export function searchFields(series: SeriesRecord): SearchFields {
  const titles = [series.title, ...series.revisions.map((revision) => revision.title), ...series.prefixes];
  const patches = series.revisions.flatMap((revision) =>
    revision.patches.flatMap((patch) => [patch.title, patch.author]),
  );
  return {
    title: withPieces(once(titles)),
    people: once(peopleOf(series)),
    patches: once(patches),
    facets: facetsOf(series),
  };
}

function facetsOf({ subsystems, lists, state }: SeriesRecord): string[] {
  const addresses = lists.map((list) => list.toLowerCase());
  return [
    ...subsystems.map(({ slug }) => facet('in', slug)),
    ...[...new Set(addresses.flatMap((list) => [list, list.split('@')[0] ?? list]))].map((list) =>
      facet('list', list),
    ),
    facet('state', state.name),
  ];
}

/**
 * A property of a series as one word of the index that no text holds: what is neither letter nor digit becomes a sign that no
 * word has. `in`, `kvm/x86` → `∶in∶kvm∕x86`.
 */
export function facet(name: 'in' | 'list' | 'state', value: string): string {
  const plain = value
    .slice(0, 200)
    .replaceAll('/', '\u2215')
    .replaceAll('@', '\ufe6b')
    .replaceAll('.', '\u2024');
  return `\u2236${name}\u2236${plain.replace(/[^\p{L}\p{N}_\u2215\ufe6b\u2024]/gu, '\u2010').toWellFormed()}`;
}
