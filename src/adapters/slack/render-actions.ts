import type { types } from '@slack/bolt';
import type { Action } from '../../digest/ports/chat-bot.js';
import { shorten } from '../../digest/text/inert.js';
import type { ItemMenu } from '../../digest/view/item-menu.js';
import { LIMITS } from './limits.js';
import { cleanLine } from './mrkdwn.js';

/** The prefix of our buttons' ids: it distinguishes them from other parts of a view. */
export const PRESS = 'press:';
export const CHOOSE = 'choose:';
/** Acknowledged and nothing more: a link, or the view that is open. */
export const IDLE = 'idle:';

type Element = types.ActionsBlock['elements'][number];

/** `plain_text` of at most this many characters, never empty. */
export function plain(text: string, limit: number, instead = '…'): types.PlainTextElement {
  const clean = shorten(cleanLine(text), limit);
  return { type: 'plain_text', text: clean === '' ? instead : clean, emoji: false };
}

/** The menu of one series of a digest. */
export function renderMenu({ options }: ItemMenu): types.Overflow {
  return {
    type: 'overflow',
    action_id: `${PRESS}menu`,
    options: options.slice(0, LIMITS.overflowOptions).map(({ id, label }) => ({
      value: id,
      text: plain(label, LIMITS.optionText),
    })),
  };
}

/** Buttons and lists as actions blocks; each list has its own block, so that it is on its own line. */
export function renderActions(actions: readonly Action[], blockPrefix = 'actions'): types.ActionsBlock[] {
  const rows: Element[][] = [];
  let open: Element[] | null = null;
  actions.forEach((action, i) => {
    const element = renderAction(action, i);
    if (element === null) return;
    if (action.kind === 'select') {
      rows.push([element]);
      open = null;
    } else if (open !== null && open.length < LIMITS.actionsPerBlock) open.push(element);
    else {
      open = [element];
      rows.push(open);
    }
  });
  return rows.map((elements, i) => ({
    type: 'actions',
    block_id: `${blockPrefix}:${i}`.slice(-LIMITS.blockId),
    elements,
  }));
}

function renderAction(action: Action, index: number): Element | null {
  switch (action.kind) {
    case 'button': {
      if (action.current === true)
        return {
          type: 'button',
          action_id: `${IDLE}${index}`,
          text: plain(`✓ ${action.label}`, LIMITS.buttonText),
          accessibility_label: shorten(cleanLine(`${action.label}, shown now`), LIMITS.buttonText),
        };
      return {
        type: 'button',
        action_id: `${PRESS}${index}`,
        text: plain(action.label, LIMITS.buttonText),
        value: action.id,
        ...(action.tone === 'plain' ? {} : { style: action.tone }),
      };
    }
    case 'link':
      return URL.canParse(action.url) && /^https?:/i.test(action.url) && action.url.length <= LIMITS.url
        ? {
            type: 'button',
            action_id: `${IDLE}${index}`,
            text: plain(action.label, LIMITS.buttonText),
            url: new URL(action.url).href,
          }
        : null;
    case 'select':
      if (action.options.length === 0) return null;
      return {
        type: 'static_select',
        action_id: `${CHOOSE}${index}:${action.id}`,
        placeholder: plain(action.placeholder, LIMITS.placeholder),
        options: action.options.slice(0, LIMITS.options).map(({ value, label, describes }) => ({
          value,
          text: plain(label, LIMITS.optionText),
          ...(cleanLine(describes) === '' ? {} : { description: plain(describes, LIMITS.optionText) }),
        })),
      };
    default:
      return action satisfies never;
  }
}
