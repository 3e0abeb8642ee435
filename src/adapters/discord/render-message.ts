import {
  type APIComponentInContainer,
  type APIMessageTopLevelComponent,
  ComponentType,
  SeparatorSpacingSize,
} from 'discord.js';
import type { Action } from '../../digest/ports/chat-bot.js';
import type { View } from '../../digest/view/view.js';
import { COMPONENTS_V2, EPHEMERAL, LIMITS, SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS } from './limits.js';
import { type ActionRows, actionRows, countOfRows } from './render/actions.js';
import { type Chunk, toChunks } from './render/chunks.js';
import { cutToFit, type Kept } from './render/cut.js';
import { escapeWithin } from './render/escape.js';
import { itemSelect } from './render/item-select.js';
import type { KeyIds } from './render/message-key.js';

/** What all our messages are made of, posted, edited or answered. */
export interface MessageBody {
  readonly flags: number;
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly allowed_mentions: { readonly parse: [] };
}

export interface MessageOptions {
  readonly silent?: boolean;
  /** Only the user sees it. */
  readonly ephemeral?: boolean;
  /** The mark by which it is found again. */
  readonly ids?: KeyIds | null;
}

/**
 * A view as a message: a container with the color of its state, in it the text with lines between the subsystems, and below it the buttons.
 * Within every limit, whatever the view holds: what does not fit is counted, `+4 more`. Pure.
 */
export function renderMessage(
  view: View,
  actions: readonly Action[],
  options: MessageOptions = {},
): MessageBody {
  const { kept, rows } = lay(view, actions);
  // The container, and its action rows with what is in them.
  const room = LIMITS.components - 1 - countOfRows(rows.rows);
  const pictures = gallery(view);
  const components: APIComponentInContainer[] = [
    ...texts(kept.chunks, view, room - pictures.length),
    ...pictures,
    ...rows.rows,
  ];
  mark(components, options.ids ?? null);
  return {
    flags:
      COMPONENTS_V2 |
      SUPPRESS_EMBEDS |
      (options.silent === true ? SUPPRESS_NOTIFICATIONS : 0) |
      (options.ephemeral === true ? EPHEMERAL : 0),
    components: [
      {
        type: ComponentType.Container,
        ...(options.ids === undefined || options.ids === null ? {} : { id: options.ids.container }),
        accent_color: colorOf(view),
        components,
      },
    ],
    allowed_mentions: { parse: [] },
  };
}

/** Whether a view and its actions go into one message without a piece being left out. Pure. */
export function fits(view: View, actions: readonly Action[]): boolean {
  const { kept, rows } = lay(view, actions);
  return kept.lost === 0 && rows.lost === 0;
}

function lay(view: View, actions: readonly Action[]): { kept: Kept; rows: ActionRows } {
  const { select, lost } = itemSelect(view.blocks);
  const rows = actionRows(select === null ? actions : [select, ...actions]);
  return { kept: cutToFit(toChunks(view.blocks)), rows: { ...rows, lost: rows.lost + lost } };
}

/** One text for each part that a line sets apart; if there are more parts than components, the last ones share a text. */
function texts(chunks: readonly Chunk[], view: View, room: number): APIComponentInContainer[] {
  const parts: string[] = [];
  const most = Math.max(1, Math.floor((room + 1) / 2));
  chunks.forEach((chunk, i) => {
    const last = parts.length - 1;
    if (i === 0 || (chunk.divided && parts.length < most)) parts.push(chunk.text);
    else parts[last] += `${chunk.spaced ? '\n\n' : '\n'}${chunk.text}`;
  });
  if (parts.length === 0) parts.push(escapeWithin(view.fallback, LIMITS.text) || '…');
  return parts.flatMap((content, i): APIComponentInContainer[] => [
    ...(i === 0
      ? []
      : [{ type: ComponentType.Separator as const, divider: true, spacing: SeparatorSpacingSize.Small }]),
    { type: ComponentType.TextDisplay, content },
  ]);
}

/** Discord fetches the picture itself, and keeps a copy. */
function gallery({ picture }: View): APIComponentInContainer[] {
  if (picture === undefined) return [];
  const { url, alt } = picture;
  return [{ type: ComponentType.MediaGallery, items: [{ media: { url }, description: alt }] }];
}

function mark(components: APIComponentInContainer[], ids: KeyIds | null): void {
  const [first] = components;
  if (ids !== null && first !== undefined) components[0] = { ...first, id: ids.text };
}

const COLORS = { good: 0x2da44e, warn: 0xd9901a, bad: 0xcf222e, dim: 0x7d8590 } as const;
/** What has no state of its own: digests, answers. */
const OURS = 0x3b7dd8;

/** The color of the message's edge: a card's is its state's, the first fact of a view that holds one series. */
function colorOf(view: View): number {
  if (view.tone !== undefined) return COLORS[view.tone];
  if (view.blocks.some((block) => block.kind === 'item')) return OURS;
  for (const block of view.blocks) {
    if (block.kind !== 'facts') continue;
    const style = block.rows[0]?.spans.flatMap((span) => ('text' in span ? [span.style] : []))[0];
    return style === 'good' || style === 'warn' || style === 'bad' || style === 'dim' ? COLORS[style] : OURS;
  }
  return OURS;
}
