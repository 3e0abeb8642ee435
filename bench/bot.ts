import { createChatBot } from '../src/bot/commands/chat/chat-bot.js';
import { commands } from '../src/bot/commands/commands.js';
import type { Library } from '../src/bot/library.js';
import type { Place, Requester } from '../src/digest/ports/chat-bot.js';

/** Where commands are typed, and by whom. */
export const place: Place = {
  platform: 'memory',
  tenant: 'bench',
  address: 'c1',
  kind: 'channel',
  name: '#bench',
};
export const requester: Requester = {
  id: 'b',
  tenant: 'bench',
  name: 'Bench',
  zone: 'UTC',
  rights: 'manager',
  rightsHold: 'here',
};

/** The bot that answers them, without a chat and without digests. `name`: tells its ids from those of another over the same database. */
export function createBenchBot(library: Library, name: string) {
  let ids = 0;
  return createChatBot({
    commands,
    library,
    nowMs: () => Date.now(),
    zone: 'UTC',
    delivers: () => true,
    digests: {
      digestPreview: () => Promise.reject(new Error('not measured here')),
      digestNow: () => Promise.reject(new Error('not measured here')),
    },
    sources: async () => [],
    fetchThread: null,
    newId: () => `bench-${name}-${ids++}`,
    onBug: (error) => {
      throw error;
    },
  });
}
