import { TransientFailure, UserError } from '../digest/failure/failure.js';
import type { Log } from '../digest/ports/log.js';
import { type RetryPolicy, retryDelayMs } from '../digest/time/retry-delay.js';
import { MINUTE_MS, SECOND_MS } from '../digest/time/units.js';
import { pause } from './pause.js';
import type { Chat } from './platforms.js';

const RETRIES: RetryPolicy = {
  firstMs: 5 * SECOND_MS,
  longestMs: 5 * MINUTE_MS,
  longestAskedMs: 5 * MINUTE_MS,
  spread: [0.5, 1],
};

/** Starts every chat; an unreachable one is retried in the background until it is connected. */
export async function startChats(chats: readonly Chat[], log: Log, signal: AbortSignal): Promise<void> {
  await Promise.all(
    chats.map(async (chat) => {
      try {
        await chat.start();
      } catch (error) {
        if (!(error instanceof TransientFailure)) throw error;
        log.warn({ chat: chat.platform.name, code: error.code, error: error.message }, 'chat.unreachable');
        void keepStarting(chat, log, signal);
      }
    }),
  );
}

async function keepStarting(chat: Chat, log: Log, signal: AbortSignal): Promise<void> {
  for (let failures = 1; !signal.aborted; failures++) {
    await pause(retryDelayMs(RETRIES, { failures, random: Math.random() }), signal);
    if (signal.aborted) return;
    try {
      await chat.start();
      log.info({ chat: chat.platform.name }, 'chat.connected');
      return;
    } catch (error) {
      const chatName = chat.platform.name;
      if (error instanceof UserError)
        log.error({ chat: chatName, error: error.message, remedy: error.remedy }, 'chat.rejected');
      else if (error instanceof TransientFailure)
        log.warn({ chat: chatName, code: error.code, error: error.message }, 'chat.unreachable');
      else log.error({ chat: chatName, error }, 'chat.start_failed');
    }
  }
}
