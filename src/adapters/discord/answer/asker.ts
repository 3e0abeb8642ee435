import { type Interaction, PermissionFlagsBits } from 'discord.js';
import type { Asker, Place } from '../../../digest/ports/chat-bot.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';

/**
 * The asker. Discord itself checks who may use a command that requires a permission, and a server may grant that to others than
 * we would: `isGated` means that it has been checked, so it is not checked a second time here.
 */
export function askerOf(interaction: Interaction, isGated: boolean): Asker {
  const { user, member, memberPermissions, guildId } = interaction;
  const nick = member === null ? null : 'nickname' in member ? member.nickname : member.nick;
  const manages =
    guildId === null ||
    isGated ||
    memberPermissions?.any([PermissionFlagsBits.ManageChannels, PermissionFlagsBits.ManageGuild]) === true;
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
  };
}
