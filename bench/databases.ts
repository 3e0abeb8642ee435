import { join } from 'node:path';
import pg from 'pg';

/** Gives the URL of an empty database of this name. */
export type Databases = (name: string) => Promise<string>;

/** On SQLite a file in a folder; on a PostgreSQL server, which its `postgres://` URL names, a database that replaces one of the same name. */
export function databasesAt(folder: string, server: string | undefined): Databases {
  if (server === undefined) return async (name) => join(folder, `${name}.db`);
  return async (name) => {
    const database = `covernote_bench_${name}`;
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    try {
      await client.query(`drop database if exists ${database} with (force)`);
      await client.query(`create database ${database}`);
    } finally {
      await client.end();
    }
    const url = new URL(server);
    url.pathname = `/${database}`;
    return url.href;
  };
}
