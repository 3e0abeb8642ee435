import type { ChannelName } from '../../digest/ports/chat-bot.js';

/**
 * `in #kvm`, as a chat writes it out: `in <#C0KVM|kvm>` (Slack, whose label may be empty), `in <#123456>` (Discord), or the name alone where
 * the chat did not know it.
 */
const IN_CHANNEL =
  /(?:^|\s)in:?\s*(?:<#(?<id>[A-Z0-9]{2,24})(?:\|(?<label>[^<>]*))?>|#(?<name>[\p{L}\p{N}_-]{1,80}))(?=\s|$)/giu;

/** A line without the channel that it is for, which may be named anywhere outside of quotes; null if it names none. */
export function takeChannel(line: string): { readonly words: string; readonly channel: ChannelName | null } {
  for (const match of line.matchAll(IN_CHANNEL)) {
    const { id = null, label = '', name = label } = match.groups ?? {};
    const before = line.slice(0, match.index);
    if (before.split('"').length % 2 === 0) continue;
    const words = `${before} ${line.slice(match.index + match[0].length)}`.replace(/\s+/g, ' ').trim();
    return { words, channel: { id, name } };
  }
  return { words: line, channel: null };
}

/** The same for commands that cannot act in another channel: there a channel means the subsystem that it is named after. */
export function channelsAsNames(line: string): string {
  return line
    .replace(/<#[A-Z0-9]{2,24}(?:\|([^<>]*))?>/gi, (_, label: string | undefined) => ` ${label ?? ''} `)
    .replace(/\s+/g, ' ')
    .trim();
}

/** How a line names a channel, so that it is read back by takeChannel. */
export function inChannelWords(id: string): string {
  return `in <#${id}>`;
}
