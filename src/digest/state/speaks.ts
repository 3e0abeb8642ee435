import type { JoinFacts } from '../revision/revision.js';
import { isReviewKind } from '../trailer/kinds.js';

/** Whether a mail bears a review tag, reports on a patch, or says what became of a posting: of a reply that does not, only its being there counts. */
export function speaks(facts: JoinFacts): boolean {
  return (
    facts.claims.length > 0 ||
    facts.report !== undefined ||
    facts.trailers.some((trailer) => isReviewKind(trailer.kind))
  );
}
