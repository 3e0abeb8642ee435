import type { Generated, Kysely } from 'kysely';
import type { StateName } from '../../digest/claims/claim.js';
import type { ChatTables } from './chat/chat-schema.js';
import type { QuarantineTables } from './quarantine-schema.js';
import type { SourceTables } from './source-schema.js';
import type { WrittenTables } from './written-schema.js';

/**
 * The tables, as kysely sees them. Times are ISO text in UTC, flags 0 or 1, documents JSON text.
 * `raw`, `copy` and `correction` are what cannot be made again; all else is derived from them.
 */
export interface Tables extends ChatTables, SourceTables, QuarantineTables, WrittenTables {
  message: MessageTable;
  message_document: MessageDocumentTable;
  raw: RawTable;
  copy: CopyTable;
  /** `message_id`: null for what came before it was noted. */
  copy_hash: { hash: Buffer; message_id: number | null };
  cluster_key: { key: number; component: number };
  cluster_alias: { component: number; into_component: number };
  revision: RevisionTable;
  underived: UnderivedTable;
  /** Messages that could not be derived, as it took too long or failed: their clusters are left as they are. */
  derive_failure: { message_id: number; code: string; detail: string; failed_at: string };
  link_key: { key: number; component: number };
  /** By which keys pull requests (their first mail) name the patches that they list. */
  pull_key: { key: number; message_id: number };
  link_alias: { component: number; into_component: number };
  series: SeriesTable;
  series_head: SeriesHeadTable;
  series_subsystem: { series_id: number; slug: string; name: string; is_primary: number };
  correction: CorrectionTable;
  word: { id: Generated<number>; word: string };
  meta: { name: string; value: string };
}

interface MessageTable {
  id: Generated<number>;
  /** Message.id: the Message-ID, or `sha256:` and the content hash. */
  key: string;
  kind: string;
  author_email: string;
  bot: number;
  date: string | null;
  /** When the list had it; the mail's own date if no source reported it. Windows of time go by it. */
  received: string | null;
  /** The set of messages that may be joined with it: see components.ts. */
  component: number;
  /** The revision of which it is a member. */
  revision_id: number | null;
  /** The cover or patch that it is about, for replies and notices. */
  target_id: number | null;
  /** The series that holds it, as a member or by its target. */
  series_id: number | null;
  /** 1 if it has a review tag or says something about a posting's state. */
  speaks: Generated<number>;
}

/** A message that is stored, and from which nothing has been derived yet. */
export interface UnderivedTable {
  message_id: number;
  /** The first seq of its batch: delivery waits for what is derived. */
  seq: number;
  /** `new`; `replaced`: read from another copy now; `changed`: only its lists did. */
  why: 'new' | 'replaced' | 'changed';
  /** 1 if no message named it before it came. */
  unnamed: number;
  /** How often it was begun. */
  attempts: number;
  marked_at: string;
}

/** What was understood of a message; separate from its row, which is rewritten whenever something joins it. */
interface MessageDocumentTable {
  message_id: number;
  /** JoinFacts. */
  facts: string;
  /** PostingFacts; null for replies, of which nothing else is displayed. */
  posting: string | null;
}

/** The bodies, one for each content that was sent under a Message-ID: nearly always one. */
interface RawTable {
  id: Generated<number>;
  message_id: number;
  content_hash: string;
  copy_hash: Buffer;
  /** 1 for the one that the message was read from. */
  canonical: number;
  received: string | null;
  /** What the source reported, needed to read it again. */
  source_list: string | null;
  source_received: string | null;
  source_problems: string;
  /** The lists that this copy came over, JSON. */
  lists: string;
  /** Compressed: see raw-body.ts. */
  body: Buffer;
}

/** Our own order of arrival: one row for each list that a message came over. */
interface CopyTable {
  seq: Generated<number>;
  message_id: number;
  /** '' if no list is known. */
  list: string;
  received: string | null;
  arrived_at: string;
}

interface RevisionTable {
  /** The message that represents it (Revision.id). */
  id: number;
  component: number;
  series_id: number | null;
  received: string | null;
  /** Revision. */
  document: string;
}

interface SeriesTable {
  id: Generated<number>;
  /** SeriesRecord.id. */
  key: string;
  updated: string | null;
  /** The words of the title, to find a title that was given whole. */
  title_key: string;
  /** The row of the search index; orders by `updated`. */
  search_row: number;
  /** Which revisions and why: JSON of {revisions: Revision.id[], links}. */
  joined: string;
  /** SeriesRecord. */
  document: string;
}

/** What series are ranked by, read of every candidate. */
interface SeriesHeadTable {
  /** SeriesTable.search_row. */
  row: number;
  key: string;
  version: string;
  title: string;
  people: string;
  updated: string | null;
  activity: number;
  state: StateName;
}

interface CorrectionTable {
  id: Generated<number>;
  kind: 'link' | 'unlink';
  a: string;
  b: string;
  made_at: string;
  made_by: string;
}

export type Db = Kysely<Tables>;
