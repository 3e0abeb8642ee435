import type { Versioned } from '../series/version-name.js';
import { versionSlug } from '../series/version-slug.js';

/** Paths of the pages, below the address that they are published at. */

/** `id`: a series' id, or the Message-ID of any of its mails, which stays true when series are joined or split. */
export function seriesPath(id: string): string {
  return `/series/${segment(id)}`;
}

export function versionPath(id: string, version: Versioned): string {
  return `${seriesPath(id)}?version=${versionSlug(version)}`;
}

export function comparePath(id: string, [from, to]: readonly [Versioned, Versioned]): string {
  return `${seriesPath(id)}/diff/${versionSlug(from)}..${versionSlug(to)}`;
}

/** Without its ending: `.svg` or `.png`. */
export function timelinePath(id: string): string {
  return `${seriesPath(id)}/timeline`;
}

export function subsystemPath(slug: string): string {
  return `/s/${slug.split('/').map(segment).join('/')}`;
}

/** Without its ending: `.svg` or `.png`. */
export function weeksPath(slug: string): string {
  return `${subsystemPath(slug)}/weeks`;
}

export function digestPath(follows: readonly string[], times: Readonly<Record<string, string>> = {}): string {
  return withQuery('/digest', [
    ...follows.map((follow) => ['follow', follow] as const),
    ...Object.entries(times),
  ]);
}

export function feedPath(follows: readonly string[]): string {
  return withQuery(
    '/feed.atom',
    follows.map((follow) => ['follow', follow] as const),
  );
}

function withQuery(path: string, pairs: readonly (readonly [string, string])[]): string {
  const query = pairs.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&');
  return query === '' ? path : `${path}?${query}`;
}

/** Mail says what is in an id: half a surrogate pair must not stop a page. An `@` and a colon may stay, and read better. */
function segment(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll('%40', '@').replaceAll('%3A', ':');
}
