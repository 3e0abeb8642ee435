import type { Answer } from '../../../digest/ports/chat-bot.js';
import type { PressAction } from '../access.js';
import { anyone } from '../access.js';
import type { CommandContext } from '../context.js';
import { forgetPlace, forgetRight } from '../covernote/forget.js';
import { answerWhole } from '../digest/answer.js';
import { openItem, whyHere } from '../digest/item-answers.js';
import { muteByAnchor, muteRight, unmute } from '../digest/mutes.js';
import { followRight, followSeries } from '../follow.js';
import { placePress } from '../places/admin-places.js';
import { openSeries, shareSeries } from '../series/answer.js';
import { readChoice } from '../series/pick-list.js';
import { snoozePress } from '../snooze/snooze-press.js';
import { endFollowPress } from '../unfollow.js';
import type { Pressed } from './action-ids.js';
import { undoChange, undoRight } from './undo.js';

/** The action of a button or a list; null if nothing was chosen. A button that types a command is not here: that is one. */
export async function presses(
  pressed: Exclude<Pressed, { kind: 'command' | 'follow' | 'following' }>,
  value: string | null,
  context: CommandContext,
  /** Runs a line as if it had been typed. */
  runLine: (line: string, context: CommandContext) => Promise<Answer>,
): Promise<PressAction | null> {
  switch (pressed.kind) {
    case 'series':
      return { right: anyone, run: () => openSeries(pressed, context) };
    case 'pick':
      if (value === null) return null;
      return {
        right: anyone,
        run: () => openSeries({ ...readChoice(value), view: 'card', page: 1, pops: false }, context),
      };
    case 'share':
      return { right: anyone, run: () => shareSeries(pressed, context) };
    case 'follow-series':
      return { right: followRight, run: () => followSeries(pressed.anchor, context) };
    case 'item':
      return value === null ? null : { right: anyone, run: () => openItem(value, context) };
    case 'why-series':
      return { right: anyone, run: () => whyHere(pressed.anchor, context) };
    case 'mute-series':
      return { right: muteRight, run: () => muteByAnchor(pressed.anchor, context) };
    case 'unmute-series':
      return value === null ? null : { right: muteRight, run: () => unmute(value, context) };
    case 'snooze':
      return snoozePress(pressed, value, context);
    case 'digest':
      return { right: anyone, run: () => answerWhole(pressed, context) };
    case 'unfollow': {
      const id = pressed.follow ?? (value !== null && /^\d{1,15}$/.test(value) ? Number(value) : null);
      return id === null ? null : endFollowPress(id, context);
    }
    case 'undo':
      return { right: undoRight, run: () => undoChange(pressed.undo, context) };
    case 'place': {
      const id = pressed.destination ?? (value !== null && /^\d{1,15}$/.test(value) ? Number(value) : null);
      return id === null ? null : placePress(pressed.does, id, context, runLine);
    }
    case 'forget':
      return { right: forgetRight, run: () => forgetPlace(context) };
    default:
      return pressed satisfies never;
  }
}
