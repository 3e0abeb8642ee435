import { UserError } from '../../digest/failure/failure.js';
import { MOST_CLUSTERED, MOST_LINKED } from '../../digest/text/limits.js';
import { applyDerivation } from './apply-derivation.js';
import { createBreathing } from './breathe.js';
import { createComponents } from './components.js';
import { deriveStatements } from './derive-statements.js';
import { metaStatements } from './meta.js';
import { type DerivationPlan, planDerivation } from './plan-derivation.js';
import type { Rules } from './rules.js';
import type { Db } from './schema.js';
import type { SearchIndex } from './search-sqlite.js';
import { executeText, type Runner } from './statement.js';
import { TookTooLong, timeLimit } from './time-limit.js';
import { type DueMessage, underivedStatements } from './underived.js';
import type { WrittenMessages } from './write-messages.js';

/** A mail that was left as it is, since what follows from it took too long to work out, or failed. */
export interface AbandonedMessage {
  /** Its Message-ID. */
  readonly where: string;
  readonly code: 'derive-timeout' | 'derive-failed';
  readonly detail: string;
}

interface Derived {
  /** Series that were described again. */
  readonly series: number;
  readonly abandoned: readonly AbandonedMessage[];
}

export interface Derivation {
  /**
   * In the transaction that stores messages, once it has: joins their clusters, and marks them as waiting to be derived.
   * `before`: the last seq before it. Answers with their row ids.
   */
  mark(on: Runner, written: WrittenMessages, before: number, now: string): Promise<number[]>;
  /** The newest seq, derived or not. */
  newestSeq(on: Runner): Promise<number>;
  /** Marks messages that are here as replaced: all that follows from them is derived again. */
  markAgain(on: Runner, messages: readonly number[], now: string): Promise<void>;
  /** Messages that could not be derived are tried again. */
  retry(on: Runner, messages: readonly number[]): Promise<void>;
  /** Derives what follows from messages that wait; of one that cannot be derived the cluster is left as it is. */
  derive(messages: readonly number[], now: string): Promise<Derived>;
  /** Derives what has been waiting since a moment: a crash came between storing and deriving. */
  resume(before: string, now: string): Promise<Derived>;
  /** Derives within a transaction, for changes that cannot be cut in two. */
  deriveWithin(on: Runner, written: WrittenMessages): Promise<number>;
}

export interface DerivationSetting {
  readonly db: Db;
  readonly rules: Rules;
  readonly search: SearchIndex;
  readonly inTransaction: <T>(work: (on: Db) => Promise<T>) => Promise<T>;
  /** The longest that one plan may take. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;
/** After so many plans that came too late, as others wrote meanwhile, one is made in the transaction itself. */
const PLANS = 3;
/** A message is tried with others, alone, and no more. */
const ATTEMPTS = 2;
const RESUMED_AT_ONCE = 200;
const GENERATION = 'derived generation';

/**
 * Mail is stored first; what follows from it is worked out from a snapshot without the write lock, then written in a short
 * transaction if nothing has changed meanwhile. A mark says what is still to be derived, so that a crash loses nothing.
 */
export function createDerivation(setting: DerivationSetting): Derivation {
  const { db, rules, search, inTransaction, timeoutMs = TIMEOUT_MS } = setting;
  const s = deriveStatements(db);
  const u = underivedStatements(db);
  const { readMeta, writeMeta } = metaStatements(db);
  const clusters = createComponents(db, {
    rows: 'message',
    keys: 'cluster_key',
    aliases: 'cluster_alias',
    most: MOST_CLUSTERED,
  });
  const links = createComponents(db, {
    rows: 'revision',
    keys: 'link_key',
    aliases: 'link_alias',
    most: MOST_LINKED,
  });
  const generation = async (on: Runner): Promise<number> =>
    Number((await readMeta(on, { name: GENERATION }))[0]?.value ?? '0');
  const noteChange = async (on: Runner): Promise<void> =>
    void (await writeMeta(on, { name: GENERATION, value: String((await generation(on)) + 1) }));

  const plan = (on: Runner, due: readonly DueMessage[]): Promise<DerivationPlan> =>
    planDerivation({ on, s, rules, limit: timeLimit(timeoutMs), breathe: createBreathing() }, links, due);
  const write = (on: Runner, planned: DerivationPlan): Promise<number> =>
    applyDerivation({ on, s, links, search }, planned);

  const joinClusters = async (on: Runner, { joined, changed }: WrittenMessages): Promise<DueMessage[]> => {
    const own = joined.flatMap(({ keys }) => keys.slice(0, 1));
    const named = await clusters.known(on, own);
    const due = new Map<number, DueMessage>();
    for (const id of changed) due.set(id, { message_id: id, why: 'changed', unnamed: 0 });
    for (const { id, component, keys } of joined) {
      const [first] = keys;
      const unnamed = component === null && first !== undefined && !named.has(first) ? 1 : 0;
      for (const key of keys) named.add(key);
      due.set(id, { message_id: id, why: component === null ? 'new' : 'replaced', unnamed });
    }
    await clusters.apply(on, await clusters.plan(on, joined));
    return [...due.values()];
  };

  const settle = async (on: Runner, due: readonly DueMessage[]): Promise<void> => {
    await u.done(
      on,
      due.map((one) => one.message_id),
    );
    await noteChange(on);
  };

  /** Those that still wait, but for those in a cluster that was given up. */
  const stillDue = async (on: Runner, messages: readonly number[]): Promise<DueMessage[]> => {
    const due = await u.byMessage(on, messages);
    const failed = new Set((await u.failedComponents(on, {})).map((row) => row.component));
    if (failed.size === 0) return unique(due);
    const rows = await s.componentsOf(
      on,
      due.map((one) => one.message_id),
    );
    const left = new Set(rows.flatMap((row) => (failed.has(row.component) ? [row.id] : [])));
    return unique(due.filter((one) => !left.has(one.message_id)));
  };

  const deriveTogether = async (messages: readonly number[]): Promise<number> => {
    for (let attempt = 1; ; attempt++) {
      const began = await generation(db);
      const due = await stillDue(db, messages);
      const planned = attempt < PLANS ? await plan(db, due) : null;
      const written = await inTransaction(async (on) => {
        if (planned !== null && (await generation(on)) !== began) return null;
        const series = await write(on, planned ?? (await plan(on, due)));
        // Of a cluster that was given up the marks go as well.
        await settle(on, await u.byMessage(on, messages));
        return series;
      });
      if (written !== null) return written;
    }
  };

  const abandon = async (message: number, error: Error, now: string): Promise<AbandonedMessage> => {
    const code = error instanceof TookTooLong ? 'derive-timeout' : 'derive-failed';
    const detail = error.message.slice(0, 300);
    await inTransaction(async (on) => {
      await u.addFailure(on, { message_id: message, code, detail, failed_at: now });
      await settle(on, [{ message_id: message, why: 'new', unnamed: 0 }]);
    });
    const [row] = await s.placesOf(db, [message]);
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
      await inTransaction((on) => u.setAttempts(on, { message_id: id, attempts: attempts + 1 }));
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
    newestSeq,
    async mark(on, written, before, now) {
      const due = await joinClusters(on, written);
      await u.add(on, due, before + 1, now);
      await noteChange(on);
      return due.map((one) => one.message_id);
    },
    async markAgain(on, messages, now) {
      const due = messages.map((id): DueMessage => ({ message_id: id, why: 'replaced', unnamed: 0 }));
      await u.clearFailures(on, messages);
      await u.add(on, due, (await newestSeq(on)) + 1, now);
      await noteChange(on);
    },
    async derive(messages, now) {
      try {
        return { series: await deriveTogether(messages), abandoned: [] };
      } catch (error) {
        if (!isOfTheMail(error)) throw error;
        const waiting = await u.byMessage(db, messages);
        return deriveApart(
          unique(waiting).map((one) => ({ ...one, attempts: 1 })),
          now,
        );
      }
    },
    async resume(before, now) {
      let series = 0;
      const abandoned: AbandonedMessage[] = [];
      for (;;) {
        const waiting = await u.waiting(db, { before, limit: RESUMED_AT_ONCE });
        if (waiting.length === 0) return { series, abandoned };
        const derived = await deriveApart(waiting, now);
        series += derived.series;
        abandoned.push(...derived.abandoned);
      }
    },
    async deriveWithin(on, written) {
      const due = await joinClusters(on, written);
      const series = await write(on, await plan(on, due));
      await noteChange(on);
      return series;
    },
    retry: async (on, messages) => void (await u.clearFailures(on, messages)),
  };
}

type Waiting = DueMessage & { readonly attempts: number };

async function newestSeq(on: Runner): Promise<number> {
  return (await executeText<{ seq: number | null }>(on, 'select max(seq) as seq from copy', []))[0]?.seq ?? 0;
}

/** Whether it lies in the mail that it could not be derived; the database's own failures are no reason to give a mail up. */
function isOfTheMail(error: unknown): error is Error {
  if (!(error instanceof Error) || error instanceof UserError) return false;
  return !('code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_'));
}

function unique<Row extends { readonly message_id: number }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.map((row) => [row.message_id, row])).values()].sort(
    (a, b) => a.message_id - b.message_id,
  );
}
