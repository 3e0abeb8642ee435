import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openFiles } from '../src/adapters/files/open-files.js';

const PROJECT = new URL('..', import.meta.url);

/** Mails that we wrote ourselves: they are in every clone. */
const OWN = ['examples/mail', 'test/fixtures/mail'];

/** Other people's mail, where it is there: read, never copied into the project. */
const SHARED = ['../shared/cases', '../shared/seeds'];
const CORPORA = '../shared/corpora';

/** Of each mailbox: enough threads, and the pool fits into memory. */
const MAILS_OF_ONE = 400;
/** Nearly every mail is smaller; what is larger only slows the run down. */
const MAX_BYTES = 128 * 1024;

/** The mails that are mutated, in a fixed order. `ownOnly`: without `../shared`, for tests. */
export async function readPool(ownOnly = false): Promise<Buffer[]> {
  const pool: Buffer[] = [];
  for (const folder of ownOnly ? OWN : [...OWN, ...SHARED]) await addMails(pool, folder);
  if (!ownOnly) for (const name of corpora()) await addMails(pool, `${CORPORA}/${name}`);
  return pool;
}

function corpora(): string[] {
  const folder = fileURLToPath(new URL(CORPORA, PROJECT));
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.mbox.gz'))
    .sort();
}

async function addMails(pool: Buffer[], place: string): Promise<void> {
  const path = fileURLToPath(new URL(place, PROJECT));
  if (!existsSync(path)) return;
  let taken = 0;
  for await (const event of openFiles(path).read()) {
    if (event.kind !== 'mail' || event.raw.byteLength > MAX_BYTES) continue;
    pool.push(Buffer.from(event.raw));
    if (++taken === MAILS_OF_ONE) return;
  }
}
