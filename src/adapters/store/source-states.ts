import { sql } from 'kysely';
import type { TrackerEvidence } from '../../digest/state/tracker-evidence.js';
import type { Db } from './schema.js';
import { setOf } from './sets.js';
import type { SourceTable, TrackerEvidenceTable } from './source-schema.js';

/** How a live source fares. */
export interface SourceState {
  readonly name: string;
  readonly cursor: string | null;
  readonly lastAttempt: string | null;
  /** When it was last read to its end. */
  readonly lastSuccess: string | null;
  readonly lastMail: string | null;
  readonly nextAttempt: string | null;
  readonly behind: number | null;
  /** In a row. */
  readonly failures: number;
  /** The last failure; it is kept until the next success. */
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly remedy: string;
    readonly at: string;
  } | null;
  readonly audit: { readonly holes: number; readonly at: string } | null;
}

export interface SourceFailure {
  readonly code: string;
  readonly message: string;
  /** '' if only time helps. */
  readonly remedy: string;
}

/** What is kept about live sources, by their names. All times are ISO UTC. */
export interface SourceStates {
  get(name: string): Promise<SourceState | null>;
  all(): Promise<SourceState[]>;
  begun(name: string, at: string): Promise<void>;
  /** It was read to its end. */
  succeeded(name: string, at: string, nextAttempt: string | null): Promise<void>;
  failed(name: string, at: string, failure: SourceFailure, nextAttempt: string | null): Promise<void>;
  /** To be called when all mail before the cursor is committed. */
  setCursor(name: string, cursor: string): Promise<void>;
  /** Counts mails that it gave. */
  gave(name: string, mails: number, at: string): Promise<void>;
  setBehind(name: string, behind: number | null): Promise<void>;
  audited(name: string, holes: number, at: string): Promise<void>;
  /** Mails that it gave since a moment, by whole days (UTC). */
  given(name: string, since: string): Promise<number>;
  /** Those of some messages that are not here, by Message.id. */
  missing(messageIds: readonly string[]): Promise<string[]>;
  /** Keeps a tracker's word; of two on the same matter the later stays. */
  addEvidence(evidence: TrackerEvidence): Promise<void>;
  /** By Message.id, oldest first. */
  evidenceOf(messageIds: readonly string[]): Promise<TrackerEvidence[]>;
}

/** Patchwork's own limit. */
const MAX_CONTEXT = 255;
const NEW = { failures: 0 };
const NO_ERROR = { failures: 0, error_code: null, error: null, error_remedy: null, error_at: null };

export function createSourceStates(db: Db): SourceStates {
  const set = async (name: string, columns: Partial<SourceTable>): Promise<void> => {
    await db
      .insertInto('source')
      .values({ ...NEW, ...columns, name })
      .onConflict((c) => c.column('name').doUpdateSet(columns))
      .execute();
  };
  const present = (on: Db, keys: Iterable<string>) =>
    on.selectFrom('message').select('key').where('key', 'in', setOf(on, keys)).execute();
  const select = () => db.selectFrom('source').selectAll();
  return {
    async get(name) {
      const row = await select().where('name', '=', name).executeTakeFirst();
      return row === undefined ? null : toState(row);
    },
    all: async () => (await select().orderBy('name').execute()).map(toState),
    begun: (name, at) => set(name, { last_attempt: at }),
    succeeded: (name, at, nextAttempt) =>
      set(name, { last_success: at, next_attempt: nextAttempt, behind: 0, ...NO_ERROR }),
    async failed(name, at, { code, message, remedy }, nextAttempt) {
      const error = { error_code: code, error: message, error_remedy: remedy, error_at: at };
      await db
        .insertInto('source')
        .values({ ...error, name, failures: 1, next_attempt: nextAttempt })
        .onConflict((c) =>
          c
            .column('name')
            .doUpdateSet({ ...error, next_attempt: nextAttempt, failures: sql`source.failures + 1` }),
        )
        .execute();
    },
    setCursor: (name, cursor) => set(name, { cursor }),
    async gave(name, mails, at) {
      await set(name, { last_mail: at });
      await db
        .insertInto('source_day')
        .values({ name, day: at.slice(0, 10), mails })
        .onConflict((c) =>
          c.columns(['name', 'day']).doUpdateSet({ mails: sql`source_day.mails + excluded.mails` }),
        )
        .execute();
    },
    setBehind: (name, behind) => set(name, { behind }),
    audited: (name, holes, at) => set(name, { holes, audited_at: at }),
    async given(name, since) {
      const row = await db
        .selectFrom('source_day')
        .select((e) => e.fn.sum<number | null>('mails').as('mails'))
        .where('name', '=', name)
        .where('day', '>=', since.slice(0, 10))
        .executeTakeFirst();
      return Number(row?.mails ?? 0);
    },
    async missing(messageIds) {
      const here = new Set((await present(db, [...new Set(messageIds)])).map(({ key }) => key));
      return messageIds.filter((id) => !here.has(id));
    },
    ...createEvidence(db),
  };
}

function createEvidence(db: Db): Pick<SourceStates, 'addEvidence' | 'evidenceOf'> {
  return {
    async addEvidence({ messageId, tracker, what, by, at }) {
      const reported =
        what.kind === 'state'
          ? { word: what.state, describes: '', url: null }
          : { word: what.result, describes: what.describes, url: what.url };
      const columns = { ...reported, said_by: by, at };
      const key = { message_key: messageId, tracker, kind: what.kind };
      await db
        .insertInto('tracker_evidence')
        .values({
          ...key,
          ...columns,
          context: what.kind === 'check' ? what.context.slice(0, MAX_CONTEXT) : '',
        })
        .onConflict((c) =>
          c
            .columns(['message_key', 'tracker', 'kind', 'context'])
            .doUpdateSet(columns)
            .where('tracker_evidence.at', '<=', at),
        )
        .execute();
    },
    async evidenceOf(messageIds) {
      if (messageIds.length === 0) return [];
      const rows = await db
        .selectFrom('tracker_evidence')
        .selectAll()
        .where('message_key', 'in', [...messageIds])
        .orderBy('at')
        .execute();
      return rows.map(toEvidence);
    },
  };
}

/** A row as the word of a tracker. */
export function toEvidence(row: TrackerEvidenceTable): TrackerEvidence {
  return {
    messageId: row.message_key,
    tracker: row.tracker,
    what:
      row.kind === 'state'
        ? { kind: 'state', state: row.word }
        : {
            kind: 'check',
            context: row.context,
            result: row.word as 'pending' | 'success' | 'warning' | 'fail',
            describes: row.describes,
            url: row.url,
          },
    by: row.said_by,
    at: row.at,
  };
}

function toState(row: SourceTable): SourceState {
  return {
    name: row.name,
    cursor: row.cursor,
    lastAttempt: row.last_attempt,
    lastSuccess: row.last_success,
    lastMail: row.last_mail,
    nextAttempt: row.next_attempt,
    behind: row.behind,
    failures: row.failures,
    error:
      row.error === null
        ? null
        : {
            code: row.error_code ?? '',
            message: row.error,
            remedy: row.error_remedy ?? '',
            at: row.error_at ?? '',
          },
    audit: row.audited_at === null ? null : { holes: row.holes ?? 0, at: row.audited_at },
  };
}
