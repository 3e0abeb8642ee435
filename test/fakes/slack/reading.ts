import { mentionsIn } from './validate.js';
import type { Json } from './world.js';

/** What a person sees of a message: Slack's markup applied, entities decoded. */
export interface Read {
  readonly text: string;
  readonly mentions: readonly string[];
  readonly links: readonly { readonly text: string; readonly url: string }[];
  readonly actions: readonly string[];
}

const decode = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** A text object as it is shown. */
function readText(one: Json, into: { links: { text: string; url: string }[]; mentions: string[] }): string {
  const text = String(one.text);
  if (one.type === 'plain_text') return text;
  into.mentions.push(...mentionsIn(text, one.verbatim !== true));
  const shown = text.replace(/<([^>|]*)(?:\|([^>]*))?>/g, (_, target: string, label?: string) => {
    if (target.startsWith('!date')) return label ?? '';
    if (!/^(?:https?|mailto):/.test(target)) return '';
    into.links.push({ text: decode(label ?? target), url: decode(target) });
    return label ?? target;
  });
  return decode(shown);
}

function readBlocks(
  value: unknown,
  into: { links: { text: string; url: string }[]; mentions: string[] },
): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => readBlocks(one, into));
  if (typeof value !== 'object' || value === null) return [];
  const one = value as Json;
  if ((one.type === 'mrkdwn' || one.type === 'plain_text') && typeof one.text === 'string')
    return [readText(one, into)];
  return Object.values(one).flatMap((inner) => readBlocks(inner, into));
}

/** A message as the people in the channel read it. */
export function readMessage(message: { readonly text: string; readonly blocks: readonly object[] }): Read {
  const into = { links: [] as { text: string; url: string }[], mentions: [] as string[] };
  const texts = readBlocks(message.blocks, into);
  const elements = (message.blocks as readonly Json[]).flatMap((block) => (block.elements ?? []) as Json[]);
  return {
    text: texts.length > 0 ? texts.join('\n') : decode(message.text),
    mentions: [...into.mentions, ...mentionsIn(message.text, false)],
    links: into.links,
    actions: elements.flatMap((element) => {
      if (typeof element.action_id !== 'string') return [];
      if (element.type === 'static_select') return [element.action_id.replace(/^choose:\d+:/, '')];
      return typeof element.value === 'string' ? [element.value] : [];
    }),
  };
}
