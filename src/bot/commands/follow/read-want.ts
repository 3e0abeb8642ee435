import type { Follow, FollowHint, Where } from '../../../digest/follow/follow.js';
import { formatFollow, formatSettings } from '../../../digest/follow/format-follow.js';
import { impossibleFollow } from '../../../digest/follow/impossible.js';
import { parseFollow } from '../../../digest/follow/parse-follow.js';
import { join } from '../../../digest/follow/reader.js';
import { splitWants } from '../../../digest/follow/split-wants.js';
import type { Catalog } from '../../../digest/subsystem/catalog.js';
import { orList } from '../../../digest/text/or-list.js';
import { echo } from '../chat/answers.js';
import { foreignWord, withoutCourtesy } from './foreign-words.js';

export interface Want {
  readonly tree: Follow;
  /** formatFollow's text: equal for equal follows. */
  readonly words: string;
}

export type ReadWants =
  | { readonly kind: 'wants'; readonly wants: readonly Want[] }
  | {
      readonly kind: 'problem';
      readonly message: string;
      readonly remedy: string;
      /** Whole texts to follow instead. */
      readonly suggestions: readonly string[];
      /** The option that is wrong, where it was given as one. */
      readonly option?: string;
    };

/** Conditions that were given as options: they hold for every follow of the line. */
interface Filters {
  readonly where: readonly Where[];
  readonly bots: boolean;
  readonly when: 'now' | null;
}

/** Reads every follow of a line; one that is wrong rejects the line, so that nothing is half done. */
export function readWants(typed: string, catalog: Catalog, filters?: Filters): ReadWants {
  const text = withoutCourtesy(unquoted(typed.trim()), catalog);
  const foreign = foreignProblem(text);
  if (foreign !== null) return withFilters(foreign, catalog, filters);
  const wants: Want[] = [];
  for (const one of splitWants(text, catalog)) {
    const read = readWant(one, text, catalog);
    if (read.kind === 'problem') return withFilters(read, catalog, filters);
    const want = filters === undefined ? read.want : narrowed(read.want.tree, filters);
    const never = neverMatches(want);
    if (never !== null) return never;
    if (!wants.some(({ words }) => words === want.words)) wants.push(want);
  }
  return { kind: 'wants', wants };
}

function narrowed({ where, bots, when }: Follow, filters: Filters): Want {
  const all = join('and', [where, ...filters.where]);
  const isNow = when === 'now' || filters.when === 'now';
  return toWant({
    version: 1,
    where: all,
    bots: bots || filters.bots,
    ...(isNow ? { when: 'now' } : {}),
  });
}

export function toWant(tree: Follow): Want {
  return { tree, words: formatFollow(tree) };
}

/** Suggestions that keep the conditions given as options. */
function withFilters(problem: Problem, catalog: Catalog, filters?: Filters): Problem {
  if (filters === undefined) return problem;
  const suggestions = problem.suggestions.flatMap((text) => {
    const read = readWants(text, catalog, filters);
    return read.kind === 'wants' ? [read.wants.map(({ words }) => words).join(', ')] : [];
  });
  return { ...problem, suggestions };
}

/** Reads one follow if nothing is to be split: our own text, in which every word is meant. */
export function readWholeWant(typed: string, catalog: Catalog): ReadWant {
  const text = unquoted(typed.trim());
  return readWant(text, text, catalog);
}

/** The same of what a person typed, where a word may belong to another command. */
export function readTypedWant(typed: string, catalog: Catalog): ReadWant {
  const foreign = foreignProblem(unquoted(typed.trim()));
  if (foreign !== null) return foreign;
  const read = readWholeWant(typed, catalog);
  return read.kind === 'want' ? (neverMatches(read.want) ?? read) : read;
}

/** Why no mail can ever match, and the follow as it may have been meant. */
function neverMatches({ tree }: Want): Problem | null {
  const never = impossibleFollow(tree.where);
  if (never === null) return null;
  const suggestions = never.suggestions.map((words) => `${words}${formatSettings(tree)}`);
  const remedy = suggestions.length === 0 ? (never.advice ?? '') : remedyOf(suggestions);
  return { kind: 'problem', message: never.message, remedy, suggestions };
}

function foreignProblem(text: string): Problem | null {
  const foreign = foreignWord(text);
  if (foreign === null) return null;
  const { message, remedy, rest } = foreign;
  return { kind: 'problem', message, remedy, suggestions: rest === '' ? [] : [rest] };
}

type Problem = Extract<ReadWants, { kind: 'problem' }>;
type ReadWant = { readonly kind: 'want'; readonly want: Want } | Problem;

function readWant(one: string, whole: string, catalog: Catalog): ReadWant {
  const parsed = parseFollow(one, catalog);
  if (!parsed.ok) {
    const { message, suggestions, advice } = parsed.problem;
    // A suggestion replaces the word that was wrong: if that was everything, it can be used unchanged.
    const alone = whole === one && !/\s/.test(one);
    const instead = alone ? suggestions.filter((text) => parseFollow(text, catalog).ok) : [];
    return {
      kind: 'problem',
      message: message.includes(one) ? message : `${echo(one)} can't be followed: ${lowerFirst(message)}`,
      remedy: advice ?? remedyOf(suggestions),
      suggestions: instead,
    };
  }
  const unquotedHint = parsed.hints.find((hint) => hint.end !== undefined);
  if (unquotedHint !== undefined) return unquotedValue(unquotedHint, one, whole);
  const slip = slipOf(
    parsed.follow.where,
    parsed.hints.filter((hint) => hint.end === undefined),
  );
  if (slip !== null) {
    // What was typed next to it must not be repeated.
    const beside = whole.toLowerCase().split(/[\s,]+/);
    const meant = slip.suggestions.filter((slug) => !beside.includes(slug));
    return {
      kind: 'problem',
      message: `There is no subsystem ${echo(slip.word, 40)}.`,
      remedy: `${meant.length === 0 ? '' : `Did you mean ${orList(meant)}? `}Put the word in quotes to look for it in titles.`,
      suggestions: meant.map((slug) => whole.replace(slip.word, () => slug)),
    };
  }
  return { kind: 'want', want: toWant(parsed.follow) };
}

/** `author:Jane Doe`: half of a name, and titles with the other half, were followed without a word. */
function unquotedValue(
  { word, position, end, suggestions }: FollowHint,
  one: string,
  whole: string,
): Problem {
  const meant = suggestions.map((text) => one.slice(0, position) + text + one.slice(end));
  return {
    kind: 'problem',
    message: `Without quotes ${echo(word, 40)} is looked for in titles: a value ends at the first space.`,
    remedy: `Did you mean ${orList(suggestions)}? Put the word in quotes to look for it in titles.`,
    suggestions: meant.map((text) => whole.replace(one, () => text)),
  };
}

/** A bare word that is close to the name of a subsystem, alone or next to words that are subsystems, is a typo and not a title word. */
function slipOf(where: Where, hints: readonly FollowHint[]): FollowHint | null {
  const [hint] = hints;
  if (hint === undefined) return null;
  if (where.kind === 'title') return hint;
  if (where.kind !== 'and') return null;
  const beside = where.terms.some((term) => term.kind === 'subsystem');
  const alone = where.terms.filter((term) => term.kind === 'title').length === 1;
  return beside || alone ? hint : null;
}

/** `'path:mm/**'` is quoted for a shell; people type the quotes in a chat too, out of habit. */
function unquoted(text: string): string {
  return text.length > 1 && text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text;
}

function remedyOf(suggestions: readonly string[]): string {
  if (suggestions.length === 0) return 'The command subsystems lists what can be followed.';
  return `Did you mean ${orList(suggestions.slice(0, 4))}?`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
