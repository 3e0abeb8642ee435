import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, it } from 'vitest';
import { ingest } from '../../src/bot/ingest/ingest.js';
import { inlineParser } from '../../src/bot/ingest/inline-parser.js';
import { openMailStore } from '../../src/bot/ingest/open-mail-store.js';
import { archiveUrl } from '../../src/digest/mail/archive-url.js';
import { emptyCatalog } from '../../src/digest/subsystem/catalog.js';
import { toIso } from '../../src/digest/time/iso.js';
import { createMemoryChat } from '../fakes/memory-chat.js';
import { serveMemoryChat } from '../fakes/memory-http.js';
import { judgePlace, type Place } from './judge.js';
import { PLATFORMS } from './platforms.js';
import { type Arrival, makePostings, type Posting } from './postings.js';
import { createRandom } from './random.js';
import { simulationSeed } from './seed.js';
import { START_MS, settle } from './settle.js';
import { sourceOf } from './simulate.js';

const seed = simulationSeed();
const folder = mkdtempSync(join(tmpdir(), 'covernote-crash-'));
const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));
const DAY = 86_400_000;
const DESTINATIONS = 60;
const KILLS = 5;
/** A minute of the bot's clock passes in a second, so that leases and back-offs end soon. */
const SPEED = 60;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it(`a bot that is killed at random moments while digests go out tells each posting once (SIM_SEED=${seed})`, async () => {
  const random = createRandom(seed);
  const path = join(folder, 'bot.db');
  // A week's mail has arrived, and every place is due.
  const nowMs = START_MS + 8 * DAY;
  const { places, postings } = await prepare(path, nowMs);
  const epochMs = Date.now();
  const now = () => nowMs + (Date.now() - epochMs) * SPEED;

  let posted = 0;
  let onPost = (): void => undefined;
  const names = ['discord', 'slack'] as const;
  const chats = names.map((name) =>
    createMemoryChat({
      now,
      idempotentMs: PLATFORMS[name].idempotentMs,
      onPost: () => {
        posted++;
        onPost();
      },
    }),
  );
  const urls: string[] = [];
  for (const chat of chats) {
    chat.setFaults(() => (random.chance(0.03) ? { kind: 'reply-lost' } : null));
    const { url, close } = await serveMemoryChat(chat, () => random.whole(5, 40));
    urls.push(url);
    closing.push(close);
  }
  const argv = [path, epochMs, nowMs, SPEED, ...names.map((name, i) => `${name}=${urls[i]}`)].map(String);

  /** Lets a bot run; with `posts` it is killed some milliseconds after a number of messages were posted. */
  const live = (posts: number): Promise<{ killed: boolean; status: number | null }> =>
    new Promise((resolve) => {
      const bot = spawn(process.execPath, ['--import', 'tsx', child, ...argv], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const from = posted;
      onPost = () => {
        if (posted - from === posts) setTimeout(() => bot.kill('SIGKILL'), random.whole(0, 60));
      };
      bot.on('exit', (status, signal) => resolve({ killed: signal === 'SIGKILL', status }));
    });

  let kills = 0;
  for (let i = 0; i < KILLS; i++) if ((await live(random.whole(1, 18))).killed) kills++;
  expect(await live(Number.POSITIVE_INFINITY)).toEqual({ killed: false, status: 0 });

  const problems = places.flatMap((place) => {
    const chat = chats[names.indexOf(place.platform as 'discord')];
    const log = (chat?.log ?? []).filter((message) => message.to.address === place.address);
    return judgePlace(place, log, postings, true, { untilMs: nowMs - DAY }).problems;
  });
  expect(problems.slice(0, 20), `SIM_SEED=${seed}`).toEqual([]);
  expect(kills).toBeGreaterThan(2);
  expect(posted).toBeGreaterThan(DESTINATIONS);
}, 300_000);

async function prepare(path: string, nowMs: number): Promise<{ places: Place[]; postings: Posting[] }> {
  const random = createRandom(seed + 1);
  const store = await openMailStore(`sqlite:${path}`, {
    catalog: emptyCatalog,
    archiveUrl: archiveUrl('https://lore.kernel.org/{list}/{id}/'),
  });
  const places = await settle(store, random, DESTINATIONS, { terminals: false });
  const { postings, arrivals } = makePostings(random, { startMs: START_MS, days: 7, perDay: 4 });
  const here = arrivals.filter(({ atMs }) => atMs <= nowMs);
  // Day by day, since each arrived on its own.
  for (let day = START_MS; day < nowMs; day += DAY) {
    const arrived = here.filter(({ atMs }: Arrival) => atMs >= day && atMs < day + DAY);
    await ingest(sourceOf(arrived), store, { parser: inlineParser(), now: () => toIso(day + DAY) });
  }
  await store.close();
  return { places, postings };
}
