import type { SourceState } from '../../adapters/store/source-states.js';
import type { Store } from '../../adapters/store/store.js';
import type { UserError } from '../../digest/failure/failure.js';
import { count } from '../../digest/text/count.js';
import { MINUTE_MS, toIso } from '../../digest/time/iso.js';
import type { SourceStatus } from '../commands/context.js';
import type { Health } from './http-server.js';

/** How each source does, in the order of SOURCES; one that was never read is there as well. */
export async function sourceStatuses(
  store: Pick<Store, 'sources'>,
  names: readonly string[],
): Promise<SourceStatus[]> {
  const states = new Map((await store.sources.all()).map((state) => [state.name, state]));
  return names.map((name) => toStatus(name, states.get(name)));
}

function toStatus(name: string, state: SourceState | undefined): SourceStatus {
  return {
    name,
    caughtUpAt: state?.lastSuccess ?? null,
    newest: state?.lastMail ?? null,
    problem:
      state === undefined || state.error === null
        ? null
        : `${state.error.message} ${state.error.remedy}`.trim(),
  };
}

export interface HealthSetting {
  readonly store: Pick<Store, 'sources' | 'freshness' | 'chat' | 'trouble' | 'readings'>;
  readonly sources: readonly string[];
  /** When what is due was last planned, or else when the bot began (milliseconds since 1970). */
  readonly lastTick: () => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** What the clock's own watch says. */
  readonly clock: () => Health;
}

/** A failing source is no reason to restart until it has been silent for this long. */
const SILENT_MS = 120 * MINUTE_MS;

/** A tick comes every minute; one that plans for many places takes some of them. */
const NO_TICK_MS = 5 * MINUTE_MS;
/** Each turn of delivery ends the slots whose time is over: a message that still waits then is looked after by no one. */
const STUCK_MS = 5 * MINUTE_MS;

/** How the bot is. Problems are what someone should look at: a monitor restarts or calls. */
export async function checkHealth({ store, sources, lastTick, now, clock }: HealthSetting): Promise<Health> {
  const statuses = await sourceStatuses(store, sources);
  const { received } = await store.freshness();
  const outbox = await store.chat.outbox.depth();
  const watched = clock();
  const silent = statuses.filter(
    ({ caughtUpAt, problem }) =>
      problem !== null && (caughtUpAt === null || now() - Date.parse(caughtUpAt) > SILENT_MS),
  );
  return {
    problems: [
      ...troubles(store.trouble()),
      ...watched.problems,
      // A last tick in the future says nothing: the clock was set back since.
      ...stopped(Math.abs(now() - lastTick())),
      ...stuck(await store.chat.outbox.waitingPast(), now()),
      ...silent.map(({ name, problem }) => `${name}: ${problem}`),
    ],
    facts: {
      lastTick: toIso(lastTick()),
      sources: statuses.length,
      newestMail: received,
      messagesWaiting: outbox.waiting + outbox.unclear,
      // No problem: it would be an attacker's way to have the bot restarted forever.
      quarantined: await store.readings.quarantine.count(),
      ...watched.facts,
    },
  };
}

function troubles(trouble: UserError | null): string[] {
  return trouble === null ? [] : [`${trouble.message} ${trouble.remedy}.`];
}

function stopped(sinceMs: number): string[] {
  return sinceMs <= NO_TICK_MS
    ? []
    : [`No digest was planned for ${minutes(sinceMs)}: the log says why. Restart covernote.`];
}

/** `oldest`: when the slot ended that some message still waits for (ISO UTC); null: none. */
function stuck(oldest: string | null, nowMs: number): string[] {
  const sinceMs = oldest === null ? 0 : nowMs - Date.parse(oldest);
  return sinceMs <= STUCK_MS
    ? []
    : [
        `Messages are still waiting ${minutes(sinceMs)} after their digest’s time ran out: nothing is sent. Restart covernote.`,
      ];
}

function minutes(ms: number): string {
  return count(Math.floor(ms / MINUTE_MS), 'minute');
}
