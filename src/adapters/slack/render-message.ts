import type { types } from '@slack/bolt';
import type { Action } from '../../digest/ports/chat-bot.js';
import type { View } from '../../digest/view/view.js';
import { type Chunk, chunksOf } from './chunks.js';
import { LIMITS } from './limits.js';
import { cleanText, escapeText } from './mrkdwn.js';
import { renderActions, renderMenu } from './render-actions.js';

export type MessageBlock = types.KnownBlock;

/** What a message is made of; `text` is what notifications and screen readers read. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: MessageBlock[];
}

/** A view and its buttons as one message within every limit. What does not fit is cut, and the message says so. */
export function renderMessage(view: View, actions: readonly Action[]): SlackMessage {
  const { blocks } = layOut(chunksOf(view.blocks), beneath(view, actions), LIMITS.blocksPerMessage);
  const text = fallbackText(view);
  return { text, blocks: blocks.length > 0 ? blocks : [section(text)] };
}

/** Whether a view goes into one message uncut. Pure. */
export function fits(view: View, actions: readonly Action[]): boolean {
  return !layOut(chunksOf(view.blocks), beneath(view, actions), LIMITS.blocksPerMessage).cut;
}

/** The picture, which Slack fetches itself, and what can be pressed. */
function beneath({ picture }: View, actions: readonly Action[]): MessageBlock[] {
  const rows = renderActions(actions);
  if (picture === undefined) return rows;
  return [{ type: 'image', image_url: picture.url, alt_text: picture.alt }, ...rows];
}

/** The sentence that represents the whole, escaped; Slack requires one in addition to blocks. */
function fallbackText(view: View): string {
  for (let limit: number = LIMITS.fallback; ; limit = Math.floor(limit / 2)) {
    const text = escapeText(cleanText(view.fallback, limit, 'covernote has something to show.'));
    if (text.length <= LIMITS.fallback) return text;
  }
}

const CUT = 'There is more than fits in one Slack message.';

/** Pieces as blocks: one each where they go in, else packed together, which leaves no place for menus, else cut. */
export function layOut(
  chunks: readonly Chunk[],
  actions: readonly MessageBlock[],
  blockLimit: number,
): { blocks: MessageBlock[]; cut: boolean } {
  const below = actions.slice(0, blockLimit - 2);
  const room = blockLimit - below.length;
  const airy = chunks.map(toBlock);
  const length = chunks.reduce((sum, chunk) => sum + lengthOf(chunk), 0);
  if (airy.length <= room && length <= LIMITS.messageText)
    return { blocks: [...airy, ...below], cut: below.length < actions.length };
  const packed = pack(chunks);
  const kept: Chunk[] = [];
  let held = 0;
  for (const chunk of packed) {
    if (held + lengthOf(chunk) > LIMITS.messageText) break;
    held += lengthOf(chunk);
    kept.push(chunk);
  }
  if (kept.length === packed.length && packed.length <= room) {
    const isCut = below.length < actions.length || chunks.some(hasMenu);
    return { blocks: [...packed.map(toBlock), ...below], cut: isCut };
  }
  const shown = [...kept.slice(0, room - 1), { kind: 'context', text: CUT } as const];
  return { blocks: [...shown.map(toBlock), ...below], cut: true };
}

function hasMenu(chunk: Chunk): boolean {
  return chunk.kind === 'text' && chunk.menu !== undefined;
}

function lengthOf(chunk: Chunk): number {
  if (chunk.kind === 'fields') return chunk.fields.reduce((sum, field) => sum + field.length, 0);
  const labels = chunk.kind === 'text' ? (chunk.menu?.options ?? []) : [];
  return labels.reduce((sum, { label }) => sum + label.length, chunk.text.length);
}

/** Joins neighbors into sections as full as they go: fifty blocks are few for a busy day. */
function pack(chunks: readonly Chunk[]): Chunk[] {
  const packed: Chunk[] = [];
  for (const chunk of chunks) {
    const asText = toText(chunk);
    const last = packed.at(-1);
    if (asText === null) packed.push(chunk);
    else if (last?.kind === 'text' && last.text.length + 2 + asText.text.length <= LIMITS.sectionText)
      packed[packed.length - 1] = {
        ...last,
        text: `${last.text}${asText.tight ? '\n' : '\n\n'}${asText.text}`,
      };
    else packed.push(asText);
  }
  return packed;
}

function toText(chunk: Chunk): Extract<Chunk, { kind: 'text' }> | null {
  switch (chunk.kind) {
    case 'text': {
      const { menu: _, ...bare } = chunk;
      return bare;
    }
    case 'header':
      return { kind: 'text', text: chunk.asText, tight: false };
    case 'context':
      return { kind: 'text', text: chunk.text, tight: true };
    case 'fields':
      return null;
    default:
      return chunk satisfies never;
  }
}

/** `verbatim`: Slack adds no links and no mentions to the text. */
function mrkdwn(text: string): types.MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

function section(text: string): types.SectionBlock {
  return { type: 'section', text: mrkdwn(text), expand: true };
}

function toBlock(chunk: Chunk): MessageBlock {
  switch (chunk.kind) {
    case 'header':
      return { type: 'header', text: { type: 'plain_text', text: chunk.text, emoji: false } };
    case 'text':
      return chunk.menu === undefined
        ? section(chunk.text)
        : { ...section(chunk.text), accessory: renderMenu(chunk.menu) };
    case 'fields':
      return { type: 'section', fields: chunk.fields.map(mrkdwn) };
    case 'context':
      return { type: 'context', elements: [mrkdwn(chunk.text)] };
    default:
      return chunk satisfies never;
  }
}
