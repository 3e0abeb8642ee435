import { schedule } from 'node-cron';
import type { Log } from './log.js';

/** A beat that can be stopped. */
export interface Beat {
  /** No new run begins; resolves when the one under way has ended. */
  stop(): Promise<void>;
}

/** Runs something at the start of every minute; never twice at once: a run that takes longer makes the next ones wait for the minute after. */
export function minutely(name: string, run: () => Promise<void>, log: Log): Beat {
  let under: Promise<void> = Promise.resolve();
  const task = schedule(
    '* * * * *',
    async () => {
      under = run().catch((error: unknown) => log.error({ error, name }, 'a run of every minute failed'));
      await under;
    },
    { name, noOverlap: true, suppressMissedWarning: true, logger: cronLog(name, log) },
  );
  return {
    async stop() {
      await task.destroy();
      await under;
    },
  };
}

/** node-cron's own words go where ours go, as JSON; else it writes plain text among our lines. */
function cronLog(name: string, log: Log) {
  return {
    info: (said: string) => log.debug({ name, said }, 'the beat'),
    warn: (said: string) => log.warn({ name, said }, 'the beat'),
    error: (error: string | Error) => log.error({ name, error }, 'the beat failed'),
    debug: (said: string | Error) => log.debug({ name, said: String(said) }, 'the beat'),
  };
}
