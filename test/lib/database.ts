import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll } from 'vitest';
import { openStore } from '../../src/adapters/store/store.js';

/**
 * The server on which tests make their databases, as its administrator: `postgres://postgres@127.0.0.1:5432/postgres`. Without it they run on
 * SQLite in memory.
 */
const SERVER = process.env.COVERNOTE_TEST_POSTGRES ?? '';

/** Whether tests run on PostgreSQL. */
export const onPostgres = SERVER !== '';

const MIGRATIONS = new URL('../../src/adapters/store/', import.meta.url);
/** Any number: of all that make the template at once, one does. */
const TEMPLATE_LOCK = 20_260_816;

const made: string[] = [];
afterAll(async () => {
  if (made.length === 0) return;
  await asAdministrator(async (client) => {
    for (const name of made.splice(0)) await client.query(`drop database if exists ${name} with (force)`);
  });
});

/** The URL of an empty database of its own, on the engine on which tests run. */
export async function newDatabase(): Promise<string> {
  if (!onPostgres) return 'sqlite::memory:';
  const name = `covernote_test_${process.pid}_${made.length}_${Date.now().toString(36)}`;
  made.push(name);
  await asAdministrator(async (client) => {
    const template = await makeTemplate(client);
    await client.query(`create database ${name} template ${template}`);
  });
  return urlOf(name);
}

/** A database without any table, on PostgreSQL. */
export async function newBareDatabase(): Promise<string> {
  const name = `covernote_test_${process.pid}_${made.length}_${Date.now().toString(36)}`;
  made.push(name);
  await asAdministrator((client) => client.query(`create database ${name}`));
  return urlOf(name);
}

/** Making the tables takes ten times as long as a copy of them. */
async function makeTemplate(client: pg.Client): Promise<string> {
  const name = `covernote_template_${migrationsHash()}`;
  await client.query(`select pg_advisory_lock(${TEMPLATE_LOCK})`);
  try {
    const { rows } = await client.query('select from pg_database where datname = $1', [name]);
    if (rows.length > 0) return name;
    await client.query(`create database ${name}_new`);
    await (await openStore(urlOf(`${name}_new`))).close();
    await client.query(`alter database ${name}_new rename to ${name}`);
    return name;
  } finally {
    await client.query(`select pg_advisory_unlock(${TEMPLATE_LOCK})`);
  }
}

function migrationsHash(): string {
  const hash = createHash('sha256');
  for (const folder of ['migrations', 'engine'])
    for (const file of readdirSync(new URL(`${folder}/`, MIGRATIONS)).sort())
      hash.update(readFileSync(new URL(`${folder}/${file}`, MIGRATIONS)));
  return hash.digest('hex').slice(0, 12);
}

async function asAdministrator<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: SERVER });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(SERVER);
  url.pathname = `/${database}`;
  return url.href;
}

/** How often a property is tried: a database of its own costs ten times as much on a server as in memory. */
export function tries(inMemory: number): number {
  return onPostgres ? Math.ceil(inMemory / 8) : inMemory;
}
