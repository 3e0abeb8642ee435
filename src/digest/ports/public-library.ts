import type { StateName } from '../claims/claim.js';
import type { Follow } from '../follow/follow.js';
import type { Digest } from '../plan/digest.js';
import type { BoardBounds, Waiting } from '../plan/waiting.js';
import type { Week } from '../plan/weeks.js';
import type { ReceivedWindow } from '../schedule/received-window.js';
import type { Comparison } from '../series/comparison.js';
import type { SeriesRecord } from '../series/record.js';
import type { VersionName } from '../series/version-name.js';
import type { WhySeries } from '../series/why.js';

/**
 * What anyone may ask: pages, feeds, the API and assistants are edges of it. It has nothing about the places and people that use covernote,
 * and changes nothing. Series have their state as of now (stale if they are silent). Throws UserError for what the reader can fix.
 */
export interface PublicLibrary {
  /** When the newest mail was received, ISO UTC; null if there is none. */
  newestMail(): Promise<string | null>;
  /** A search as in the chats: words, filters, Message-IDs, links, and versions after them. */
  search(query: string, range: PageRange): Promise<FoundSeries>;
  /** The series with that id or Message-ID. */
  series(id: string): Promise<SeriesRecord | null>;
  /** The most active ones recently, best first. */
  recent(limit: number): Promise<readonly SeriesRecord[]>;
  /** Two versions of a series, by name, in any order; if none is named, the newest two. */
  compare(series: SeriesRecord, names: readonly VersionName[]): Promise<Comparison>;
  /** When the mails were received that gave its review tags, ISO UTC, by Message.id. */
  tagTimes(series: SeriesRecord): Promise<ReadonlyMap<string, string>>;
  /** Why its mails are one series, without manual corrections, which would show who uses covernote. */
  why(series: SeriesRecord): Promise<WhySeries>;
  /** A follow in the grammar of the chats, such as `kvm -kind:rfc`. */
  readFollow(typed: string): ReadFollow;
  digest(question: PublicDigestQuestion): Promise<Digest>;
  /** What is waiting among the series that these words name (`kvm author:quill`), as for /board; '' for all. */
  waiting(words: string): Promise<FoundWaiting>;
  /** Series with mail that was received in a window, for a follow, the newest mail first, up to a number. */
  heardOf(follow: ReadFollow, window: ReceivedWindow, limit: number): Promise<readonly SeriesRecord[]>;
  /** What can be followed under these words, most series first; everything without words. */
  followable(words: string): Promise<FollowableFound>;
  /** By its slug or another name of it. */
  subsystem(name: string): Promise<PublicSubsystem | null>;
  /**
   * The outcomes of a subsystem's new series by week, for the last weeks up to the one of a moment (milliseconds since 1970); as of a few
   * minutes ago.
   */
  weeks(slug: string, untilMs: number): Promise<readonly Week[]>;
  /** Series of a subsystem as rows of a table. */
  seriesOf(slug: string, question: TableQuestion): Promise<SeriesTable>;
}

export interface PageRange {
  /** From 1. */
  readonly page: number;
  readonly limit: number;
}

export interface FoundSeries {
  /** The one that is meant; null if several are. */
  readonly chosen: SeriesRecord | null;
  /** It has none of the words as they were typed. */
  readonly isGuess: boolean;
  readonly matches: readonly SeriesRecord[];
  readonly hasMore: boolean;
  /** Up to two versions that were named after the words. */
  readonly versions: readonly VersionName[];
  /** If nothing matches: similar titles. */
  readonly near: readonly SeriesRecord[];
}

export interface ReadFollow {
  readonly tree: Follow;
  /** As it is typed after `/follow`; equal for equal follows. */
  readonly words: string;
}

export interface FoundWaiting extends BoardBounds {
  /** The longest wait first. */
  readonly waiting: readonly Waiting[];
}

interface PublicDigestQuestion {
  /** Empty: everything. */
  readonly follows: readonly ReadFollow[];
  readonly window: ReceivedWindow;
  /** How many series a section may show. */
  readonly budget: number;
}

export interface Followable {
  readonly slug: string;
  readonly name: string;
  readonly lists: readonly string[];
  /** Other words for it. */
  readonly aliases: readonly string[];
  /** How many series of it are here. */
  readonly series: number;
}

export interface FollowableFound {
  readonly subsystems: readonly Followable[];
  /** If nothing has this name: similar slugs. */
  readonly near: readonly string[];
}

export interface PublicSubsystem {
  readonly slug: string;
  readonly name: string;
  readonly lists: readonly string[];
  /** Slugs of its parts. */
  readonly parts: readonly string[];
}

export const tableOrders = ['updated', 'title', 'state', 'activity'] as const;
export type TableOrder = (typeof tableOrders)[number];

export interface TableQuestion extends PageRange {
  /** `open`: not decided and not stale. */
  readonly state: 'open' | 'all' | StateName;
  /** Part of a title; '' for all. */
  readonly words: string;
  readonly order: TableOrder;
  readonly descending: boolean;
}

export interface SeriesTable {
  readonly rows: readonly SeriesRecord[];
  readonly total: number;
}
