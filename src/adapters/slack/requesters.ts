import type { Requester } from '../../digest/ports/chat-bot.js';
import type { Log } from '../../digest/ports/log.js';
import { HOUR_MS } from '../../digest/time/iso.js';
import type { SlackClients } from './clients.js';
import { describeError } from './log.js';

/** Who acts, as Slack's requests name them. */
export interface Actor {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
}

const KEPT_MS = HOUR_MS;
const KEPT = 5000;

/**
 * People with their zone and rights. Every full member may change what a channel gets; guests and people of other workspaces may
 * not. If Slack does not say, no one counts as a full member.
 */
export function createRequesters(clients: SlackClients, log: Log, nowMs: () => number) {
  const known = new Map<string, { requester: Requester; fetchedMs: number }>();

  async function askSlack(actor: Actor): Promise<Requester> {
    const { user } = await (await clients.for(actor.tenant)).users.info({ user: actor.id });
    const stranger = user !== undefined && 'is_stranger' in user && user.is_stranger === true;
    const guest = user?.is_restricted === true || user?.is_ultra_restricted === true || stranger;
    return {
      ...actor,
      name: user?.profile?.display_name || user?.profile?.real_name || user?.name || actor.name,
      zone: user?.tz ?? null,
      rights: user === undefined || user.is_bot === true ? 'member' : guest ? 'guest' : 'manager',
      rightsHold: 'in tenant',
      isAdmin: !guest && (user?.is_admin === true || user?.is_owner === true),
    };
  }

  return {
    async of(actor: Actor): Promise<Requester> {
      const key = `${actor.tenant}/${actor.id}`;
      const before = known.get(key);
      if (before !== undefined && Math.abs(before.fetchedMs - nowMs()) < KEPT_MS) return before.requester;
      try {
        const requester = await askSlack(actor);
        if (known.size >= KEPT) known.clear();
        known.set(key, { requester, fetchedMs: nowMs() });
        return requester;
      } catch (error) {
        log.warn({ user: actor.id, error: describeError(error) }, 'slack.user_lookup_failed');
        return { ...actor, zone: null, rights: 'member', rightsHold: 'in tenant' };
      }
    },
  };
}

export type Requesters = ReturnType<typeof createRequesters>;
