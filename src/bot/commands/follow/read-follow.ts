import type { DigestFollow } from '../../../digest/digest/build-digest.js';
import { UserError } from '../../../digest/failure.js';
import { followedSlugs, wantsEverything, wantsSingles } from '../../../digest/follow/followed-slugs.js';
import { matchesFollow } from '../../../digest/follow/matches-follow.js';
import { parseFollow } from '../../../digest/follow/parse-follow.js';
import { shortFollow } from '../../../digest/follow/short-follow.js';
import type { Follow } from '../../../digest/follow/types.js';
import type { Catalog } from '../../../digest/subsystem/catalog.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';

export interface ReadFollow extends DigestFollow {
  /** What is stored of it. */
  readonly tree: Follow;
  /** It leaves nothing out that matters: whoever has to send it should refuse. */
  readonly everything: boolean;
}

/** A typed follow, ready to be asked; a wrong one is a UserError that says what was meant. */
export function readFollow(typed: string, catalog: Catalog): ReadFollow {
  const text = unquoted(typed.trim());
  const parsed = parseFollow(text, catalog);
  if (!parsed.ok) {
    const { message, suggestions } = parsed.problem;
    throw new UserError('usage', `Follow “${shorten(oneLine(text), 80)}”: ${message}`, remedyOf(suggestions));
  }
  const { follow, hints } = parsed;
  // One bare word that nearly names a subsystem is a slip of the finger, not a wish for titles with that word.
  const [hint] = hints;
  if (follow.where.kind === 'title' && hint !== undefined)
    throw new UserError(
      'usage',
      `There is no subsystem “${hint.word}”.`,
      `Did you mean ${hint.suggestions.join(', ')}? Put the word in quotes to follow it in titles.`,
    );
  return {
    tree: follow,
    text: shortFollow(follow),
    slugs: followedSlugs(follow),
    singles: wantsSingles(follow),
    everything: wantsEverything(follow),
    matches: (series) => matchesFollow(follow, series, catalog),
  };
}

/** In a shell one writes `'path:mm/**'`; typed in the chat, those quotes are part of the habit and not of the wish. */
function unquoted(text: string): string {
  return text.length > 1 && text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text;
}

/** A suggestion is words to type instead, or a sentence of advice. */
function remedyOf(suggestions: readonly string[]): string {
  if (suggestions.length === 0) return 'Look at `subsystems` for what can be followed.';
  const advice = suggestions.find((suggestion) => suggestion.endsWith('.'));
  return advice ?? `Did you mean ${suggestions.join(', ')}?`;
}
