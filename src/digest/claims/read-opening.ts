import type { Sentence } from './own-text.js';

/** What the first words of a reply say of the mail that it answers. */
export interface OpeningWords {
  /** `withdrawn` if its author wrote them, `rejected` if someone else did. */
  readonly says: 'withdrawn' | 'rejected';
  readonly quote: string;
}

const GREETING =
  /^(?:(?:hi|hello|hey|dear)\b[^.!?]{0,60}|(?:thanks|thank you)\b[^.!?,]{0,60}|sorry(?: for the (?:noise|spam))?|apologies[^.!?,]{0,40})[.!,]*$/i;

/** `Nevermind, it doesn't fix it`, `Scratch that`; not `Never mind this comment`. */
const TAKEN_BACK =
  /^(?:(?:oh|ah|ok|hmm|sorry|actually|well),? )?(?:never ?mind|scratch (?:that|this))(?:[.,!:;–-]| [-–—.] ?|$)/i;

/** `Already fixed, see LINK`, `That was already fixed`, `Thanks, but this has already been fixed`, `… but Bo already fixed it`. */
const FIXED =
  /^(?:(?:thanks|thank you|sorry)[^.!?]{0,60}?,? but )?(?:(?:this|that|it)(?: is|'s| was| has| had)? )?(?:already (?:been )?fixed|(?:[A-Z]\w{1,20}|we|i) (?:has |have )?already fixed (?:it|this|that)|been fixed already)\b/i;
/** Part of it, a wish, or the writer's own next version. */
const HEDGED = /\b(?:if|unless|should|partly|partially|mostly|almost|except|my (?:local|next)|v\d{1,3})\b/i;

/**
 * Reads the first sentence of a reply that is not a greeting: a direct answer to a patch that opens with `Nevermind` is about the patch, and so is
 * `Already fixed`. The same words below a comment, or below code, are about that. null for all else.
 */
export function readOpening(sentences: readonly Sentence[]): OpeningWords | null {
  const first = sentences.find(({ text }) => !GREETING.test(text));
  if (first === undefined || first.belowCode || first.text.endsWith('?')) return null;
  const { text } = first;
  if (TAKEN_BACK.test(text)) return { says: 'withdrawn', quote: text };
  return FIXED.test(text) && !HEDGED.test(text) ? { says: 'rejected', quote: text } : null;
}
