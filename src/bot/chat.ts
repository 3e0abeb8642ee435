import type { ChatPlatform } from '../digest/ports/chat-platform.js';

/** A chat that is connected to: what it delivers to, and its own start and stop. */
export interface Chat {
  readonly platform: ChatPlatform;
  /** Throws UserError for what the operator must fix, TransientFailure where the chat was unreachable. */
  start(): Promise<void>;
  stop(): Promise<void>;
}
