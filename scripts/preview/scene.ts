import type { Action } from '../../src/digest/ports/chat-bot.js';
import type { Topic } from '../../src/digest/ports/chat-platform.js';
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
  /** Where it opens a post in a forum: its name and label. */
  readonly topic?: Topic;
}
