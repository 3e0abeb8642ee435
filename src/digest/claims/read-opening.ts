import type { Sentence } from './own-text.js';

/** What the first words of a reply say of the mail that it answers. */
export interface OpeningWords {
  /** `withdrawn` if its author wrote them, `rejected` if someone else did. */
  readonly says: 'withdrawn' | 'rejected';
  readonly quote: string;
}

const GREETING =
  /^(?:(?:hi|hello|hey|dear)(?: [\w'.-]{1,20}){0,3}|(?:thanks|thank you)(?: for (?:the|this|your) (?:patch|patches|series|report|review))?|sorry(?: for the (?:noise|spam|delay))?)[.!,]*$/i;

/** `Nevermind, it doesn't fix it`, `Scratch that`; not `Never mind this comment`. */
const TAKEN_BACK =
  /^(?:(?:oh|ah|ok|hmm|sorry|actually|well),? )?(?:never ?mind|scratch (?:that|this))(?:[.,!:;–-]| [-–—.] ?|$)/i;

/** `Already fixed, see LINK`, `That was already fixed`, `Thanks, but this has already been fixed`, `… but Bo already fixed it`. */
const FIXED =
  /^(?:(?:[Tt]hanks|[Tt]hank you|[Ss]orry)[^.!?]{0,60}?,? but )?(?:(?:[Tt]his|[Tt]hat|[Ii]t)(?: is|'s| was| has| had)? )?(?:[Aa]lready (?:been )?fixed|(?!You)(?:[A-Z]\w{1,20}|we) (?:has |have )?already fixed (?:it|this|that)|been fixed already)(?=$|[.,;:!]| (?:in|by|with|see|upstream|last|a|here|on)\b)/;
/** Part of it, a wish, the writer's own tree, or another patch of the same series. */
const HEDGED =
  /\b(?:if|unless|should|partly|partially|mostly|almost|except|my|our|locally|up|when|while|patch(?:es)?|next (?:patch|version|one)|squash|appl(?:y|ied|ying)|v\d{1,3})\b/i;

/**
 * Reads the first sentence of a reply that is not a greeting: a direct answer to a patch that opens with `Nevermind` is about the patch, and so is
 * `Already fixed`. The same words below a comment, or below code, are about that. null for all else.
 */
export function readOpening(sentences: readonly Sentence[]): OpeningWords | null {
  const first = sentences.find(({ text }) => !GREETING.test(text));
  if (first === undefined || first.belowCode || first.text.endsWith('?')) return null;
  const { text } = first;
  if (TAKEN_BACK.test(text)) return { says: 'withdrawn', quote: text };
  const fixed = FIXED.exec(text);
  const isFixed = fixed !== null && !HEDGED.test(text.slice(fixed[0].length));
  return isFixed ? { says: 'rejected', quote: text } : null;
}
