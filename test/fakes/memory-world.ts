import type { Address, PlatformCapabilities } from '../../src/digest/ports/chat-platform.js';
import type { ChatWorld } from '../contract/chat-platform.js';
import {
  createMemoryChat,
  type MemoryAnswer,
  type MemoryChat,
  type MemoryRequest,
  standingAt,
} from './memory-chat.js';
import { createMemoryPlatform } from './memory-platform.js';

export const memoryChannel = (address = 'c1'): Address => ({
  platform: 'memory',
  tenant: 't1',
  address,
  kind: 'channel',
});

/** The memory chat as the contract suite wants it; `carry` is the way between the two sides. */
export function memoryWorld(
  capabilities: PlatformCapabilities,
  carry: (chat: MemoryChat) => Promise<{
    ask: (request: MemoryRequest) => Promise<MemoryAnswer>;
    close: () => Promise<void>;
  }> = async (chat) => ({ ask: async (request) => chat.ask(request), close: async () => undefined }),
): () => Promise<ChatWorld> {
  return async () => {
    const chat = createMemoryChat({ now: () => Date.now(), idempotentMs: capabilities.idempotentMs });
    const { ask, close } = await carry(chat);
    return {
      platform: createMemoryPlatform({ ask, capabilities }),
      channel: memoryChannel(),
      person: { platform: 'memory', tenant: 'dm', address: 'p1', kind: 'person' },
      standing: async (at) =>
        standingAt(chat, at).map(({ messageId, key, under, body }) => ({
          messageId,
          key,
          under,
          mentions: [],
          ...body,
        })),
      failNext: chat.failNext,
      close,
    };
  };
}
