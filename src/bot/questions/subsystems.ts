import { findSubsystems } from '../../digest/subsystem/find-subsystems.js';
import type { Library } from '../library.js';

interface SubsystemRow {
  readonly slug: string;
  readonly name: string;
  readonly lists: readonly string[];
  readonly aliases: readonly string[];
  /** How many series of it are here. */
  readonly series: number;
}

export interface SubsystemsReply {
  readonly subsystems: readonly SubsystemRow[];
  /** What to do where there are none. */
  readonly remedy: string;
}

/** Answers what can be followed: those that match the words, those with most series here first. */
export async function answerSubsystems(library: Library, words: string): Promise<SubsystemsReply> {
  const here = new Map((await library.store.subsystemCounts()).map((row) => [row.slug, row]));
  const answer = findSubsystems(library.catalog, words);
  const rows = answer.found.map(
    ({ slug, name, lists, aliases }): SubsystemRow => ({
      slug,
      name,
      lists,
      aliases,
      series: here.get(slug)?.series ?? 0,
    }),
  );
  // A list that MAINTAINERS does not know can be followed too, once mail of it is here.
  const known = new Set(rows.map((row) => row.slug));
  for (const { slug, name, series } of here.values()) {
    if (known.has(slug) || !`${slug} ${name}`.toLowerCase().includes(words.toLowerCase())) continue;
    rows.push({ slug, name, lists: [], aliases: [], series });
  }
  rows.sort((a, b) => b.series - a.series || (a.slug < b.slug ? -1 : 1));
  const near = answer.near?.map((one) => one.slug) ?? [];
  const remedy =
    near.length > 0
      ? `Did you mean ${near.join(', ')}?`
      : 'Run `covernote subsystems` to see what can be followed.';
  return { subsystems: rows, remedy };
}
