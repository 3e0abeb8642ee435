import { type REST, Routes } from 'discord.js';
import { z } from 'zod';
import { type KeyIds, keyIdsOf } from './render/message-key.js';
import { snowflakeAt } from './snowflake.js';
import { within } from './within.js';

const PAGE = 100;
/** Two thousand messages after ours in one outage: then no one can tell. */
const MAX_PAGES = 20;

const messagesSchema = z.array(z.object({ id: z.string().regex(/^\d+$/), components: z.unknown() }));

export type FoundMessage =
  | { readonly kind: 'found'; readonly messageId: string }
  | { readonly kind: 'absent' /** How many messages were looked at. */; readonly seen: number }
  | { readonly kind: 'tooMany' };

/** Reads what was posted in a channel since a moment, oldest first, up to the message with these ids. Throws what the requests throw. */
export async function findMessage(
  rest: REST,
  channelId: string,
  ids: KeyIds,
  sinceMs: number,
  signal: AbortSignal,
): Promise<FoundMessage> {
  let after = snowflakeAt(sinceMs);
  let seen = 0;
  for (let page = 0; page < MAX_PAGES; page++) {
    const query = new URLSearchParams({ after: String(after), limit: String(PAGE) });
    const messages = messagesSchema.parse(
      await within(signal, (own) => rest.get(Routes.channelMessages(channelId), { query, signal: own })),
    );
    for (const { id, components } of messages) {
      const found = keyIdsOf(components);
      if (found?.container === ids.container && found.text === ids.text)
        return { kind: 'found', messageId: id };
      if (BigInt(id) > after) after = BigInt(id);
    }
    seen += messages.length;
    if (messages.length < PAGE) return { kind: 'absent', seen };
  }
  return { kind: 'tooMany' };
}
