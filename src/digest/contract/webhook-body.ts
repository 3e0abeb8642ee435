import { z } from 'zod';
import { type PartContent, partContentSchema } from '../plan/part-content.js';
import type { View } from '../view/view.js';
import { viewText } from '../view/view-text.js';

/** What a webhook posts: one message of a digest, as data and as text. */
export const webhookBodySchema = z.object({
  /** The same whenever the same message is sent again: a receiver drops what it has already. */
  id: z.string(),
  /** The id of the headline that details belong to; null for a headline. */
  headline: z.string().nullable(),
  /** The message as plain text; it quotes mail that anyone may have written. */
  text: z.string(),
  /** The message as data; null for a trial. */
  content: partContentSchema.nullable(),
});

export function toWebhookBody(message: {
  readonly id: string;
  readonly headline: string | null;
  readonly view: View;
  readonly content: PartContent | null;
}): z.infer<typeof webhookBodySchema> {
  const { id, headline, view, content } = message;
  return { id, headline, text: viewText(view), content };
}
