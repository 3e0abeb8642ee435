import type { PostingFacts } from './posting-facts.js';

/** The recipients of a series to whom its newest posting was not sent; none if no mail of that posting is here. */
export function formerRecipients(
  recipients: readonly string[],
  newest: readonly string[],
  messages: ReadonlyMap<string, Pick<PostingFacts, 'recipients'>>,
): string[] {
  const mails = newest.flatMap((id) => messages.get(id) ?? []);
  if (mails.length === 0) return [];
  const sentTo = new Set(mails.flatMap((mail) => mail.recipients));
  return recipients.filter((one) => !sentTo.has(one));
}
