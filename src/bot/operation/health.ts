import type { SourceState } from '../../adapters/store/source-states.js';
import type { Store } from '../../adapters/store/store.js';
import type { SourceStatus } from '../chat/scene.js';
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
  readonly store: Pick<Store, 'sources' | 'freshness' | 'chat'>;
  readonly sources: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A source that fails is nothing to restart for until it has been silent for so long. */
const SILENT_MS = 2 * 3_600_000;

/** How the bot is. Problems are what somebody should look at: a monitor restarts or calls. */
export async function checkHealth({ store, sources, now }: HealthSetting): Promise<Health> {
  const statuses = await sourceStatuses(store, sources);
  const { received } = await store.freshness();
  const outbox = await store.chat.outbox.depth();
  const silent = statuses.filter(
    ({ caughtUpAt, problem }) =>
      problem !== null && (caughtUpAt === null || now() - Date.parse(caughtUpAt) > SILENT_MS),
  );
  return {
    problems: silent.map(({ name, problem }) => `${name}: ${problem}`),
    facts: {
      sources: statuses.length,
      newestMail: received,
      messagesWaiting: outbox.waiting + outbox.unclear,
    },
  };
}
