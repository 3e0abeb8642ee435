import {
  ChannelType,
  type Client,
  type GuildBasedChannel,
  GuildMember,
  type Interaction,
  PermissionFlagsBits,
} from 'discord.js';
import type { FindChannel, FoundChannel } from '../../../digest/ports/chat-bot.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { isForum, type PermissionName, type Places } from '../places.js';
import { lacks } from '../refusals.js';
import type { CommandGrants } from './command-grants.js';
import { requesterInChannel } from './requester.js';

const unknown: FoundChannel = {
  kind: 'problem',
  message: 'I can’t find that channel, or you can’t see it.',
  remedy: 'Choose it from the list that Discord shows for “in”, or use the command there.',
};

/**
 * The other channel that an interaction names: of the same server, or from a direct message of any server that both are in, seen by who asks.
 * Their rights there are Discord's own, with what the server's settings say of the command.
 */
export function channelFinder(
  interaction: Interaction,
  {
    places,
    grants,
  }: { readonly places: Pick<Places, 'missing'>; readonly grants: Pick<CommandGrants, 'memberMayChange'> },
): FindChannel {
  return async ({ id, name }) => {
    const { guildId, client } = interaction;
    const channel = id === null ? named(client, guildId, name) : client.channels.cache.get(id);
    if (channel === undefined || channel.isDMBased()) return unknown;
    if (guildId !== null && channel.guildId !== guildId) return unknown;
    const member = await memberOf(interaction, channel);
    if (member === null) return unknown;
    const permissions = channel.permissionsFor(member);
    if (!permissions.has(PermissionFlagsBits.ViewChannel) || !isOpenTo(channel, member)) return unknown;
    const shown = `#${shorten(oneLine(channel.name), 80)}`;
    if (!channel.isTextBased() && !isForum(channel.type))
      return {
        kind: 'problem',
        message: `${shown} accepts no messages.`,
        remedy: 'Choose a text channel, a thread or a forum.',
      };
    const granted = await grants.memberMayChange(member, parentOf(channel));
    const missing = places.missing(channel.id, permissionsToPost(channel)) ?? [];
    return {
      kind: 'found',
      place: {
        platform: 'discord',
        tenant: channel.guildId,
        address: channel.id,
        kind: 'channel',
        name: shown,
      },
      requester: requesterInChannel(member, granted, permissions),
      cannotPost: missing.length === 0 ? null : lacks({ name: shown, missing }, 'try again'),
    };
  };
}

/** The user, as a member of the channel's server; null if they are not one. A direct message does not tell, so the member is fetched from Discord. */
async function memberOf(
  { member, guildId, user }: Interaction,
  { guild }: GuildBasedChannel,
): Promise<GuildMember | null> {
  if (guildId !== null) return member instanceof GuildMember ? member : null;
  try {
    return await guild.members.fetch({ user: user.id, force: true, cache: false });
  } catch {
    return null;
  }
}

/** A private thread is seen by those in it, and by those who manage threads: the permissions of its channel do not say so. */
function isOpenTo(channel: GuildBasedChannel, member: GuildMember): boolean {
  if (!channel.isThread() || channel.type !== ChannelType.PrivateThread) return true;
  return (
    channel.permissionsFor(member).has(PermissionFlagsBits.ManageThreads) ||
    channel.members.cache.has(member.id)
  );
}

function permissionsToPost(channel: GuildBasedChannel): readonly PermissionName[] {
  if (isForum(channel.type)) return ['ViewChannel', 'SendMessages', 'SendMessagesInThreads'];
  return ['ViewChannel', channel.isThread() ? 'SendMessagesInThreads' : 'SendMessages'];
}

/** Settings of commands are those of a thread's channel. */
function parentOf(channel: GuildBasedChannel): string | null {
  return channel.isThread() ? channel.parentId : channel.id;
}

/** Two channels may have one name: then it names none. */
function named(client: Client, guildId: string | null, name: string): GuildBasedChannel | undefined {
  const guild = guildId === null ? undefined : client.guilds.cache.get(guildId);
  const found = guild?.channels.cache.filter((channel) => channel.name === name.toLowerCase());
  return found?.size === 1 ? found.first() : undefined;
}
