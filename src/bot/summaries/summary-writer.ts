import { whileAlone } from '../../adapters/store/engine/locks.js';
import type { Store } from '../../adapters/store/store.js';
import type { PendingSummary } from '../../adapters/store/written-summaries.js';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import type { Log } from '../../digest/ports/log.js';
import { HOUR_MS, MINUTE_MS, SECOND_MS, toIso } from '../../digest/time/iso.js';
import { type RetryPolicy, retryDelayMs } from '../../digest/time/retry-delay.js';
import { type AskingSetting, askModel } from './ask-model.js';
import { type QueueSetting, queueSummaries } from './queue-summaries.js';
import { readSource } from './read-source.js';
import { EDITED_FOR_MS, type ShowingSetting, showSummaries } from './show-summaries.js';

export type SummaryWriterSetting = Omit<AskingSetting, 'written'> &
  Omit<ShowingSetting, 'store'> & {
    /** Of all processes one asks the model. */
    readonly store: QueueSetting['store'] & ShowingSetting['store'] & Pick<Store, 'locks'>;
    /** Posted messages are to be edited. */
    readonly onEdits: () => void;
    /** Ends early, quietly, when the signal is given. */
    readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
    /** From 0 up to 1. */
    readonly random: () => number;
    readonly log: Log;
  };

/** Has a language model write the summaries of what was posted, in the background: no digest waits for it. */
export interface SummaryWriter {
  /** Sends all requests that are allowed now, and marks the messages that change. */
  turn(): Promise<void>;
  start(): void;
  /** Aborts the current request; the next start repeats it. */
  stop(): Promise<void>;
}

const REST_MS = 20 * SECOND_MS;
const BATCH = 20;
/** A posting for which the model failed this often keeps its author's words. */
const MOST_TRIES = 5;
/** How often a problem that the admin has to fix is tried again. */
const FIX_MS = HOUR_MS;
const RETRIES: RetryPolicy = {
  firstMs: MINUTE_MS,
  longestMs: HOUR_MS,
  longestRequestedMs: 24 * HOUR_MS,
  spread: [1, 1.5],
};

export function createSummaryWriter(setting: SummaryWriterSetting): SummaryWriter {
  const { store, log, now } = setting;
  const stopping = new AbortController();
  const pace: Pace = { failures: 0, heldUntilMs: 0, usedUpDay: '' };
  let running: Promise<void> = Promise.resolve();

  const turn = async (): Promise<void> => {
    await queueSummaries(setting);
    await store.written.expire(toIso(now() - EDITED_FOR_MS));
    await askAll(setting, pace, stopping.signal);
    if ((await showSummaries(setting)) > 0) setting.onEdits();
  };

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await whileAlone(store.locks, 'summaries', turn).catch((error: unknown) => {
        if (!stopping.signal.aborted) log.error({ error }, 'summary.turn_failed');
      });
      await setting.sleep(REST_MS, stopping.signal);
    }
  };

  return {
    turn,
    start: () => {
      running = loop();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** How the model does, as far as this process knows. */
interface Pace {
  /** In a row. */
  failures: number;
  /** Milliseconds since 1970. */
  heldUntilMs: number;
  /** The day (UTC) whose budget is used up; '': none. */
  usedUpDay: string;
}

async function askAll(setting: SummaryWriterSetting, pace: Pace, signal: AbortSignal): Promise<void> {
  for (;;) {
    const due = await setting.store.written.due(toIso(setting.now()), BATCH);
    for (const pending of due) {
      // A hold that is further off than any is from before the clock was set back.
      const heldMs = pace.heldUntilMs - setting.now();
      if (signal.aborted || (heldMs > 0 && heldMs <= RETRIES.longestRequestedMs * 1.5)) return;
      if (!(await askOne(setting, pace, pending, signal))) return;
    }
    if (due.length < BATCH) return;
  }
}

/** Sends the request for one posting; false if no other is allowed now. */
async function askOne(
  setting: SummaryWriterSetting,
  pace: Pace,
  pending: PendingSummary,
  signal: AbortSignal,
): Promise<boolean> {
  const { store, now, log } = setting;
  const { messageKey } = pending;
  const series = await store.seriesByMessage(messageKey);
  const revision = series?.revisions.find(({ id }) => id === messageKey);
  const source = revision === undefined ? null : await readSource(store.written, revision);
  if (source === null) {
    await store.written.settle(messageKey, 'settled', null);
    return true;
  }
  try {
    const outcome = await askModel({ ...setting, written: store.written }, source, signal);
    if (outcome.kind === 'budget-used') {
      const day = toIso(now()).slice(0, 10);
      if (pace.usedUpDay !== day) log.info({ day }, 'summary.budget_used');
      pace.usedUpDay = day;
      return false;
    }
    pace.failures = 0;
    const { summary, rejected } = outcome.answer;
    await store.written.settle(messageKey, summary === null ? 'settled' : 'answered', outcome.hash);
    log.debug({ messageId: messageKey, rejected }, 'summary.answered');
    return true;
  } catch (error) {
    if (signal.aborted) return false;
    await noteFailure(setting, pace, pending, error);
    return false;
  }
}

async function noteFailure(
  { store, now, random, log }: SummaryWriterSetting,
  pace: Pace,
  { messageKey, attempts }: PendingSummary,
  error: unknown,
): Promise<void> {
  if (!(error instanceof TransientFailure || error instanceof UserError)) throw error;
  pace.failures += 1;
  const requestedMs = error instanceof TransientFailure ? (error.retryAfterMs ?? 0) : FIX_MS;
  const delayMs = retryDelayMs(RETRIES, { failures: pace.failures, requestedMs, random: random() });
  pace.heldUntilMs = now() + delayMs;
  if (error instanceof UserError)
    log.error({ error: error.message, remedy: error.remedy, retryInMs: delayMs }, 'summary.needs_action');
  else log.warn({ code: error.code, error: error.message, retryInMs: delayMs }, 'summary.model_failed');
  // A wrong key or address says nothing of the posting.
  const isOfPosting = error instanceof TransientFailure || error.code === 'model-refused';
  if (isOfPosting && attempts + 1 >= MOST_TRIES) return store.written.settle(messageKey, 'settled', null);
  if (isOfPosting) await store.written.postpone(messageKey, toIso(pace.heldUntilMs));
}
