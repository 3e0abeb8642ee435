import type { Conviction } from '../../adapters/store/quarantine.js';
import type { QuarantineReason } from '../../adapters/store/quarantine-schema.js';
import type { AloneMail, ReadingRecord } from '../../adapters/store/reading-journal.js';
import type { Store } from '../../adapters/store/store.js';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import type { Problem } from '../../digest/mail/mail.js';
import type { MailStore } from './mail-store.js';
import { afterStrike, type Care, careFor, judgeEnd, type Standing } from './reading-verdicts.js';

/** How reading a mail by itself went. A strike is a failure that is the mail's own. */
export type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | ({ readonly kind: 'strike' } & Strike);

export interface Strike {
  readonly reason: QuarantineReason;
  readonly detail: string;
}

/**
 * Keeps a mail that kills or stalls its reader from stopping all others: what is about to be read is noted; after a crash the mails that
 * were being read are read one at a time; the second time, the one that was being read alone goes into quarantine.
 */
export interface Careful {
  careFor(hash: Uint8Array): Care;
  /** Does something with mails that are not known to be dangerous, together with others. */
  together<T>(hashes: readonly Uint8Array[], work: () => Promise<T>): Promise<T>;
  /**
   * Does something with one mail while nothing else is at hand in this process. Where it strikes it is done once more if that was its first time;
   * null: it is in quarantine now.
   */
  alone<T>(
    hashes: readonly Uint8Array[],
    mail: AloneMail,
    work: () => Promise<Attempt<T>>,
  ): Promise<T | null>;
  /** Stores mail that is read alone. It throws if no mail is to blame: the disk is full, or so many fail that the cause must be elsewhere. */
  store<T>(write: () => Promise<T>): Promise<Attempt<T>>;
  /** These struck together, or one of them did. */
  suspect(hashes: readonly Uint8Array[]): Promise<void>;
  /** Why a mail is not read; it is counted under this. */
  problemOf(hash: Uint8Array): Problem;
  /** To be called at the end, whatever happened. */
  end(): Promise<void>;
}

export interface CarefulSetting {
  readonly store: Pick<MailStore, 'readings' | 'ingestBatch'>;
  /** ISO UTC. */
  readonly now: () => string;
}

/** In one reading. */
const MOST_FAILED = 20;

/** Learns what earlier processes left behind, and begins to read with care. */
export async function readCarefully({ store, now }: CarefulSetting): Promise<Careful> {
  const { journal, turns, quarantine } = store.readings;
  await judgeOrphans(store, now());
  const { standings, strikes } = await loadStandings(store);
  const standingOf = (hash: Uint8Array): Standing =>
    standings.size === 0 ? 'clean' : (standings.get(keyOf(hash)) ?? 'clean');
  const acquitted: Uint8Array[] = [];
  let failed = 0;
  const noted = async <T>(record: ReadingRecord, work: () => Promise<T>): Promise<T> => {
    const end = await journal.begin(record);
    try {
      return await work();
    } finally {
      end();
    }
  };
  const suspect = async (hashes: readonly Uint8Array[]): Promise<void> => {
    await quarantine.suspect(hashes, now());
    for (const hash of hashes) standings.set(keyOf(hash), afterStrike(standingOf(hash), false));
  };
  const convict = async (conviction: Conviction): Promise<void> => {
    await quarantine.add(conviction, now());
    for (const hash of conviction.hashes) {
      standings.set(keyOf(hash), 'quarantined');
      strikes.set(keyOf(hash), conviction);
    }
  };
  return {
    careFor: (hash) => careFor(standingOf(hash)),
    together: (hashes, work) => turns.together(() => noted({ hashes, alone: null }, work)),
    async store(write) {
      try {
        return { kind: 'done', value: await write() };
      } catch (error) {
        const strike = strikeOf(error);
        if (strike === null || ++failed > MOST_FAILED) throw error;
        // Does anything get stored at all?
        await store.ingestBatch([], now()).catch(() => {
          throw error;
        });
        return { kind: 'strike', ...strike };
      }
    },
    suspect,
    problemOf: (hash) => quarantinedProblem(strikes.get(keyOf(hash)) ?? null),
    async alone(hashes, mail, work) {
      for (;;) {
        const attempt = await turns.alone(() => noted({ hashes, alone: mail }, work));
        if (attempt.kind === 'done') {
          for (const hash of hashes) if (standings.delete(keyOf(hash))) acquitted.push(hash);
          return attempt.value;
        }
        if (hashes.every((hash) => afterStrike(standingOf(hash), true) === 'quarantined')) {
          const { reason, detail } = attempt;
          await convict({ hashes, mail, reason, detail });
          return null;
        }
        await suspect(hashes);
      }
    },
    async end() {
      await journal.settle();
      if (acquitted.length > 0) await quarantine.acquit(acquitted);
    },
  };
}

/** What a failure to store mail says about the mail; null if no mail is the cause: the database is locked, the disk full. */
export function strikeOf(error: unknown): Strike | null {
  if (error instanceof UserError || error instanceof TransientFailure) return null;
  if (!(error instanceof Error)) return { reason: 'failed', detail: String(error) };
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return { reason: 'failed', detail: `${error.message}${cause}` };
}

/** What the reader's word on a mail says of it; null if it could simply not be read. */
export function strikeOfProblem({ code, detail }: Problem): Strike | null {
  switch (code) {
    case 'parser-timeout':
      return { reason: 'stalled', detail };
    case 'parser-crashed':
      return { reason: 'killed', detail };
    case 'parser-failed':
      return { reason: 'failed', detail };
    default:
      return null;
  }
}

const DONE: Readonly<Record<QuarantineReason, string>> = {
  killed: 'it crashed the reader twice',
  stalled: 'it stalled the reader twice',
  failed: 'covernote failed on it',
};

/** Under which a mail is counted that is not read. */
function quarantinedProblem(strike: Strike | null): Problem {
  const why = strike === null ? '' : `${DONE[strike.reason]} (${strike.detail}); `;
  return {
    code: 'quarantined',
    detail: `${why}\`covernote run\` tries it once more after a day, \`covernote reindex --quarantined\` now`,
  };
}

export function keyOf(hash: Uint8Array): string {
  return Buffer.from(hash.buffer, hash.byteOffset, hash.byteLength).toString('hex');
}

async function loadStandings({ readings }: Pick<Store, 'readings'>) {
  const standings = new Map<string, Standing>();
  const strikes = new Map<string, Strike>();
  for (const hash of await readings.quarantine.suspects()) standings.set(keyOf(hash), 'suspect');
  for (const { hash, reason, detail } of await readings.quarantine.all()) {
    standings.set(keyOf(hash), 'quarantined');
    strikes.set(keyOf(hash), { reason, detail });
  }
  return { standings, strikes };
}

/** Judges what processes left behind that ended while they read. */
async function judgeOrphans(store: Pick<Store, 'readings'>, now: string): Promise<void> {
  const { journal, quarantine } = store.readings;
  for (const { records, forget } of await journal.orphans()) {
    const { standings } = await loadStandings(store);
    const notes = records.map((record) => ({
      keys: record.hashes.map(keyOf),
      isAlone: record.alone !== null,
      record,
    }));
    const { suspected, convicted } = judgeEnd(notes, (key) => standings.get(key) ?? 'clean');
    await quarantine.suspect(
      suspected.map((key) => Buffer.from(key, 'hex')),
      now,
    );
    for (const { record } of convicted) {
      if (record.alone === null) continue;
      const detail = 'the process ended while only this mail was being processed';
      await quarantine.add({ hashes: record.hashes, mail: record.alone, reason: 'killed', detail }, now);
    }
    await forget();
  }
}
