import { nested } from './limits.js';
import { type Line, nodesOf, plainText, readMarkdown } from './markdown.js';
import type { FakeMessage, Json } from './world.js';

/** A message as a person meets it. */
export interface ReadMessage {
  readonly text: string;
  /** Everyone whom its markup would mention, whether or not mentions are allowed in it. */
  readonly mentions: readonly string[];
  readonly links: readonly { readonly text: string; readonly url: string }[];
  /** The ids of what can be pressed or chosen. */
  readonly actions: readonly string[];
  readonly lines: readonly Line[];
}

/** Reads what the bot posted: its texts, with the markup applied. */
export function readMessage({ body }: Pick<FakeMessage, 'body'>): ReadMessage {
  const all = nested(Array.isArray(body.components) ? (body.components as Json[]) : []);
  const texts = [
    ...(typeof body.content === 'string' ? [body.content] : []),
    ...all.flatMap((one) => (typeof one.content === 'string' ? [one.content] : [])),
  ];
  const lines = texts.flatMap(readMarkdown);
  const nodes = lines.flatMap((line) => line.nodes);
  return {
    text: lines.map((line) => plainText(line.nodes)).join('\n'),
    mentions: nodesOf(nodes, 'mention').map((mention) => mention.text),
    links: nodesOf(nodes, 'link')
      .map((link) => ({ text: plainText(link.inner), url: link.url }))
      .filter((link) => link.text !== link.url),
    actions: all.flatMap((one) => (typeof one.custom_id === 'string' ? [one.custom_id] : [])),
    lines,
  };
}
