import { type Interaction, PermissionFlagsBits, type PermissionsBitField } from 'discord.js';
import type { Asker, Place } from '../../../digest/ports/chat-bot.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';

/**
 * The asker. Who may change what a channel gets is one rule for commands, buttons and lists: who may use /follow there. A server can give
 * that to others than we would, or take it away (`granted`; null: it says nothing): else it takes Manage Channels or Manage Server.
 */
export function askerOf(
  interaction: Interaction,
  granted: boolean | null,
  /** What they may do in another channel than the one where they ask. */
  memberPermissions: Readonly<PermissionsBitField> | null = interaction.memberPermissions,
): Asker {
  const { user, member, guildId } = interaction;
  const nick = member === null ? null : 'nickname' in member ? member.nickname : member.nick;
  const isAdmin = memberPermissions?.has(PermissionFlagsBits.Administrator) === true;
  const byDefault = memberPermissions?.any([
    PermissionFlagsBits.ManageChannels,
    PermissionFlagsBits.ManageGuild,
  ]);
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
    isAdmin: guildId !== null && memberPermissions?.has(PermissionFlagsBits.ManageGuild) === true,
  };
}

/** Where it is asked: a channel or a thread of a server, or the person's direct messages. */
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
