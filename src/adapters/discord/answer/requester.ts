import {
  type GuildMember,
  type Interaction,
  PermissionFlagsBits,
  type PermissionsBitField,
  type User,
} from 'discord.js';
import type { Place, Requester } from '../../../digest/ports/chat-bot.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';

/**
 * The user. One rule decides who may change what a channel gets, for commands, buttons and lists: those who may use /follow there. A server
 * can grant that to others, or withdraw it (`granted`; null: it has no setting); otherwise it requires Manage Channels or Manage Server.
 */
export function requesterOf(interaction: Interaction, granted: boolean | null): Requester {
  const { user, member, guildId, memberPermissions } = interaction;
  const nick = member === null ? null : 'nickname' in member ? member.nickname : (member.nick ?? null);
  return toRequester(user, { nick, guildId, granted, permissions: memberPermissions });
}

/** A member of a server with their rights in one of its channels, wherever the request comes from. */
export function requesterInChannel(
  { user, nickname, guild }: GuildMember,
  granted: boolean | null,
  permissions: Readonly<PermissionsBitField>,
): Requester {
  return toRequester(user, { nick: nickname, guildId: guild.id, granted, permissions });
}

function toRequester(
  user: User,
  {
    nick,
    guildId,
    granted,
    permissions,
  }: {
    readonly nick: string | null;
    readonly guildId: string | null;
    readonly granted: boolean | null;
    readonly permissions: Readonly<PermissionsBitField> | null;
  },
): Requester {
  const isAdmin = permissions?.has(PermissionFlagsBits.Administrator) === true;
  const byDefault = permissions?.any([PermissionFlagsBits.ManageChannels, PermissionFlagsBits.ManageGuild]);
  // Administrators are above these settings, as they are in Discord.
  const manages = guildId === null || isAdmin || (granted ?? byDefault === true);
  return {
    id: user.id,
    tenant: guildId ?? 'dm',
    name: shorten(oneLine(nick ?? user.globalName ?? user.username), 80),
    zone: null,
    rights: manages ? 'manager' : 'member',
    // Permissions differ from channel to channel.
    rightsHold: 'here',
    isAdmin: guildId !== null && permissions?.has(PermissionFlagsBits.ManageGuild) === true,
  };
}

/** Where the command was used: a channel or a thread of a server, or the person's direct messages. */
export function placeOf(interaction: Interaction): Place {
  const { guildId, channelId, channel, user } = interaction;
  if (guildId === null || channelId === null)
    return { platform: 'discord', tenant: 'dm', address: user.id, kind: 'person', name: '' };
  const name = channel !== null && 'name' in channel ? shorten(oneLine(channel.name ?? ''), 80) : '';
  return {
    platform: 'discord',
    tenant: guildId,
    address: channelId,
    kind: 'channel',
    name: name === '' ? '' : `#${name}`,
    ...(channel?.isThread() === true && channel.parentId !== null ? { parent: channel.parentId } : {}),
  };
}
