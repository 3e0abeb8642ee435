import { type GuildMember, type Interaction, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Log } from '../../../digest/ports/log.js';
import { MINUTE_MS } from '../../../digest/time/iso.js';
import { readError } from '../read-error.js';

/** The command whose permission decides who may change what a channel gets, by command, button or form. */
const DECIDING_COMMAND = 'follow';

/** What a server's own settings say of a person in a channel (Server Settings, Integrations): null if they say nothing. */
export interface CommandGrants {
  mayChange(interaction: Interaction): Promise<boolean | null>;
  /** The same of a member of a server, in a channel of it. */
  memberMayChange(member: GuildMember, channelId: string | null): Promise<boolean | null>;
  /** The server changed its settings. */
  forget(guildId: string): void;
}

const commandsSchema = z.array(z.object({ id: z.string(), name: z.string() }));
const grantsSchema = z.array(
  z.object({
    /** A command's, or the application's for all of its commands. */
    id: z.string(),
    permissions: z.array(z.object({ id: z.string(), type: z.number(), permission: z.boolean() })),
  }),
);
type Grant = z.infer<typeof grantsSchema>[number]['permissions'][number];

const TYPES = { role: 1, user: 2, channel: 3 } as const;
const KEPT_MS = 10 * MINUTE_MS;
/** Discord waits three seconds for an answer; the settings are read in one. */
const WITHIN_MS = 1_000;
const MAX_KEPT = 1_000;

export function createCommandGrants(rest: REST, log: Log, nowMs: () => number): CommandGrants {
  const kept = new Map<string, { readonly grants: readonly Grant[]; readonly atMs: number }>();

  async function read(applicationId: string, guildId: string): Promise<readonly Grant[]> {
    const before = kept.get(guildId);
    if (before !== undefined && Math.abs(nowMs() - before.atMs) < KEPT_MS) return before.grants;
    const signal = AbortSignal.timeout(WITHIN_MS);
    const route = Routes.guildApplicationCommandsPermissions(applicationId, guildId);
    const all = grantsSchema.parse(await rest.get(route, { signal }));
    const grants = all.length === 0 ? [] : await decidingGrants(all, applicationId, guildId, signal);
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(guildId, { grants, atMs: nowMs() });
    return grants;
  }

  /** Those of the command itself, which override those of the application. */
  async function decidingGrants(
    all: z.infer<typeof grantsSchema>,
    applicationId: string,
    guildId: string,
    signal: AbortSignal,
  ): Promise<readonly Grant[]> {
    const routes = [
      Routes.applicationGuildCommands(applicationId, guildId),
      Routes.applicationCommands(applicationId),
    ];
    const ids: string[] = [];
    for (const route of routes) {
      const commands = commandsSchema.parse(await rest.get(route, { signal }));
      ids.push(...commands.filter(({ name }) => name === DECIDING_COMMAND).map(({ id }) => id));
    }
    const own = all.find(({ id }) => ids.includes(id)) ?? all.find(({ id }) => id === applicationId);
    return own?.permissions ?? [];
  }

  async function granted(applicationId: string, member: Member): Promise<boolean | null> {
    try {
      return decide(await read(applicationId, member.guildId), member);
    } catch (error) {
      log.warn({ guildId: member.guildId, failure: readError(error) }, 'discord.command_grants_unknown');
      return null;
    }
  }

  return {
    async mayChange(interaction) {
      const { applicationId, guildId, channelId, user } = interaction;
      if (guildId === null) return null;
      return granted(applicationId, { guildId, channelId, userId: user.id, roles: rolesOf(interaction) });
    },
    async memberMayChange({ id: userId, guild, client, roles }, channelId) {
      const applicationId = client.application?.id;
      if (applicationId === undefined) return null;
      return granted(applicationId, { guildId: guild.id, channelId, userId, roles: [...roles.cache.keys()] });
    },
    forget: (guildId) => void kept.delete(guildId),
  };
}

interface Member {
  readonly guildId: string;
  readonly channelId: string | null;
  readonly userId: string;
  readonly roles: readonly string[];
}

/** Discord's order: the channel must be allowed; then the person, then any of their roles, then everyone. */
function decide(grants: readonly Grant[], member: Member): boolean | null {
  const of = (type: number, id: string) =>
    grants.find((one) => one.type === type && one.id === id)?.permission;
  const allChannels = String(BigInt(member.guildId) - 1n);
  const channel = of(TYPES.channel, member.channelId ?? '') ?? of(TYPES.channel, allChannels);
  if (channel === false) return false;
  const person = of(TYPES.user, member.userId);
  if (person !== undefined) return person;
  const roles = member.roles.map((id) => of(TYPES.role, id)).filter((one) => one !== undefined);
  if (roles.length > 0) return roles.includes(true);
  return of(TYPES.role, member.guildId) ?? null;
}

function rolesOf({ member }: Interaction): string[] {
  if (member === null) return [];
  return Array.isArray(member.roles) ? member.roles : [...member.roles.cache.keys()];
}
