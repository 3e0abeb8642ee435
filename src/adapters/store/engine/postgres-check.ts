import { sql } from 'kysely';
import { UserError } from '../../../digest/failure/failure.js';
import type { Db } from '../schema.js';

/** Identity columns, trusted extensions (a database's owner may create pg_trgm): all that are maintained today. */
export const OLDEST_VERSION = 13;

/** If clocks differ by more than this, our times are wrong for other processes by more than any wait of covernote. */
const CLOCKS_DIFFER_MS = 60_000;
const PINGS = 5;

/** For `doctor`: version, extension, rights, latency and clock of a server. Throws UserError if one of them is wrong. */
export async function checkPostgres(db: Db, name: string, nowMs: number): Promise<readonly string[]> {
  const { rows } = await sql<{
    version: string;
    trgm: string | null;
    writes: boolean;
    standby: boolean;
    ms: number;
  }>`
    select current_setting('server_version') as version,
      (select extversion from pg_extension where extname = 'pg_trgm') as trgm,
      has_schema_privilege(current_schema(), 'create') and has_table_privilege('message', 'insert, update, delete') as writes,
      pg_is_in_recovery() as standby,
      extract(epoch from clock_timestamp()) * 1000 as ms`.execute(db);
  const [found] = rows;
  if (found === undefined) throw new Error('the server answered nothing');
  if (found.trgm === null)
    throw new UserError(
      'database-extension',
      `${name} lacks the extension pg_trgm.`,
      'Run `create extension pg_trgm` in the database as an administrator.',
    );
  if (!found.writes || found.standby)
    throw new UserError(
      'database-rights',
      `${name} ${found.standby ? 'is a standby, which cannot be written' : 'does not let covernote create and write tables'}.`,
      'Give the primary server in DATABASE_URL, and a user who owns the database.',
    );
  const apartMs = Math.abs(found.ms - nowMs);
  if (apartMs > CLOCKS_DIFFER_MS)
    throw new UserError(
      'database-clock',
      `The clock of ${name} is ${Math.round(apartMs / 1000)} s apart from the clock of this machine.`,
      'Set both by NTP.',
    );
  return [
    `PostgreSQL ${found.version}`,
    `pg_trgm ${found.trgm}`,
    `${(await latencyMs(db)).toFixed(1)} ms away`,
  ];
}

/** The middle of a few questions that take no time. */
async function latencyMs(db: Db): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < PINGS; i++) {
    const began = performance.now();
    await sql`select 1`.execute(db);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(PINGS / 2)] ?? 0;
}
