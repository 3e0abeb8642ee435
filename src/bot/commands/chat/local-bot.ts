import { randomBytes } from 'node:crypto';
import type { ChatBot } from '../../../digest/ports/chat-bot.js';
import type { Library } from '../../library.js';
import { type ChatBotOptions, createChatBot } from './chat-bot.js';
import { localPlace } from './typed-chat.js';

/** The bot for the terminal alone: nothing is scheduled and nothing fetched. */
export function createLocalBot(
  library: Library,
  { nowMs, onBug }: Pick<ChatBotOptions, 'nowMs' | 'onBug'>,
): ChatBot {
  return createChatBot({
    library,
    nowMs,
    onBug,
    zone: library.config.timeZone,
    delivers: () => false,
    digests: {
      preview: () => Promise.reject(new Error('a terminal has no next digest')),
      now: () => Promise.reject(new Error('nothing is sent to a terminal')),
    },
    sources: async () => [],
    fetchThread: null,
    pageCost: Number.POSITIVE_INFINITY,
    newId: () => randomBytes(12).toString('base64url'),
  });
}

/** What is followed at this terminal, in the words of the follow grammar. */
export async function localFollows({ store }: Library): Promise<readonly string[]> {
  const destination = await store.chat.destinations.byAddress(localPlace);
  const follows = destination === null ? [] : await store.chat.follows.of(destination.id);
  return follows.map(({ words }) => words);
}
