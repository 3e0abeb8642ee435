import {
  type APIButtonComponent,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Action } from '../../../digest/ports/chat-bot.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { LIMITS } from '../limits.js';

type Row = Extract<APIMessageTopLevelComponent, { type: ComponentType.ActionRow }>;

/** Rows beneath a message, and the actions that did not go in. */
export interface ActionRows {
  readonly rows: readonly Row[];
  readonly lost: number;
}

/** Six rows of five leave components for the text; no one looks for a button among more. */
const MAX_ROWS = 6;

/** Buttons next to each other, each list on its own line. A duplicate id would make Discord refuse the whole message. */
export function actionRows(actions: readonly Action[]): ActionRows {
  const rows: APIComponentInMessageActionRow[][] = [];
  const ids = new Set<string>();
  let lost = 0;
  for (const action of actions) {
    const component = toComponent(action, ids);
    if (component === null) continue;
    const row = rows.at(-1);
    const isButton = component.type === ComponentType.Button;
    if (isButton && row?.[0]?.type === ComponentType.Button && row.length < LIMITS.buttonsPerRow)
      row.push(component);
    else if (rows.length < MAX_ROWS) rows.push([component]);
    else lost++;
  }
  return { rows: rows.map((components) => ({ type: ComponentType.ActionRow, components })), lost };
}

/** How many components the rows are, themselves included. */
export function countOfRows(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + 1 + row.components.length, 0);
}

function toComponent(action: Action, ids: Set<string>): APIButtonComponent | APIStringSelectComponent | null {
  if (action.kind === 'link') return toLink(action);
  if (action.id === '' || ids.has(action.id)) return null;
  ids.add(action.id);
  return action.kind === 'button' ? toButton(action) : toSelect(action);
}

function toLink(action: Extract<Action, { kind: 'link' }>): APIButtonComponent | null {
  if (!URL.canParse(action.url)) return null;
  const { href, protocol } = new URL(action.url);
  if ((protocol !== 'https:' && protocol !== 'http:') || href.length > LIMITS.linkUrl) return null;
  return { type: ComponentType.Button, style: ButtonStyle.Link, label: label(action.label), url: href };
}

const STYLES = {
  plain: ButtonStyle.Secondary,
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
} as const;

function toButton(action: Extract<Action, { kind: 'button' }>): APIButtonComponent {
  const isCurrent = action.current === true;
  return {
    type: ComponentType.Button,
    style: isCurrent ? ButtonStyle.Primary : STYLES[action.tone],
    label: label(action.label),
    custom_id: action.id,
    ...(isCurrent ? { disabled: true } : {}),
  };
}

function toSelect(action: Extract<Action, { kind: 'select' }>): APIStringSelectComponent | null {
  const values = new Set<string>();
  const options = action.options.filter(({ value }) => {
    if (value === '' || value.length > LIMITS.optionText || values.has(value)) return false;
    values.add(value);
    return true;
  });
  if (options.length === 0) return null;
  const placeholder = plain(action.placeholder, LIMITS.placeholder);
  return {
    type: ComponentType.StringSelect,
    custom_id: action.id,
    ...(placeholder === '' ? {} : { placeholder }),
    options: options.slice(0, LIMITS.selectOptions).map((option) => {
      const describes = plain(option.describes, LIMITS.optionText);
      return {
        value: option.value,
        label: plain(option.label, LIMITS.optionText) || '…',
        ...(describes === '' ? {} : { description: describes }),
      };
    }),
  };
}

function label(text: string): string {
  return plain(text, LIMITS.label) || '…';
}

/** Labels are shown as they are: no markup acts in them. */
function plain(text: string, limit: number): string {
  return shorten(oneLine(text), limit);
}
