import { randomBytes } from 'node:crypto';
import {
  type OrphanedReading,
  type ReadingJournal,
  type ReadingRecord,
  type RecordRow,
  toRecord,
  toRow,
} from '../reading-journal.js';
import { lockKey, type PostgresSession } from './postgres-session.js';

/**
 * The notes of each process in a table, under its own number, for which it holds an advisory lock: the server releases it when the process, or
 * its machine, is gone.
 */
export function postgresJournal(session: PostgresSession): ReadingJournal {
  const own = randomBytes(6).readUIntBE(0, 6);
  let last = 0;
  let done: number[] = [];
  // An advisory lock keeps out other processes, not another reader of this one.
  const adopting = new Set<number>();
  const takeDone = (): number[] => {
    const taken = done;
    done = [];
    return taken;
  };
  return {
    async begin(record: ReadingRecord) {
      await session.keep(keyOf(own));
      const id = ++last;
      const { hashes, alone, body } = toRow(record);
      await session.query(
        `with struck as (delete from reading where session = $1 and id = any($2::bigint[]))
         insert into reading (session, id, hashes, alone, body) values ($1, $3, $4, $5, $6)`,
        [own, takeDone(), id, hashes, alone, body],
      );
      return () => void done.push(id);
    },
    async settle() {
      if (done.length === 0) return;
      await session.query('delete from reading where session = $1 and id = any($2::bigint[])', [
        own,
        takeDone(),
      ]);
    },
    async orphans() {
      const sessions = await session.query<{ session: number }>(
        'select distinct session from reading where session <> $1 order by session',
        [own],
      );
      const found: OrphanedReading[] = [];
      for (const { session: other } of sessions) {
        if (adopting.has(other)) continue;
        adopting.add(other);
        const orphan = await adopt(session, other);
        if (orphan === null) adopting.delete(other);
        else found.push(orphan);
      }
      return found;
    },
    async close() {
      if (last > 0) await session.query('delete from reading where session = $1', [own]);
    },
  };
}

const keyOf = (session: number): string => lockKey(`reading ${session}`);

/** The notes of a dead process; null if it lives, or if another is adopting them. */
async function adopt(session: PostgresSession, other: number): Promise<OrphanedReading | null> {
  const key = keyOf(other);
  const [lock] = await session.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [key]);
  if (lock?.taken !== true) return null;
  const rows = await session.query<RecordRow>(
    'select hashes, alone, body from reading where session = $1 order by id',
    [other],
  );
  return {
    records: rows.map(toRecord),
    async forget() {
      await session.query('delete from reading where session = $1', [other]);
      await session.query('select pg_advisory_unlock($1)', [key]);
    },
  };
}
