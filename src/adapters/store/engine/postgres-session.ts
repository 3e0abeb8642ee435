import { createHash } from 'node:crypto';
import { Client } from 'pg';
import type { Lock, Locks } from './locks.js';
import { toPostgresFailure } from './postgres-errors.js';
import { clientConfig } from './postgres-pool.js';

/** A server that hears nothing from us for this long gives our locks to others; see `TCP`. */
const BEAT_MS = 10_000;
const ANSWER_MS = 10_000;
/** The server notices within 25 s that the machine of a connection is gone. Ignored on a local socket. */
const TCP =
  'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3; set tcp_user_timeout = 20000';

/**
 * A separate connection for what lasts as long as it does: locks, and notifications. It is opened when first needed, and again after it was
 * lost.
 */
export interface PostgresSession {
  readonly locks: Locks;
  query<Row>(text: string, parameters: readonly unknown[]): Promise<Row[]>;
  /** Holds a lock from now on, and again after each loss of the connection. */
  keep(key: string): Promise<void>;
  /** Calls this whenever a process has sent a notification; see `CHANNEL`. */
  onNotify(heard: () => void): void;
  close(): Promise<void>;
}

/** On which processes wake each other. */
export const CHANNEL = 'covernote';
/** How often a lost listening connection is tried again; due work is still found meanwhile. */
const LISTEN_AGAIN_MS = 15_000;

/** The number of an advisory lock: 63 bits of a hash of its name. */
export function lockKey(name: string): string {
  return String(createHash('sha256').update(`covernote ${name}`).digest().readBigInt64BE(0));
}

interface Connected {
  /** One statement after another. */
  readonly ask: <Row>(text: string, parameters?: readonly unknown[]) => Promise<Row[]>;
  readonly end: () => Promise<void>;
  /** Aborted when it ends, however it ends. */
  readonly ended: AbortController;
  readonly held: Set<string>;
}

export function openSession(url: string, name: string): PostgresSession {
  const kept = new Set<string>();
  const listeners: (() => void)[] = [];
  let isClosed = false;
  let current: Promise<Connected> | null = null;

  const connect = async (): Promise<Connected> => {
    const client = new Client({ ...clientConfig(url), query_timeout: ANSWER_MS });
    const ended = new AbortController();
    const end = (): void => {
      if (ended.signal.aborted) return;
      clearInterval(beat);
      current = null;
      ended.abort();
      client.end().catch(() => undefined);
    };
    client.on('error', end);
    client.on('end', end);
    let last: Promise<unknown> = Promise.resolve();
    const ask = <Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
      const answer = last.then(async () => (await client.query(text, [...parameters])).rows as Row[]);
      last = answer.catch(() => undefined);
      return answer;
    };
    const beat = setInterval(() => void ask('select 1').catch(end), BEAT_MS);
    beat.unref();
    try {
      await client.connect();
      await client.query(`${TCP}; set synchronous_commit = off`);
      for (const key of kept) await ask('select pg_advisory_lock($1)', [key]);
      client.on('notification', () => {
        for (const heard of listeners) heard();
      });
      if (listeners.length > 0) await ask(`listen ${CHANNEL}`);
    } catch (error) {
      end();
      throw toPostgresFailure(error, name);
    }
    return { ask, end: () => client.end(), ended, held: new Set() };
  };
  const connected = (): Promise<Connected> => {
    current ??= connect();
    return current;
  };
  const query = async <Row>(text: string, parameters: readonly unknown[]): Promise<Row[]> => {
    try {
      return await (await connected()).ask<Row>(text, parameters);
    } catch (error) {
      throw toPostgresFailure(error, name);
    }
  };
  return {
    query,
    async keep(key) {
      if (kept.has(key)) return;
      kept.add(key);
      await query('select pg_advisory_lock($1)', [key]);
    },
    locks: {
      async tryTake(of) {
        try {
          return await take(await connected(), lockKey(of));
        } catch (error) {
          throw toPostgresFailure(error, name);
        }
      },
    },
    onNotify(heard) {
      listeners.push(heard);
      if (listeners.length > 1) return;
      const listen = async (): Promise<void> => {
        const { ask, ended } = await connected();
        await ask(`listen ${CHANNEL}`);
        ended.signal.addEventListener('abort', again, { once: true });
      };
      const again = (): void => {
        if (!isClosed) setTimeout(() => void listen().catch(again), LISTEN_AGAIN_MS).unref();
      };
      void listen().catch(again);
    },
    async close() {
      isClosed = true;
      const last = await current?.catch(() => null);
      await last?.end().catch(() => undefined);
    },
  };
}

/** A connection takes its own lock any number of times: what this process holds already is not free. */
async function take({ ask, ended, held }: Connected, key: string): Promise<Lock | null> {
  if (held.has(key)) return null;
  held.add(key);
  const isTaken = await ask<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [key])
    .then((rows) => rows[0]?.taken === true)
    .finally(() => held.delete(key));
  if (!isTaken) return null;
  held.add(key);
  return {
    lost: ended.signal,
    async release() {
      if (!held.delete(key) || ended.signal.aborted) return;
      await ask('select pg_advisory_unlock($1)', [key]).catch(() => undefined);
    },
  };
}
