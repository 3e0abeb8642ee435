import { describeFollow } from '../../../digest/follow/describe-follow.js';
import { wantsEverything } from '../../../digest/follow/followed-slugs.js';
import { formatFollow } from '../../../digest/follow/format-follow.js';
import { parseFollow } from '../../../digest/follow/parse-follow.js';
import { splitWants } from '../../../digest/follow/split-wants.js';
import type { Follow, FollowHint, Where } from '../../../digest/follow/types.js';
import type { Catalog } from '../../../digest/subsystem/catalog.js';
import { echo } from '../chat/answers.js';

/** A follow as it was understood. */
export interface Want {
  readonly tree: Follow;
  /** formatFollow's: two that say the same are one. */
  readonly words: string;
  /** Said back: `series of the KVM subsystem, not RFC`. */
  readonly text: string;
  /** It leaves nothing out that matters. */
  readonly everything: boolean;
}

export type ReadWants =
  | { readonly kind: 'wants'; readonly wants: readonly Want[] }
  | {
      readonly kind: 'problem';
      readonly message: string;
      readonly remedy: string;
      /** Whole texts to follow instead. */
      readonly suggestions: readonly string[];
    };

/** Reads all that somebody wished for in one line; one wrong wish spoils all, so that nothing is done by halves. */
export function readWants(typed: string, catalog: Catalog): ReadWants {
  const text = unquoted(typed.trim());
  const wants: Want[] = [];
  for (const one of splitWants(text, catalog)) {
    const read = readWant(one, text, catalog);
    if (read.kind === 'problem') return read;
    if (!wants.some(({ words }) => words === read.want.words)) wants.push(read.want);
  }
  return { kind: 'wants', wants };
}

/** Reads one wish as it is stored, where nothing is to be split. */
export function readWholeWant(words: string, catalog: Catalog): Want | null {
  const read = readWant(words, words, catalog);
  return read.kind === 'want' ? read.want : null;
}

type ReadWant = { readonly kind: 'want'; readonly want: Want } | Extract<ReadWants, { kind: 'problem' }>;

function readWant(one: string, whole: string, catalog: Catalog): ReadWant {
  const parsed = parseFollow(one, catalog);
  if (!parsed.ok) {
    const { message, suggestions } = parsed.problem;
    // A suggestion stands for the word that was wrong: where that was all, it can be taken as it is.
    const alone = whole === one && !/\s/.test(one);
    const instead = alone ? suggestions.filter((text) => parseFollow(text, catalog).ok) : [];
    return {
      kind: 'problem',
      message: message.includes(one) ? message : `${echo(one)} can't be followed: ${lowerFirst(message)}`,
      remedy: remedyOf(suggestions),
      suggestions: instead,
    };
  }
  const slip = slipOf(parsed.follow.where, parsed.hints);
  if (slip !== null) {
    // What was typed beside it was not meant a second time.
    const beside = whole.toLowerCase().split(/[\s,]+/);
    const meant = slip.suggestions.filter((slug) => !beside.includes(slug));
    return {
      kind: 'problem',
      message: `There is no subsystem ${echo(slip.word, 40)}.`,
      remedy: `${meant.length === 0 ? '' : `Did you mean ${orList(meant)}? `}Put the word in quotes to follow it in titles.`,
      suggestions: meant.map((slug) => whole.replace(slip.word, () => slug)),
    };
  }
  return {
    kind: 'want',
    want: {
      tree: parsed.follow,
      words: formatFollow(parsed.follow),
      text: describeFollow(parsed.follow, catalog),
      everything: wantsEverything(parsed.follow),
    },
  };
}

/** A bare word that nearly names a subsystem, the only one or beside others that are subsystems, is a slip of the finger and not a wish for titles. */
function slipOf(where: Where, hints: readonly FollowHint[]): FollowHint | null {
  const [hint] = hints;
  if (hint === undefined) return null;
  if (where.kind === 'title') return hint;
  if (where.kind !== 'and') return null;
  const beside = where.terms.some((term) => term.kind === 'subsystem');
  const alone = where.terms.filter((term) => term.kind === 'title').length === 1;
  return beside || alone ? hint : null;
}

/** In a shell one writes `'path:mm/**'`; typed in the chat, those quotes are part of the habit and not of the wish. */
function unquoted(text: string): string {
  return text.length > 1 && text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text;
}

/** A suggestion is words to type instead, or a sentence of advice. */
function remedyOf(suggestions: readonly string[]): string {
  if (suggestions.length === 0) return 'Look at /subsystems for what can be followed.';
  const advice = suggestions.find((suggestion) => suggestion.endsWith('.'));
  return advice ?? `Did you mean ${orList(suggestions.slice(0, 4))}?`;
}

/** `a, b or c`. */
function orList(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
