import type { StateEvidence } from '../state/outcome.js';

/**
 * Whether this pull request is the first mail that says that a series is applied. Maintainers list in it what they said they took before, and list it
 * again in the next request: none of that is news.
 */
export function isFirstSaid(evidence: readonly StateEvidence[], messageId: string): boolean {
  const own = evidence.find((one) => one.messageId === messageId);
  const isEarlier = ({ messageId: id, says, date }: StateEvidence) =>
    id !== messageId && (says === 'applied' || says === 'merged') && (date ?? '') < (own?.date ?? '');
  return own !== undefined && !evidence.some(isEarlier);
}
