import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTick } from '../../../src/bot/deliver/tick.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import type { Follow, Where } from '../../../src/digest/follow/follow.js';
import { parseSchedule } from '../../../src/digest/schedule/parse-schedule.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { toIso } from '../../../src/digest/time/iso.js';
import { describing, diff, prepare, writeMail } from '../../adapters/store/written-mail.js';

/** One thing that happens, after some minutes. */
type Step = { readonly minutes: number } & (
  | { readonly kind: 'mail'; readonly mail: number; readonly list: number; readonly late: boolean }
  | { readonly kind: 'link' | 'unlink'; readonly a: number; readonly b: number }
  | { readonly kind: 'nothing' }
);

const LISTS = ['linux-mm@example.org', 'kvm@example.org'] as const;
const PATHS = ['mm/gup.c', 'virt/kvm.c', 'mm/slub.c'] as const;
const MINUTE_MS = 60_000;
const START_MS = Date.parse('2026-03-02T00:00:00Z');
const SERIES = 4;

/** Every mail that there may be: two versions of a few series, each a cover and two patches. */
const MAILS = Array.from({ length: SERIES * 2 * 3 }, (_, at) => {
  const [series, version, index] = [Math.floor(at / 6), (Math.floor(at / 3) % 2) + 1, at % 3];
  const id = (part: number) => `s${series}-v${version}-${part}@example.org`;
  const tag = version === 1 ? 'PATCH' : `PATCH v${version}`;
  return {
    id: id(index),
    path: PATHS[(series + index) % PATHS.length] ?? '',
    isPatch: index > 0,
    written: {
      id: id(index),
      subject: `[${tag} ${index}/2] area${series}: ${['teach it manners', 'take the first step', 'finish the job'][index]} ${series}`,
      ...(index === 0 ? {} : { inReplyTo: id(0) }),
      body:
        index === 0
          ? `It behaves badly in case ${series}.\n\nAda Example (2):\n  area${series}: take the first step ${series}\n  area${series}: finish the job ${series}\n`
          : `Do it.\n\n${diff(PATHS[(series + index) % PATHS.length])}`,
    },
  };
});

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      minutes: fc.oneof(fc.nat(10), fc.nat(900)),
      kind: fc.constant('mail' as const),
      mail: fc.nat(MAILS.length - 1),
      list: fc.nat(LISTS.length - 1),
      late: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      minutes: fc.nat(100),
      kind: fc.constantFrom('link' as const, 'unlink' as const),
      a: fc.nat(MAILS.length - 1),
      b: fc.nat(MAILS.length - 1),
    }),
  },
  { weight: 1, arbitrary: fc.record({ minutes: fc.nat(3_000), kind: fc.constant('nothing' as const) }) },
);

const list = (address: string): Where => ({ kind: 'list', list: address });
const PLACES: readonly { readonly schedule: string; readonly wants: readonly Where[] }[] = [
  { schedule: 'hourly', wants: [list(LISTS[0])] },
  { schedule: '09:00', wants: [list(LISTS[1])] },
  { schedule: 'every 6 hours', wants: [{ kind: 'path', glob: 'virt/**' }] },
  { schedule: '09:00 18:00', wants: [list(LISTS[0]), list(LISTS[1])] },
];

/** Whether a copy of a mail, by itself, is what a place wants. */
function concerns(where: Where, mail: (typeof MAILS)[number], address: string): boolean {
  if (where.kind === 'list') return where.list === address;
  return mail.isPatch && mail.path.startsWith('virt/');
}

async function addPlace(store: MailStore, at: number, now: string): Promise<number> {
  const place = PLACES[at];
  const parsed = parseSchedule(place?.schedule ?? '', { zone: 'Europe/Berlin' });
  if (place === undefined || !parsed.ok) throw new Error('no such place');
  const by = { setBy: 'u', setByName: 'Uta', madeAt: now };
  const made = await store.chat.destinations.ensure(
    { platform: 'memory', tenant: 't', address: `c${at}`, kind: 'channel' },
    { name: '#c', zone: 'Europe/Berlin', ...by },
  );
  await store.chat.follows.add(
    made.id,
    place.wants.map((where) => ({
      tree: { version: 1, where, bots: false } satisfies Follow,
      words: JSON.stringify(where),
      madeBy: 'u',
      madeByName: 'Uta',
      madeAt: now,
    })),
  );
  await store.chat.destinations.update(made.id, { schedule: parsed.schedule }, now);
  return made.id;
}

/** One message of a digest that went out. */
interface Sent {
  readonly place: number;
  readonly keys: string[];
}

/** Plays the steps; returns what a place was never sent though a mail concerned it, and what it was sent twice. */
async function play(steps: readonly Step[], fate: readonly boolean[]) {
  const folder = mkdtempSync(join(tmpdir(), 'covernote-tick-'));
  try {
    return await playIn(join(folder, 'test.db'), steps, fate);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function playIn(path: string, steps: readonly Step[], fates: readonly boolean[]) {
  const store = await openMailStore(path, describing);
  const look = new Sqlite(path, { readonly: true });
  // What each message of a digest tells, as it was planned.
  const planned = look.prepare<[number], { part: number; place: number; key: string }>(
    'select outbox_id as part, destination_id as place, message_key as key from ledger where outbox_id > ? order by part',
  );
  let fate = fates;
  let nowMs = START_MS;
  const ids = await Promise.all(PLACES.map((_, at) => addPlace(store, at, toIso(nowMs))));
  const failures: unknown[] = [];
  const tick = createTick({
    chat: store.chat,
    catalog: emptyCatalog,
    fitsOn: () => (view) => JSON.stringify(view).length < 2_500,
    now: () => nowMs,
    yieldToEventLoop: async () => {},
    onError: (_, error) => failures.push(error),
  });
  const sent: Sent[] = [];
  const must = new Set<string>();
  const twice: string[] = [];
  let seen = 0;
  let turn = 0;
  const plan = async () => {
    await tick.run();
    const parts = new Map<number, Sent>();
    for (const { part, place, key } of planned.all(seen)) {
      const delivery = parts.get(part) ?? { place: ids.indexOf(place), keys: [] };
      parts.set(part, delivery);
      delivery.keys.push(key);
    }
    for (const [part, delivery] of parts) {
      seen = part;
      // Some messages cannot be sent before they are stale.
      const goes = fate.length === 0 || fate[turn++ % fate.length] === true;
      if (goes) {
        twice.push(...(await sentAgain(store, delivery, sent)));
        sent.push(delivery);
      } else await store.chat.requeue([part]);
    }
  };
  for (const step of steps) {
    nowMs += step.minutes * MINUTE_MS;
    await plan();
    const now = toIso(nowMs);
    if (step.kind === 'mail') {
      const mail = MAILS[step.mail];
      const address = LISTS[step.list];
      if (mail === undefined || address === undefined) continue;
      const received = toIso(nowMs - (step.late ? 10 * 1440 : 2) * MINUTE_MS);
      const raw = writeMail({ ...mail.written, date: received, received, list: address });
      const plain = Buffer.from(raw.toString().replace(/^To: .*$/m, 'To: all@example.org'));
      const before = await store.counts();
      await store.ingestBatch([await prepare(plain)], now);
      const isNew = (await store.counts()).copies > before.copies;
      if (!step.late && isNew)
        for (const [at, place] of PLACES.entries())
          if (place.wants.some((where) => concerns(where, mail, address))) must.add(`${at} ${mail.id}`);
    } else if (step.kind !== 'nothing' && step.a !== step.b) {
      const [a, b] = [MAILS[step.a]?.id ?? '', MAILS[step.b]?.id ?? ''];
      await store.correct({ kind: step.kind, a, b }, 'test', now);
    }
  }
  // All that waits is posted in the end, and from now on every message gets through.
  fate = [];
  for (let hour = 0; hour < 60; hour++) {
    nowMs += 60 * MINUTE_MS;
    await plan();
  }
  const at = await postings(store);
  const reached = new Set(sent.flatMap(({ place, keys }) => keys.map((key) => `${place} ${at.get(key)}`)));
  const never = [...must].filter((required) => {
    const [place, id = ''] = required.split(' ');
    return !reached.has(`${place} ${at.get(id)}`);
  });
  look.close();
  await store.close();
  return { never, twice, failures };
}

/** Postings that a place gets though a member of theirs, as they are now, was sent there before. */
async function sentAgain(store: MailStore, delivery: Sent, before: readonly Sent[]): Promise<string[]> {
  const at = await postings(store);
  const known = new Set(
    before
      .filter(({ place }) => place === delivery.place)
      .flatMap(({ keys }) => keys.map((key) => at.get(key))),
  );
  return delivery.keys.filter((key) => known.has(at.get(key))).map((key) => `${delivery.place} ${key}`);
}

/** Message.id → the posting that it belongs to now, for the mails that are here. */
async function postings(store: MailStore): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const mail of MAILS) {
    const posting = await store.postingOf(mail.id);
    if (posting !== null) found.set(mail.id, posting);
  }
  return found;
}

describe('whatever the order of mail, copies, slots and corrections', () => {
  it('each revision reaches each place that follows it exactly once, and no other twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyStep, { minLength: 10, maxLength: 40 }),
        fc.array(
          fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
          { maxLength: 12 },
        ),
        async (steps, fate) => {
          expect(await play(steps, fate)).toEqual({ never: [], twice: [], failures: [] });
        },
      ),
      { numRuns: 8, endOnFailure: true },
    );
  }, 120_000);
});
