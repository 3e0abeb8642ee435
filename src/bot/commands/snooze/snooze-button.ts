import type { Action } from '../../../digest/ports/chat-bot.js';
import { shortId } from '../chat/action-ids.js';
import { button } from '../chat/answers.js';

/** The button on a card; it asks until when. */
export function snoozeButton(anchor: string): Action {
  return button(shortId({ kind: 'snooze', does: 'ask', anchor, isHere: false }), 'Snooze');
}
