import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { ingest } from '../../src/bot/ingest/ingest.js';
import { inlineParser } from '../../src/bot/ingest/inline-parser.js';
import type { MailStore } from '../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../src/bot/ingest/open-mail-store.js';
import { archiveUrl } from '../../src/digest/mail/archive-url.js';
import { emptyCatalog } from '../../src/digest/subsystem/catalog.js';
import { toIso } from '../../src/digest/time/iso.js';
import { writeListMail } from '../contract/list-mail.js';
import { createMemoryChat } from '../fakes/memory-chat.js';
import { serveMemoryChat } from '../fakes/memory-http.js';
import { newDatabase, onPostgres } from '../lib/database.js';
import { judgePlace, type Place } from './judge.js';
import { PLATFORMS } from './platforms.js';
import { makePostings, type Posting } from './postings.js';
import { createRandom } from './random.js';
import { simulationSeed } from './seed.js';
import { START_MS, settle } from './settle.js';
import { sourceOf } from './simulate.js';

const seed = simulationSeed();
/** The goal of sixty takes some minutes: `KILLS=60`. */
const KILLS = Number(process.env.KILLS ?? 10);
const PROCESSES = 3;
const program = fileURLToPath(new URL('./process-child.ts', import.meta.url));
const DAY = 86_400_000;
const DESTINATIONS = 60;
/** Mail keeps coming for as long as processes are killed. */
const MAILS = 30 * KILLS;
/** Of the kills, those that may find a process before it does anything. */
const KILLED_EARLY = 0.2;
/** After the last kill all must be done within this. */
const CALM_MS = 240_000;
/** A minute of the bot's clock passes in a second, so that leases and back-offs end soon. */
const SPEED = 60;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

describe.skipIf(!onPostgres)('several processes on one PostgreSQL', () => {
  it(
    `post each posting once and read all mail, whichever is killed and whatever fails (SIM_SEED=${seed})`,
    async () => {
      const random = createRandom(seed);
      const url = await newDatabase();
      const nowMs = START_MS + 8 * DAY;
      const { store, places, postings } = await prepare(url, nowMs);
      const epochMs = Date.now();
      const now = () => nowMs + (Date.now() - epochMs) * SPEED;
      const names = ['discord', 'slack'] as const;
      const chats = names.map((name) =>
        createMemoryChat({ now, idempotentMs: PLATFORMS[name].idempotentMs }),
      );
      const urls: string[] = [];
      for (const chat of chats) {
        chat.setFaults(() => (random.chance(0.03) ? { kind: 'reply-lost' } : null));
        const served = await serveMemoryChat(chat, () => random.whole(5, 40));
        urls.push(served.url);
        closing.push(served.close);
      }
      const archive = await serveArchive(now);
      const argv = [url, epochMs, nowMs, SPEED, archive.url, ...names.map((name, i) => `${name}=${urls[i]}`)];
      const processes = Array.from({ length: PROCESSES }, () => begin(argv.map(String)));
      closing.push(async () => {
        for (const { child } of processes) child.kill('SIGKILL');
      });

      for (let kill = 0; kill < KILLS; kill++) {
        await pass(random.whole(200, 2_500));
        const at = random.whole(0, PROCESSES - 1);
        if (!random.chance(KILLED_EARLY)) await processes[at]?.begun;
        // A rolling restart ends a process as it should; a restart of the server ends all connections together.
        processes[at]?.child.kill(random.chance(0.25) ? 'SIGTERM' : 'SIGKILL');
        processes[at] = begin(argv.map(String));
        if (random.chance(0.3)) await disconnectAll(store);
      }
      archive.end();
      // What is not done yet, for whoever reads of it.
      const left = async () => {
        const { waiting, sending, unclear } = await store.chat.outbox.depth();
        const here = new Set(await archived(store));
        const missing = archive.ids().filter((id) => !here.has(id));
        const due = (await store.chat.destinations.scheduled()).length;
        const quarantined = (await store.readings.quarantine.all()).map(
          ({ where, reason }) => `${where}: ${reason}`,
        );
        const isDone = waiting + sending + unclear === 0 && missing.length === 0 && due > 0;
        return isDone ? null : { waiting, sending, unclear, missing, due, quarantined };
      };
      const untilMs = Date.now() + CALM_MS;
      for (let calm = 0; calm < 5; ) {
        const now = await left().catch(() => 'the server was away');
        calm = now === null ? calm + 1 : 0;
        if (Date.now() > untilMs) expect(now, `SIM_SEED=${seed}`).toBeNull();
        await pass(300);
      }
      await Promise.all(processes.map(({ begun }) => begun));
      const exits = processes.map(({ child }) => new Promise((resolve) => child.on('exit', resolve)));
      for (const { child } of processes) child.kill('SIGTERM');
      expect(await Promise.all(exits)).toEqual(Array(PROCESSES).fill(0));

      const problems = places.flatMap((place) => {
        const chat = chats[names.indexOf(place.platform as 'discord')];
        const log = (chat?.log ?? []).filter((message) => message.to.address === place.address);
        return judgePlace(place, log, postings, true, { untilMs: nowMs - DAY }).problems;
      });
      expect(problems.slice(0, 20), `SIM_SEED=${seed}`).toEqual([]);
      expect(chats.reduce((sum, chat) => sum + chat.log.length, 0)).toBeGreaterThan(DESTINATIONS);
      expect(await archived(store)).toEqual([...archive.ids()].sort());
      await store.close();
    },
    300_000 + KILLS * 20_000,
  );
});

interface Process {
  readonly child: ChildProcess;
  /** Fulfilled once it is at work, or has ended before. */
  readonly begun: Promise<void>;
}

function begin(argv: readonly string[]): Process {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...argv], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const begun = new Promise<void>((resolve) => {
    child.once('message', () => resolve());
    child.once('exit', () => resolve());
  });
  return { child, begun };
}

/** As a restart of the server looks to them. */
async function disconnectAll(store: MailStore): Promise<void> {
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`
    .execute(store.tables.db)
    .catch(() => undefined);
}

/** Of the archive's mails those that are here, in order. */
async function archived(store: MailStore): Promise<string[]> {
  const rows = await store.tables.db
    .selectFrom('message')
    .select('key')
    .where('key', 'like', 'mail-%@example.org')
    .orderBy('key')
    .execute();
  return rows.map(({ key }) => key);
}

/** A list to which mail keeps coming until it ends: `?after=N` gives what came after the first N, a mail a line in base64. */
async function serveArchive(now: () => number) {
  const mails: string[] = [];
  const arriving = setInterval(() => {
    if (mails.length < MAILS) mails.push(writeListMail(mails.length, toIso(now())).toString('base64'));
  }, 40);
  const server = createServer((request, response) => {
    const after = Number(new URL(request.url ?? '/', 'http://127.0.0.1').searchParams.get('after'));
    response.end(mails.slice(after, after + 40).join('\n'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = () => clearInterval(arriving);
  closing.push(async () => {
    end();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ids: () => mails.map((_, n) => `mail-${n}@example.org`),
    end,
  };
}

async function prepare(
  url: string,
  nowMs: number,
): Promise<{ store: MailStore; places: Place[]; postings: Posting[] }> {
  const random = createRandom(seed + 1);
  const store = await openMailStore(url, {
    catalog: emptyCatalog,
    archiveUrl: archiveUrl('https://lore.kernel.org/{list}/{id}/'),
  });
  const places = await settle(store, random, DESTINATIONS, { terminals: false });
  const { postings, arrivals } = makePostings(random, { startMs: START_MS, days: 7, perDay: 4 });
  const here = arrivals.filter(({ atMs }) => atMs <= nowMs);
  // Day by day, since each arrived on its own.
  for (let day = START_MS; day < nowMs; day += DAY) {
    const arrived = here.filter(({ atMs }) => atMs >= day && atMs < day + DAY);
    await ingest(sourceOf(arrived), store, { parser: inlineParser(), now: () => toIso(day + DAY) });
  }
  return { store, places, postings };
}
