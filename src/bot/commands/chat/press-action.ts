import type { Answer } from '../../../digest/ports/chat-bot.js';
import type { Address } from '../../../digest/ports/chat-platform.js';
import type { Right } from '../access.js';

/** What a press does, and what must be checked before it runs. */
export interface PressAction {
  readonly right: Right;
  /** The place that it changes; by default the one where it is pressed. */
  readonly target?: Address;
  readonly run: () => Promise<Answer>;
}
