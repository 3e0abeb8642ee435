import { randomBytes } from 'node:crypto';
import type { Follow } from '../../../digest/follow/follow.js';
import type { ChatBot } from '../../../digest/ports/chat-bot.js';
import type { Library } from '../../library.js';
import type { BotOptions } from '../context.js';
import { localPlace } from './typed-chat.js';

/** The bot for the terminal alone: nothing is scheduled and nothing fetched. */
export function createLocalBot(
  createBot: (options: BotOptions) => ChatBot,
  library: Library,
  { nowMs, onBug }: Pick<BotOptions, 'nowMs' | 'onBug'>,
): ChatBot {
  return createBot({
    library,
    nowMs,
    onBug,
    zone: library.config.timeZone,
    delivers: () => false,
    digests: {
      digestPreview: () => Promise.reject(new Error('a terminal has no next digest')),
      digestNow: () => Promise.reject(new Error('nothing is sent to a terminal')),
    },
    sources: async () => [],
    fetchThread: null,
    pageCost: Number.POSITIVE_INFINITY,
    newId: () => randomBytes(12).toString('base64url'),
  });
}

/** What is followed at this terminal. */
export async function localFollows({ store }: Library): Promise<readonly Follow[]> {
  const destination = await store.chat.destinations.byAddress(localPlace);
  const follows = destination === null ? [] : await store.chat.follows.of(destination.id);
  return follows.map(({ tree }) => tree);
}
