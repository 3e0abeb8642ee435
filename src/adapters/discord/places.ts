import { ChannelType, type Client, PermissionFlagsBits, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import { oneLine, shorten } from '../../digest/text/inert.js';

/** What is known of a channel without asking for it again. */
interface KnownChannel {
  /** `#kvm`; `the channel` where Discord does not tell. */
  readonly name: string;
  readonly type: number;
}

/** The permissions that covernote asks for, by the names that Discord's settings show. */
export const PERMISSIONS = {
  ViewChannel: { bit: PermissionFlagsBits.ViewChannel, name: 'View Channel' },
  SendMessages: { bit: PermissionFlagsBits.SendMessages, name: 'Send Messages' },
  CreatePublicThreads: { bit: PermissionFlagsBits.CreatePublicThreads, name: 'Create Public Threads' },
  SendMessagesInThreads: { bit: PermissionFlagsBits.SendMessagesInThreads, name: 'Send Messages in Threads' },
  ReadMessageHistory: { bit: PermissionFlagsBits.ReadMessageHistory, name: 'Read Message History' },
} as const;
/** Those that it makes use of where it has them, and does not ask for. */
const OPTIONAL = {
  ManageChannels: { bit: PermissionFlagsBits.ManageChannels, name: 'Manage Channels' },
} as const;
const ALL = { ...PERMISSIONS, ...OPTIONAL };
export type PermissionName = keyof typeof ALL;

/** Channels from the gateway, else from the API. */
export interface Places {
  /** Throws what the request throws where the channel cannot be read. */
  channel(id: string, signal: AbortSignal): Promise<KnownChannel>;
  /** The same if it is already known; null if a request would be necessary. */
  known(id: string): KnownChannel | null;
  /** Which of these we lack in a channel, by their shown names; null if the gateway has not reported it. */
  missing(id: string, permissions: readonly PermissionName[]): readonly string[] | null;
}

const channelSchema = z.object({ type: z.number(), name: z.string().nullish() });
const MAX_REMEMBERED = 5000;

/** `client` is null while there is no gateway: then everything is requested. */
export function createPlaces(rest: REST, client: () => Client | null): Places {
  const remembered = new Map<string, KnownChannel>();
  const cached = (id: string) => client()?.channels.cache.get(id) ?? null;
  const known = (id: string): KnownChannel | null => {
    const channel = cached(id);
    if (channel === null) return remembered.get(id) ?? null;
    return { name: nameOf('name' in channel ? channel.name : null), type: channel.type };
  };
  return {
    known,
    async channel(id, signal) {
      const here = known(id);
      if (here !== null) return here;
      const { type, name } = channelSchema.parse(await rest.get(Routes.channel(id), { signal }));
      const found = { name: nameOf(name ?? null), type };
      if (remembered.size >= MAX_REMEMBERED) remembered.clear();
      remembered.set(id, found);
      return found;
    },
    missing(id, permissions) {
      const channel = cached(id);
      const self = client()?.user ?? null;
      if (channel === null || self === null || channel.isDMBased()) return null;
      const allowed = channel.permissionsFor(self);
      if (allowed === null) return null;
      return permissions.filter((name) => !allowed.has(ALL[name].bit)).map((name) => ALL[name].name);
    },
  };
}

/** A channel's name is another person's text. */
function nameOf(name: string | null): string {
  const plain = shorten(oneLine(name ?? ''), 60);
  return plain === '' ? 'the channel' : `#${plain}`;
}

/** Channels below whose messages a thread can be opened. */
export function hasThreads(type: number): boolean {
  return type === ChannelType.GuildText || type === ChannelType.GuildAnnouncement;
}

/** A channel where each top-level message is a post: a thread with a name and labels. */
export function isForum(type: number): boolean {
  return type === ChannelType.GuildForum;
}
