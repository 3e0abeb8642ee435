import { createBreathing } from '../../adapters/store/breathe.js';
import { placesOf } from '../../adapters/store/derivation-rows.js';
import { newestSeq } from '../../adapters/store/mail-rows.js';
import { readMeta, writeMeta } from '../../adapters/store/meta.js';
import type { Db } from '../../adapters/store/schema.js';
import type { StoreTables } from '../../adapters/store/store.js';
import {
  addDue,
  addFailure,
  clearFailures,
  type DueMessage,
  dueByMessage,
  dueSince,
  failedComponents,
  removeDue,
  setAttempts,
} from '../../adapters/store/underived.js';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import { joinClusters, planDerivation, writeDerivation } from './derive.js';
import type { AbandonedMessage } from './mail-store.js';
import type { Describing } from './planning.js';
import { TookTooLong, timeLimit } from './time-limit.js';
import type { WrittenMail } from './write-mail.js';

interface Derived {
  /** Series that were described again. */
  readonly series: number;
  readonly abandoned: readonly AbandonedMessage[];
}

export interface Deriver {
  /**
   * In the transaction that stores messages, once it has: joins their clusters, and marks them as waiting to be derived.
   * `before`: the last seq before it. Returns their row ids.
   */
  mark(on: Db, written: WrittenMail, before: number, now: string): Promise<number[]>;
  /** Marks messages that are here as replaced: everything that follows from them is derived again. */
  markAgain(on: Db, messages: readonly number[], now: string): Promise<void>;
  /** Derives what follows from pending messages; if that fails for a message, its cluster is left unchanged. */
  derive(messages: readonly number[], now: string): Promise<Derived>;
  /** Derives what has been waiting since a moment: a crash came between storing and deriving. */
  resume(before: string, now: string): Promise<Derived>;
  /** Derives within a transaction, for changes that cannot be cut in two. */
  deriveWithin(on: Db, written: WrittenMail): Promise<void>;
}

/** The longest that one plan may take. */
const TIMEOUT_MS = 30_000;
/** After this many plans that were outdated because others wrote meanwhile, one is made in the transaction itself. */
const PLANS = 3;
/** A message is tried with others, alone, and no more. */
const ATTEMPTS = 2;
const RESUMED_AT_ONCE = 200;
const GENERATION = 'derived generation';

/**
 * Mail is stored first; what follows from it is computed from a snapshot without the write lock, then written in a short
 * transaction if nothing has changed meanwhile. A mark says what is still to be derived, so that a crash loses nothing.
 */
export function createDeriver({ db, search, inTransaction }: StoreTables, describing: Describing): Deriver {
  const plan = (on: Db, due: readonly DueMessage[]) => {
    const limit = timeLimit(TIMEOUT_MS);
    const step: Parameters<typeof planDerivation>[0]['step'] = (name) => {
      if (name !== undefined) describing.onStep?.(name);
      limit.check();
    };
    return planDerivation({ on, describing, step, breathe: createBreathing() }, due);
  };

  const deriveTogether = async (messages: readonly number[]): Promise<number> => {
    for (let attempt = 1; ; attempt++) {
      const began = await generation(db);
      const due = await stillDue(db, messages);
      const planned = attempt < PLANS ? await plan(db, due) : null;
      const written = await inTransaction(async (on) => {
        if (planned !== null && (await generation(on)) !== began) return null;
        const series = await writeDerivation(on, search, planned ?? (await plan(on, due)));
        // Of a cluster that was given up the marks go as well.
        await settle(on, messages);
        return series;
      });
      if (written !== null) return written;
    }
  };

  const abandon = async (message: number, error: Error, now: string): Promise<AbandonedMessage> => {
    const code = error instanceof TookTooLong ? 'derive-timeout' : 'derive-failed';
    const detail = error.message.slice(0, 300);
    await inTransaction(async (on) => {
      await addFailure(on, { message_id: message, code, detail, failed_at: now });
      await settle(on, [message]);
    });
    const [row] = await placesOf(db, [message]);
    return { where: row?.key ?? '', code, detail };
  };

  /** One by one, so that a message that cannot be derived is found, and the others are. */
  const deriveApart = async (waiting: readonly Waiting[], now: string): Promise<Derived> => {
    let series = 0;
    const abandoned: AbandonedMessage[] = [];
    for (const { message_id: id, attempts } of waiting) {
      if (attempts >= ATTEMPTS) {
        abandoned.push(
          await abandon(id, new TookTooLong('the process ended twice while it was derived'), now),
        );
        continue;
      }
      await inTransaction((on) => setAttempts(on, id, attempts + 1));
      try {
        series += await deriveTogether([id]);
      } catch (error) {
        if (!isOfTheMail(error)) throw error;
        abandoned.push(await abandon(id, error, now));
      }
    }
    return { series, abandoned };
  };

  return {
    async mark(on, written, before, now) {
      const due = await joinClusters(on, written);
      await addDue(on, due, before + 1, now);
      await noteChange(on);
      return due.map((one) => one.message_id);
    },
    async markAgain(on, messages, now) {
      const due = messages.map((id): DueMessage => ({ message_id: id, why: 'replaced', unnamed: 0 }));
      await clearFailures(on, messages);
      await addDue(on, due, (await newestSeq(on)) + 1, now);
      await noteChange(on);
    },
    async derive(messages, now) {
      if (messages.length === 0) return { series: 0, abandoned: [] };
      try {
        return { series: await deriveTogether(messages), abandoned: [] };
      } catch (error) {
        if (!isOfTheMail(error)) throw error;
        const waiting = await dueByMessage(db, messages);
        return deriveApart(
          waiting.map((one) => ({ ...one, attempts: 1 })),
          now,
        );
      }
    },
    async resume(before, now) {
      let series = 0;
      const abandoned: AbandonedMessage[] = [];
      for (;;) {
        const waiting = await dueSince(db, before, RESUMED_AT_ONCE);
        if (waiting.length === 0) return { series, abandoned };
        const derived = await deriveApart(waiting, now);
        series += derived.series;
        abandoned.push(...derived.abandoned);
      }
    },
    async deriveWithin(on, written) {
      const due = await joinClusters(on, written);
      await writeDerivation(on, search, await plan(on, due));
      await noteChange(on);
    },
  };
}

type Waiting = DueMessage & { readonly attempts: number };

/** Counts the changes to derived and pending data: a plan that was made before such a change is not written. */
async function generation(on: Db): Promise<number> {
  return Number((await readMeta(on, GENERATION)) ?? '0');
}

async function noteChange(on: Db): Promise<void> {
  await writeMeta(on, GENERATION, String((await generation(on)) + 1));
}

async function settle(on: Db, messages: readonly number[]): Promise<void> {
  await removeDue(on, messages);
  await noteChange(on);
}

/** Those that still wait, but for those in a cluster that was given up. */
async function stillDue(on: Db, messages: readonly number[]): Promise<DueMessage[]> {
  const due = await dueByMessage(on, messages);
  const failed = await failedComponents(on);
  if (failed.size === 0) return due;
  const rows = await placesOf(
    on,
    due.map((one) => one.message_id),
  );
  const left = new Set(rows.flatMap((row) => (failed.has(row.component) ? [row.id] : [])));
  return due.filter((one) => !left.has(one.message_id));
}

/** Whether the mail is the reason that it could not be derived; failures of the database are no reason to give up on a mail. */
function isOfTheMail(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof UserError || error instanceof TransientFailure)
    return false;
  return !('code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_'));
}
