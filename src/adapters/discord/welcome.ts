import { ChannelType, type Guild, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import { welcomeView } from '../../digest/view/welcome-view.js';
import { renderMessage } from './render-message.js';

const REQUIRED = [PermissionFlagsBits.ViewChannel, PermissionFlagsBits.SendMessages];

/** Says hello in a server that the bot was added to: in its system channel, or the first that it may post in; nowhere if there is none. */
export async function welcomeGuild(rest: REST, guild: Guild): Promise<void> {
  const self = guild.client.user;
  const open = (channel: typeof guild.systemChannel) =>
    channel !== null && channel.permissionsFor(self)?.has(REQUIRED) === true;
  const texts = [...guild.channels.cache.values()].filter((one) => one.type === ChannelType.GuildText);
  const target = open(guild.systemChannel) ? guild.systemChannel : texts.find((channel) => open(channel));
  if (target === null || target === undefined) return;
  await rest.post(Routes.channelMessages(target.id), {
    body: renderMessage(welcomeView('channel'), [], { silent: true }),
  });
}
