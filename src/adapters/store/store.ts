import type { UserError } from '../../digest/failure/failure.js';
import type { SeriesActivity } from '../../digest/plan/activity.js';
import type { Correction, SeriesGroup } from '../../digest/series/group.js';
import type { PostingFacts } from '../../digest/series/posting-facts.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { createActivityReader, type Window } from './activity.js';
import { type ChatStore, createChatStore } from './chat/chat-store.js';
import { damagedDatabase, mendable, openDatabase } from './connection.js';
import { createCorrections, type StoredCorrection } from './corrections.js';
import { type Counts, createCounter, type Freshness, type SubsystemCount } from './counts.js';
import { databasePath } from './database-url.js';
import { type AbandonedMessage, createDerivation } from './derivation.js';
import { replacedDatabase } from './file-identity.js';
import { type CorrectedTimes, correctFutureTimes } from './future-times.js';
import { metaStatements } from './meta.js';
import type { PreparedMail } from './prepared-mail.js';
import { createQuarantine, type Quarantine } from './quarantine.js';
import { createReadingJournal, type ReadingJournal } from './reading-journal.js';
import { createReindexing, type Reindexing } from './reindex.js';
import { createRemoval, type RemoveMessages } from './remove-messages.js';
import { createRetention } from './retention.js';
import type { Rules } from './rules.js';
import type { Db } from './schema.js';
import { createSearchIndex } from './search-sqlite.js';
import { createGroupReader } from './series-group.js';
import { createSeriesReader, type SeriesHit } from './series-reader.js';
import { createSourceStates, type SourceStates } from './source-states.js';
import { type Runner, runDirectly } from './statement.js';
import { createTurns, type Turns } from './turns.js';
import { createMessageWriter, type MessageCounts } from './write-messages.js';

export interface StoreOptions {
  /** Asked whenever mail comes in, so that what they stand on may change while the store is open. */
  readonly rules: Rules;
}

/** Counts of one batch. */
export interface BatchCounts extends MessageCounts {
  /** Series that were described again. */
  readonly series: number;
  /** Mails that could not be derived: what they say is left out, and so is all that hangs together with them. */
  readonly abandoned: readonly AbandonedMessage[];
}

/** What keeps one mail from stopping all reading: see bot/ingest/careful.ts. */
export interface Readings {
  readonly journal: ReadingJournal;
  /** Of all that is read in this process. */
  readonly turns: Turns;
  readonly quarantine: Quarantine;
}

/** The database. Mail is stored before what follows from it is derived; what a kill leaves in between, `resume` derives. */
export interface Store extends Reindexing {
  readonly path: string;
  /** What chats need remembered. */
  readonly chat: ChatStore;
  /** Whether this very copy of a mail was stored: then it need not be read at all. */
  hasCopy(copyHash: Uint8Array): Promise<boolean>;
  /** Stores mails in one transaction, then derives all that follows from them, and writes that in another. `now`: ISO UTC. */
  ingestBatch(mails: readonly PreparedMail[], now: string): Promise<BatchCounts>;
  /** Derives what a crash left underived: when first called, all of it, later what has waited for minutes. `now`: ISO UTC. */
  resume(now: string): Promise<readonly AbandonedMessage[]>;
  /** Answers a question: title words, parts of words, typos, people, patch titles, Message-IDs and links to archives. */
  search(query: string, limit: number): Promise<SeriesHit[]>;
  /** Where `search` finds nothing: series that hold some of the words. */
  nearest(query: string, limit: number): Promise<SeriesHit[]>;
  /** By SeriesRecord.id. */
  seriesById(id: string): Promise<SeriesRecord | null>;
  /** The series that holds a message now, as a member or as a reply to one; by Message.id. */
  seriesByMessage(messageId: string): Promise<SeriesRecord | null>;
  /** How a series came together: its postings and what joined them; by SeriesRecord.id. */
  groupOf(seriesId: string): Promise<SeriesGroup | null>;
  /** The posting (Revision.id) in which a message is, or of which it speaks; by Message.id. */
  postingOf(messageId: string): Promise<string | null>;
  /** What is told of the mails of postings, by Message.id; those that are not here, and replies, are left out. */
  postingFacts(ids: readonly string[]): Promise<Map<string, PostingFacts>>;
  /** Every series, in the order in which they were first stored. */
  allSeries(): AsyncIterableIterator<SeriesRecord>;
  /** What was received in a window of time, by series; the newest series first. */
  activity(window: Window): Promise<SeriesActivity[]>;
  subsystemCounts(): Promise<SubsystemCount[]>;
  counts(): Promise<Counts>;
  /** How many series had a cover or patch received from a moment (ISO UTC) on. */
  seriesSince(since: string): Promise<number>;
  freshness(): Promise<Freshness>;
  /** A person's word on two messages, by Message.id: their series are worked out again. */
  correct(correction: Correction, by: string, now: string): Promise<void>;
  corrections(): Promise<StoredCorrection[]>;
  /** A small value by its name, kept in this database; null where there is none. */
  markOf(name: string): Promise<string | null>;
  mark(name: string, value: string): Promise<void>;
  /** Corrects what a clock that was once ahead left in the future; `nowMs` must be right. */
  correctTimes(nowMs: number): Promise<CorrectedTimes>;
  readonly sources: SourceStates;
  readonly readings: Readings;
  readonly remove: RemoveMessages;
  /** Drops the raw bodies of mail that was received before a moment (ISO UTC), and nothing else; answers with how many. */
  dropBodies(before: string): Promise<number>;
  /** Writes a whole copy while the database is in use. */
  backup(path: string): Promise<void>;
  /** Why nothing can be stored at the moment: the disk is full, the file was deleted or replaced …; null where nothing is known to be wrong. */
  trouble(): UserError | null;
  /** Reads every page. Throws UserError where the file is damaged. */
  checkIntegrity(): void;
  close(): Promise<void>;
}

/** Opens the database that a URL or path names, making it where there is none. Throws UserError for all that a person can mend. */
export async function openStore(url: string, options: StoreOptions): Promise<Store> {
  const path = databasePath(url);
  const { db, sqlite, run, file, lastFailure } = await openDatabase(path);
  const { readMeta, writeMeta } = metaStatements(db);
  const search = createSearchIndex(db);
  const writer = createMessageWriter(db);
  const reader = createSeriesReader(db, search);
  // Asked once a mail; while nothing is being written it need not queue for the connection.
  const unqueued: Runner = {
    getExecutor: () => db.getExecutor(),
    executeQuery: (query) => db.executeQuery(query),
  };
  runDirectly(unqueued, run);
  const journal = createReadingJournal(path);
  let writing = 0;
  const inTransaction = async <T>(work: (on: Db) => Promise<T>): Promise<T> => {
    writing++;
    try {
      return await db.transaction().execute((on) => {
        runDirectly(on, run);
        return work(on);
      });
    } catch (error) {
      search.forget();
      throw mendable(error, path);
    } finally {
      writing--;
    }
  };

  const derivation = createDerivation({ db, rules: options.rules, search, inTransaction });
  let isResumed = false;

  return {
    path,
    chat: createChatStore(db, inTransaction),
    hasCopy: async (hash) =>
      (await writer.statements.hasCopyHash(writing > 0 ? db : unqueued, { hash: Buffer.from(hash) })).length >
      0,
    async ingestBatch(mails, now) {
      const { counts, due } = await inTransaction(async (on) => {
        const before = await derivation.newestSeq(on);
        const written = await writer.write(on, mails, now);
        const due = await derivation.mark(on, written, before, now);
        await writeMeta(on, { name: 'last ingest', value: now });
        return { counts: written.counts, due };
      });
      const derived = due.length === 0 ? { series: 0, abandoned: [] } : await derivation.derive(due, now);
      return { ...counts, ...derived };
    },
    async resume(now) {
      const { abandoned } = await derivation.resume(isResumed ? minutesBefore(now) : END_OF_TIME, now);
      isResumed = true;
      return abandoned;
    },
    search: reader.search,
    nearest: reader.nearest,
    seriesById: reader.byId,
    seriesByMessage: reader.byMessage,
    allSeries: reader.all,
    ...createGroupReader(db),
    activity: createActivityReader(db),
    ...createCounter(db),
    ...createCorrections(db, inTransaction, derivation),
    ...createReindexing(db, inTransaction, derivation),
    sources: createSourceStates(db),
    readings: { journal, turns: createTurns(), quarantine: createQuarantine(db) },
    remove: createRemoval(db, inTransaction, derivation.deriveWithin),
    markOf: async (name) => (await readMeta(db, { name: `mark ${name}` }))[0]?.value ?? null,
    mark: async (name, value) => void (await writeMeta(db, { name: `mark ${name}`, value })),
    correctTimes: (nowMs) => inTransaction((on) => correctFutureTimes(on, nowMs)),
    ...createRetention(db),
    async backup(to) {
      try {
        await sqlite.backup(to);
      } catch (error) {
        throw mendable(error, to);
      }
    },
    trouble: () => (file.isInPlace() ? lastFailure() : replacedDatabase(path)),
    checkIntegrity() {
      try {
        const found = sqlite.pragma('quick_check(1)', { simple: true });
        if (found !== 'ok') throw damagedDatabase(path, found);
      } catch (error) {
        throw mendable(error, path);
      }
    },
    async close() {
      journal.close();
      await db.destroy();
    },
  };
}

const END_OF_TIME = '9999';
/** Another process may be about to derive what was stored just now. */
const UNATTENDED_MS = 120_000;

function minutesBefore(now: string): string {
  return `${new Date(Date.parse(now) - UNATTENDED_MS).toISOString().slice(0, 19)}Z`;
}
