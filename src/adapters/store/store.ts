import type { UserError } from '../../digest/failure/failure.js';
import type { SeriesActivity } from '../../digest/plan/activity.js';
import type { LastReply } from '../../digest/plan/own-state.js';
import type { SearchFilters, SearchQuery } from '../../digest/search/search-query.js';
import type { SeriesGroup } from '../../digest/series/group.js';
import type { ReplyMail } from '../../digest/series/named-mail.js';
import type { PostingFacts } from '../../digest/series/posting-facts.js';
import type { SeriesRecord } from '../../digest/series/record.js';
import { createActivityReader, type Window } from './activity.js';
import { createAnsweredReader } from './answered-postings.js';
import { type ChatStore, createChatStore } from './chat/chat-store.js';
import { readCorrections, type StoredCorrection } from './corrections.js';
import { type Counts, createCounter, type Freshness, type SubsystemCount } from './counts.js';
import { createDecidedReader, type DecidedSeries } from './decided-series.js';
import type { Engine } from './engine/engine.js';
import { engineSql } from './engine/engine-sql.js';
import type { Locks } from './engine/locks.js';
import { openEngine } from './engine/open-engine.js';
import type { Wakeups } from './engine/wakeups.js';
import { type CorrectedTimes, correctFutureTimes } from './future-times.js';
import { createLastReplyReader } from './last-replies.js';
import { storedCopies } from './mail-rows.js';
import { createMailTimes } from './mail-times.js';
import { readMeta, writeMeta } from './meta.js';
import { createQuarantine, type Quarantine } from './quarantine.js';
import type { ReadingJournal } from './reading-journal.js';
import { createRetention } from './retention.js';
import type { Db } from './schema.js';
import type { SearchIndex } from './search-index.js';
import { createGroupReader } from './series-group.js';
import {
  createSeriesReader,
  type HitRange,
  type RecentOf,
  type SeriesHit,
  type SeriesTitle,
} from './series-reader.js';
import { createSourceStates, type SourceStates } from './source-states.js';
import {
  createSubsystemSeriesReader,
  type SubsystemSeries,
  type SubsystemSeriesQuestion,
} from './subsystem-series.js';
import { createTurns, type Turns } from './turns.js';
import { createWrittenSummaries, type WrittenSummaries } from './written-summaries.js';

/** What keeps one mail from stopping all reading: see bot/ingest/careful.ts. */
export interface Readings {
  readonly journal: ReadingJournal;
  /** Of everything that is read in this process. */
  readonly turns: Turns;
  readonly quarantine: Quarantine;
}

/** What bot/ingest writes mail and everything that follows from it with. */
export interface StoreTables {
  readonly db: Db;
  readonly search: SearchIndex;
  /** One writer at a time; the work may read what it wrote. */
  readonly inTransaction: <T>(work: (on: Db) => Promise<T>) => Promise<T>;
}

/** The database: statements, rows and search. What they are written for is decided in bot/ingest. */
export interface Store {
  /** For people: the path of a file, or a URL without its password. */
  readonly name: string;
  /** The path of its file, also `:memory:`; null if it is on a server. */
  readonly file: string | null;
  /** Work that one process does for all. */
  readonly locks: Locks;
  readonly wakeups: Wakeups;
  /** What chats need remembered. */
  readonly chat: ChatStore;
  /** Summaries that a language model writes. */
  readonly written: WrittenSummaries;
  readonly tables: StoreTables;
  /** Those of these very copies of mails that were stored, in hexadecimal: they need not be read at all. */
  storedCopies(copyHashes: readonly Uint8Array[]): Promise<Set<string>>;
  /**
   * Answers a query, the best first: title words, parts of words, typos, people, patch titles, Message-IDs and links to archives, and
   * filters. A text is a query without filters.
   */
  search(query: SearchQuery | string, range: HitRange | number): Promise<SeriesHit[]>;
  /** What `search` finds, by titles alone; where that is nothing, what holds some of the words. For suggestions, which must be fast. */
  titles(query: SearchQuery, limit: number): Promise<SeriesTitle[]>;
  /** Where `search` finds nothing: series that hold some of the words. */
  nearest(query: string, limit: number): Promise<SeriesHit[]>;
  /** The newest and most active series: of what is followed, or of all (null). */
  recent(of: RecentOf | null, limit: number): Promise<SeriesHit[]>;
  /** The newest open series that match the filters, up to a number; those that went stale are among them. */
  openSeries(filters: SearchFilters, limit: number): Promise<SeriesRecord[]>;
  /** The decided series of some people (addresses, lower case) with mail since a moment (ISO UTC), the newest first, at most 500; and at most 200 pull requests. */
  decidedSeries(emails: Iterable<string>, since: string): Promise<DecidedSeries>;
  /** By SeriesRecord.id. */
  seriesById(id: string): Promise<SeriesRecord | null>;
  /** The series that holds a message now, as a member or as a reply to one; by Message.id. */
  seriesByMessage(messageId: string): Promise<SeriesRecord | null>;
  /** How a series came together: its postings and what joined them; by SeriesRecord.id. */
  groupOf(seriesId: string): Promise<SeriesGroup | null>;
  /** The posting (Revision.id) in which a message is, or of which it speaks; by Message.id. */
  postingOf(messageId: string): Promise<string | null>;
  /** Who wrote a mail, and the cover or patch that it is about; by Message.id, null if it is not here. */
  replyMail(messageId: string): Promise<ReplyMail | null>;
  /** The display facts of the mails of postings, by Message.id; those that are not here, and replies, are left out. */
  postingFacts(ids: readonly string[]): Promise<Map<string, PostingFacts>>;
  /** Mails as they were received, by Message.id; those that are not here, or whose body was dropped, are left out. */
  mails(ids: readonly string[]): Promise<Map<string, Uint8Array>>;
  /** When mails were received, ISO UTC, by Message.id. */
  mailTimes(ids: readonly string[]): Promise<Map<string, string>>;
  /** Of some series (SeriesRecord.id), the postings (Revision.id) that someone answered from one of these addresses, also from one with a `+tag`. */
  answeredPostings(seriesIds: readonly string[], emails: readonly string[]): Promise<Set<string>>;
  /** Of some series (SeriesRecord.id), the last reply that a person wrote; those without one are left out. */
  lastReplies(seriesIds: readonly string[]): Promise<Map<string, LastReply>>;
  /** Every series, in the order in which they were first stored. */
  allSeries(): AsyncIterableIterator<SeriesRecord>;
  /** What was received in a window of time, by series; the newest series first. */
  activity(window: Window): Promise<SeriesActivity[]>;
  subsystemCounts(): Promise<SubsystemCount[]>;
  /** The slugs of all subsystems that any series is of. */
  subsystemSlugs(): Promise<string[]>;
  /** A page of the series of a subsystem. */
  subsystemSeries(question: SubsystemSeriesQuestion): Promise<SubsystemSeries>;
  counts(): Promise<Counts>;
  /** How many series had a cover or patch received from a moment (ISO UTC) on. */
  seriesSince(since: string): Promise<number>;
  freshness(): Promise<Freshness>;
  corrections(): Promise<StoredCorrection[]>;
  /** A small value by its name, kept in this database; null if there is none. */
  markOf(name: string): Promise<string | null>;
  mark(name: string, value: string): Promise<void>;
  /** Corrects what a clock that was once ahead left in the future; `nowMs` must be right. */
  correctTimes(nowMs: number): Promise<CorrectedTimes>;
  readonly sources: SourceStates;
  readonly readings: Readings;
  /** Drops the raw bodies of mail that was received before a moment (ISO UTC), and nothing else; returns how many. */
  dropBodies(before: string): Promise<number>;
  /** Writes a whole copy to a file while the database is in use. Throws UserError if a server has its own tool for that. */
  backup(path: string): Promise<void>;
  /** Why nothing can be stored at the moment: the disk is full, the file was replaced, the server away …; null if nothing is known to be wrong. */
  trouble(): UserError | null;
  /** How many SQL statements were run over this connection. */
  statements(): number;
  /** Checks a file to its last page, or a server for all that covernote needs; returns what is worth reporting. Throws UserError. */
  check(nowMs: number): Promise<readonly string[]>;
  /** Removes everything that is in it, and closes it. */
  erase(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the database that a URL or path names, making it if there is none. Throws UserError for all that a person can fix. */
export async function openStore(url: string): Promise<Store> {
  return storeOn(await openEngine(url));
}

function storeOn(engine: Engine): Store {
  const { db, name, file, journal, locks, wakeups, trouble, backup, check, statements, erase, close } =
    engine;
  const { search } = engineSql(db);
  const reader = createSeriesReader(db, search);
  return {
    name,
    file,
    locks,
    wakeups,
    tables: { db, search, inTransaction: (work) => engine.inTransaction('mail', work) },
    chat: createChatStore(db, (work) => engine.inTransaction('chat', work)),
    written: createWrittenSummaries(db),
    storedCopies: (hashes) => storedCopies(db, hashes),
    search: reader.search,
    titles: reader.titles,
    nearest: reader.nearest,
    recent: reader.recent,
    openSeries: reader.open,
    decidedSeries: createDecidedReader(db),
    seriesById: reader.byId,
    seriesByMessage: reader.byMessage,
    allSeries: reader.all,
    ...createGroupReader(db),
    mailTimes: createMailTimes(db),
    answeredPostings: createAnsweredReader(db),
    lastReplies: createLastReplyReader(db),
    activity: createActivityReader(db),
    ...createCounter(db),
    subsystemSeries: createSubsystemSeriesReader(db),
    corrections: () => readCorrections(db),
    sources: createSourceStates(db),
    readings: { journal, turns: createTurns(), quarantine: createQuarantine(db) },
    markOf: (name) => readMeta(db, `mark ${name}`),
    mark: (name, value) => writeMeta(db, `mark ${name}`, value),
    correctTimes: (nowMs) => engine.inTransaction('all', (on) => correctFutureTimes(on, nowMs)),
    ...createRetention(db),
    trouble,
    backup,
    check,
    statements,
    erase,
    close,
  };
}
