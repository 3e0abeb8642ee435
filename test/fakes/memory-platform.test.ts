import { chatPlatformContract } from '../contract/chat-platform.js';
import { askOverHttp, serveMemoryChat } from './memory-http.js';
import { memoryWorld } from './memory-world.js';

const all = { idempotentMs: 60_000, find: true, edit: true, threads: true };

chatPlatformContract('memory, idempotent', memoryWorld({ ...all, find: false }));
chatPlatformContract('memory, searchable', memoryWorld({ ...all, idempotentMs: 0 }));
chatPlatformContract(
  'memory, neither',
  memoryWorld({ idempotentMs: 0, find: false, edit: false, threads: false }),
);
chatPlatformContract(
  'memory, over HTTP',
  memoryWorld(all, async (chat) => {
    const { url, close } = await serveMemoryChat(chat);
    return { ask: askOverHttp(url), close };
  }),
);
