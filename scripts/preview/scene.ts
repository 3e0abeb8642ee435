import type { Action } from '../../src/digest/ports/chat-bot.js';
import type { View } from '../../src/digest/view/view.js';

/** Something that covernote shows, as one message each. */
export interface Scene {
  /** Of the page: `busy-day`. */
  readonly name: string;
  readonly title: string;
  readonly messages: readonly SceneMessage[];
}

export interface SceneMessage {
  readonly view: View;
  readonly actions: readonly Action[];
  readonly inThread: boolean;
}
