import { type Message, type REST, Routes } from 'discord.js';
import type { ChatBot } from '../../digest/ports/chat-bot.js';
import type { Log } from '../../digest/ports/log.js';
import { readError } from './read-error.js';
import { keyIds } from './render/message-key.js';
import { renderMessage } from './render-message.js';

/** How many cards are shown below one message. */
const MAX_CARDS = 2;
const URLS = /https?:\/\/[^\s<>"')\]]{4,500}/g;

/** Answers a message that holds a link to a mail with the card of its series. Never throws. */
export function createLinkCards({ bot, rest, log }: { bot: ChatBot; rest: REST; log: Log }) {
  async function card(message: Message<true>, url: string, name: string): Promise<boolean> {
    const { guildId, channelId, id, channel } = message;
    const place = {
      platform: 'discord',
      tenant: guildId,
      address: channelId,
      kind: 'channel',
      name,
      ...(channel.isThread() && channel.parentId !== null ? { parent: channel.parentId } : {}),
    } as const;
    const found = await bot.unfurl(url, place, message.author.id);
    if (found === null) return false;
    const key = `card-${id}`;
    await rest.post(Routes.channelMessages(channelId), {
      body: {
        ...renderMessage(found.view, found.actions, { silent: true, ids: keyIds(key) }),
        allowed_mentions: { parse: [], replied_user: false },
        message_reference: { message_id: id, fail_if_not_exists: false },
        nonce: key.slice(0, 25),
        enforce_nonce: true,
      },
    });
    return true;
  }

  return {
    async read(message: Message): Promise<void> {
      if (message.author.bot || !message.inGuild()) return;
      const urls = new Set(message.content.match(URLS)?.slice(0, 10) ?? []);
      const name = 'name' in message.channel ? `#${message.channel.name}` : '';
      let shown = 0;
      try {
        for (const url of urls) {
          if (shown >= MAX_CARDS) return;
          if (await card(message, url, name)) shown++;
        }
      } catch (error) {
        log.info({ channel: message.channelId, failure: readError(error) }, 'discord.link_card_failed');
      }
    },
  };
}
