import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { webhookAddress } from '../src/adapters/webhook/create-webhooks.js';
import { openMailStore } from '../src/bot/ingest/open-mail-store.js';
import type { Describing } from '../src/bot/ingest/planning.js';
import { keepWebhooks } from '../src/bot/webhooks/keep-webhooks.js';
import { webhookBodySchema } from '../src/digest/contract/webhook-body.js';
import { toIso } from '../src/digest/time/iso.js';
import { askFor, type LoadAnswer, type LoadSetting, startServer, withUsage } from './load.js';
import { madeUpMailbox } from './mailbox.js';
import { measureIngest } from './speed.js';

/** Places due in a minute, and new mails that all of them want: sixty postings, some messages a digest. */
const PLACES = 25;
const NEW_MAILS = 240;
const WANT = 'author:@example.org';
const MINUTE_MS = 60_000;
/** What new mail and a start need, before the first digests are due. */
const PREPARED_MS = 30_000;
/** The load begins so long before the digests that are due in it. */
const BEFORE_MS = 40_000;
/** How often the receiver is checked for late digests after the load, and how many times: two minutes in all. */
const TURN_MS = 250;
const MOST_TURNS = 480;

export interface Punctuality {
  readonly digests: number;
  readonly messages: number;
  /** From the minute in which they were due until the last message of each had come: of the quickest and the slowest. */
  readonly firstMs: number;
  readonly lastMs: number;
}

export interface OnTime {
  readonly load: LoadAnswer;
  /** Of a minute before, without a load. */
  readonly quiet: Punctuality;
  readonly loaded: Punctuality;
}

/**
 * `covernote run` with pages and webhooks: half of the places are due in a minute in which nothing else happens, half in one in which pages
 * are requested. A message has come when its receiver has read it.
 */
export async function measureOnTime(
  setting: LoadSetting,
  { folder, describing }: { readonly folder: string; readonly describing: Describing },
): Promise<OnTime> {
  const receiver = await receiveMessages();
  const quietMs = Math.ceil((Date.now() + PREPARED_MS) / MINUTE_MS) * MINUTE_MS;
  const loadedMs = quietMs + 2 * MINUTE_MS;
  const placesOf = (name: string) => Array.from({ length: PLACES }, (_, n) => `${receiver.url}/${name}/${n}`);
  const [quiet, loaded] = [placesOf('quiet'), placesOf('loaded')];
  await addPlaces(
    setting.database,
    describing,
    new Map([
      [quietMs, quiet],
      [loadedMs, loaded],
    ]),
  );
  const news = join(folder, 'news.mbox');
  writeFileSync(news, madeUpMailbox(NEW_MAILS, Date.now() - NEW_MAILS * MINUTE_MS));
  await measureIngest(news, setting.database, { MAINTAINERS: setting.maintainers });
  const server = startServer(['run'], setting, {
    HTTP_PORT: '0',
    WEBHOOKS: [...quiet, ...loaded].map((url) => `${url}#${WANT}`).join(','),
    WEBHOOK_SECRET: randomBytes(32).toString('base64'),
  });
  try {
    const url = await server.url;
    if (Date.now() >= quietMs) throw new Error('covernote started after the first digests were due');
    await pause(Math.max(0, loadedMs - BEFORE_MS - Date.now()));
    const answers = await askFor(url, setting);
    for (let turn = 0; turn < MOST_TURNS && !receiver.hasAll(loaded); turn++) await pause(TURN_MS);
    const load = withUsage(answers, await server.stop());
    return {
      load,
      quiet: receiver.punctuality(quiet, quietMs),
      loaded: receiver.punctuality(loaded, loadedMs),
    };
  } finally {
    server.kill();
    receiver.close();
  }
}

/** Places as WEBHOOKS makes them, but due once a day in the minute that is named. */
async function addPlaces(
  database: string,
  describing: Describing,
  due: ReadonlyMap<number, readonly string[]>,
): Promise<void> {
  const store = await openMailStore(database, describing);
  const { chat } = store;
  const now = () => Date.now();
  const hooks = [...due.values()].flat().map((url) => ({ url, follows: [WANT] }));
  await keepWebhooks({ hooks, chat, catalog: describing.catalog, now });
  for (const [dueMs, urls] of due) {
    const schedule = {
      version: 1 as const,
      zone: 'UTC',
      times: [toIso(dueMs).slice(11, 16)],
      days: [1, 2, 3, 4, 5, 6, 7],
    };
    for (const url of urls) {
      const place = await chat.destinations.byAddress(webhookAddress(url));
      if (place !== null) await chat.destinations.update(place.id, { schedule }, toIso(now()));
    }
  }
  await store.close();
}

interface Arrived {
  readonly atMs: number;
  /** That follow their headline; null for details themselves. */
  readonly details: number | null;
}

/** A program that takes webhooks, and knows when each message came. */
async function receiveMessages() {
  const arrived = new Map<string, Arrived[]>();
  const server = createServer(async (request, response) => {
    const { content } = webhookBodySchema.parse(await json(request));
    const details = content?.kind === 'headline' ? content.details : null;
    const here = arrived.get(request.url ?? '') ?? [];
    arrived.set(request.url ?? '', [...here, { atMs: Date.now(), details }]);
    response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const messagesOf = (place: string): readonly Arrived[] => arrived.get(place.slice(url.length)) ?? [];
  return {
    url,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
    hasAll: (places: readonly string[]) => places.every((place) => isWhole(messagesOf(place))),
    /** Throws if a digest did not come whole. */
    punctuality(places: readonly string[], dueMs: number): Punctuality {
      const digests = places.map((place) => {
        const messages = messagesOf(place);
        if (!isWhole(messages)) throw new Error(`the digest of ${place} did not come whole`);
        return { messages: messages.length, lateMs: Math.max(...messages.map(({ atMs }) => atMs)) - dueMs };
      });
      const late = digests.map(({ lateMs }) => lateMs);
      return {
        digests: digests.length,
        messages: digests.reduce((sum, one) => sum + one.messages, 0),
        firstMs: Math.min(...late),
        lastMs: Math.max(...late),
      };
    },
  };
}

/** A headline says how many messages of details follow it. */
function isWhole(messages: readonly Arrived[]): boolean {
  const expected = messages.reduce((sum, { details }) => sum + (details === null ? 0 : 1 + details), 0);
  return expected > 0 && messages.length === expected;
}
