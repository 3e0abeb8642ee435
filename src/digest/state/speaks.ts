import type { JoinFacts } from '../revision/revision.js';
import { isReviewKind } from '../trailer/kinds.js';

/** Whether a mail has a review tag, reports on a patch, or says something about a posting's state: any other reply is only counted. */
export function speaks(facts: JoinFacts): boolean {
  return (
    facts.claims.length > 0 ||
    facts.report !== undefined ||
    facts.trailers.some((trailer) => isReviewKind(trailer.kind))
  );
}
