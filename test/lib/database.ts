import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
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

let made = 0;

/** The number of this process is in the name: what processes left that are gone is dropped by the next one. */
function newName(): string {
  return `covernote_test_${process.pid}_${made++}_${Date.now().toString(36)}`;
}

async function dropOthers(client: pg.Client): Promise<void> {
  if (made > 1) return;
  const { rows } = await client.query<{ datname: string }>(
    "select datname from pg_database where datname like 'covernote_test_%'",
  );
  for (const { datname } of rows)
    if (!isRunning(Number(datname.split('_')[2])))
      await client.query(`drop database if exists ${datname} with (force)`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The URL of a new empty database, on the engine on which tests run. */
export async function newDatabase(): Promise<string> {
  if (!onPostgres) return 'sqlite::memory:';
  const name = newName();
  await asAdministrator(async (client) => {
    const template = await makeTemplate(client);
    await client.query(`create database ${name} template ${template}`);
  });
  return urlOf(name);
}

/**
 * A separate database that has what `fill` writes. Many tests of a file begin with the same mail, and reading it takes thirty times as
 * long as copying the file that holds it; on PostgreSQL each is filled.
 */
export function filledDatabases(fill: (url: string) => Promise<void>): () => Promise<string> {
  let template: Promise<string> | null = null;
  let copies = 0;
  const makeTemplate = async () => {
    const folder = mkdtempSync(join(tmpdir(), 'covernote-filled-'));
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
    await fill(join(folder, 'template.db'));
    return folder;
  };
  return async () => {
    if (onPostgres) {
      const url = await newDatabase();
      await fill(url);
      return url;
    }
    template ??= makeTemplate();
    const folder = await template;
    const path = join(folder, `${copies++}.db`);
    copyFileSync(join(folder, 'template.db'), path);
    return path;
  };
}

/** A database without any table, on PostgreSQL. */
export async function newBareDatabase(): Promise<string> {
  const name = newName();
  await asAdministrator((client) => client.query(`create database ${name}`));
  return urlOf(name);
}

/** Making the tables takes ten times as long as a copy of them. */
async function makeTemplate(client: pg.Client): Promise<string> {
  const name = `covernote_template_${migrationsHash()}`;
  await client.query(`select pg_advisory_lock(${TEMPLATE_LOCK})`);
  try {
    await dropOthers(client);
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

/** How often a property is tried: a separate database costs ten times as much on a server as in memory. */
export function tries(inMemory: number): number {
  return onPostgres ? Math.ceil(inMemory / 8) : inMemory;
}
