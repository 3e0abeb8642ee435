import { schedule } from 'node-cron';
import type { Log } from '../../digest/ports/log.js';

export interface Beat {
  /** No new run begins; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

/** The clock is compared with the time that really passed. */
const WATCH_MS = 5_000;
/** By so much more or less than passed: the clock was set. */
const STEP_MS = 30_000;

/**
 * Runs something at the start of every minute; never twice concurrently: a run that takes longer makes the next ones wait for the minute after.
 * The library keeps the moment of the next run, and after a clock is set back would wait for that: then it is scheduled again.
 */
export function minutely(name: string, run: () => Promise<void>, log: Log): Beat {
  let under: Promise<void> | null = null;
  const runOnce = async (): Promise<void> => {
    if (under !== null) return;
    under = run().catch((error: unknown) => log.error({ error, name }, 'scheduler.run_failed'));
    await under;
    under = null;
  };
  const begin = () =>
    schedule('* * * * *', runOnce, {
      name,
      noOverlap: true,
      suppressMissedWarning: true,
      logger: cronLog(name, log),
    });
  let task = begin();
  let expected = clock();
  const watch = setInterval(() => {
    const now = clock();
    const steppedMs = now.wallMs - expected.wallMs - (now.passedMs - expected.passedMs);
    expected = now;
    if (Math.abs(steppedMs) < STEP_MS) return;
    log.warn({ name, steppedMs: Math.round(steppedMs) }, 'clock.stepped');
    void task.destroy();
    task = begin();
  }, WATCH_MS);
  watch.unref();
  return {
    async stop() {
      clearInterval(watch);
      await task.destroy();
      await under;
    },
  };
}

function clock() {
  return { wallMs: Date.now(), passedMs: performance.now() };
}

/** node-cron's own words go where ours go, as JSON; else it writes plain text among our lines. */
function cronLog(name: string, log: Log) {
  return {
    info: (text: string) => log.debug({ name, text }, 'scheduler.message'),
    warn: (text: string) => log.warn({ name, text }, 'scheduler.message'),
    error: (error: string | Error) => log.error({ name, error }, 'scheduler.failed'),
    debug: (text: string | Error) => log.debug({ name, text: String(text) }, 'scheduler.message'),
  };
}
