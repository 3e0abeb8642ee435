import type { Store } from '../../adapters/store/store.js';
import { webhookAddress } from '../../adapters/webhook/create-webhooks.js';
import { UserError } from '../../digest/failure/failure.js';
import type { Schedule } from '../../digest/schedule/schedule.js';
import type { Catalog } from '../../digest/subsystem/catalog.js';
import { toIso } from '../../digest/time/iso.js';
import { readTypedWant, type Want } from '../commands/follow/read-want.js';
import type { WebhookConfig } from '../config-webhooks.js';

export interface KeepSetting {
  readonly hooks: WebhookConfig['hooks'];
  readonly chat: Store['chat'];
  readonly catalog: () => Catalog;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** What a digest every hour is: programs wait for no morning. */
const HOURLY: Schedule = {
  version: 1,
  zone: 'UTC',
  times: Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`),
  days: [1, 2, 3, 4, 5, 6, 7],
};

/**
 * Makes the places of the webhooks what the configuration says: each follows what is named after its URL, every hour. One that is no longer
 * configured is paused, and resumes where it stopped when it is configured again. Throws UserError for a follow that is wrong.
 */
export async function keepWebhooks(setting: KeepSetting): Promise<void> {
  const { chat, hooks, now } = setting;
  const configured = hooks.map((hook) => ({
    ...hook,
    wants: hook.follows.map((typed) => wantOf(setting, typed)),
  }));
  const kept = new Set<number>();
  for (const { url, wants } of configured) {
    const at = toIso(now());
    const by = { setBy: '', setByName: 'WEBHOOKS', madeAt: at };
    const place = await chat.destinations.ensure(webhookAddress(url), {
      name: new URL(url).host,
      zone: 'UTC',
      ...by,
    });
    kept.add(place.id);
    const stored = await chat.follows.of(place.id);
    const words = new Set(wants.map((want) => want.words));
    await chat.follows.remove(
      place.id,
      stored.filter((follow) => !words.has(follow.words)).map(({ id }) => id),
    );
    await chat.follows.add(
      place.id,
      wants.map((want) => ({ ...want, madeBy: '', madeByName: by.setByName, madeAt: at })),
    );
    // Started again: the reason for the refusals may have been fixed.
    if (place.schedule === null || place.state !== 'active')
      await chat.destinations.update(place.id, { schedule: HOURLY, state: 'active', failedSlots: 0 }, at);
  }
  for (const place of await chat.destinations.all('webhook'))
    if (!kept.has(place.id) && place.state === 'active')
      await chat.destinations.update(place.id, { state: 'paused' }, toIso(now()));
}

function wantOf({ catalog }: KeepSetting, typed: string): Want {
  const read = readTypedWant(typed, catalog());
  if (read.kind === 'want') return read.want;
  throw new UserError('bad-configuration', `WEBHOOKS: ${read.message}`, read.remedy);
}
