import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { copyDatabase } from '../../../src/adapters/store/copy/copy-database.js';
import { TABLE_NAMES } from '../../../src/adapters/store/copy/tables.js';
import type { Engine } from '../../../src/adapters/store/engine/engine.js';
import { openEngine } from '../../../src/adapters/store/engine/open-engine.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { newDatabase, onPostgres } from '../../lib/database.js';
import { describing, documentsOf, NOW, prepareAll, TWO_VERSIONS, type Written } from './written-mail.js';

const folder = mkdtempSync(join(tmpdir(), 'covernote-copy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const open: Engine[] = [];
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close();
});

let files = 0;
const newFile = () => `sqlite:${join(folder, `${files++}.db`)}`;
const MAILS: readonly Written[] = [
  ...TWO_VERSIONS,
  { id: 'nul\0@example.org', subject: '[PATCH] mm: odd\0 one' },
  ...Array.from({ length: 30 }, (_, n) => ({ id: `${n}@example.org`, subject: `[PATCH] net: word${n} pin` })),
];

/** A database with mail, a place and what it follows, of which the last message was removed. */
async function filled(url: string): Promise<string> {
  const store = await openMailStore(url, describing);
  await store.ingestBatch(await prepareAll(MAILS), NOW);
  await store.remove(['29@example.org']);
  const place = await store.chat.destinations.ensure(
    { platform: 'memory', tenant: 't', address: 'c', kind: 'channel' },
    { name: '#c', zone: 'UTC', setBy: 'u', setByName: 'Uta', madeAt: NOW },
  );
  await store.chat.follows.add(place.id, [
    {
      tree: { version: 1, where: { kind: 'list', list: 'linux-mm@example.org' }, bots: false },
      words: 'mm',
      madeBy: 'u',
      madeByName: 'Uta',
      madeAt: NOW,
    },
  ]);
  await store.readings.quarantine.suspect([Buffer.alloc(16, 7)], NOW);
  await store.close();
  return url;
}

async function engine(url: string): Promise<Engine> {
  const opened = await openEngine(url);
  open.push(opened);
  return opened;
}

/** What users see of a database. */
async function answers(url: string) {
  const store = await openMailStore(url, describing);
  const queries = ['foll_pin', 'folpin', 'pin', 'wrod7', 'gup fas', 'odd'];
  const found = [];
  for (const query of queries)
    found.push((await store.search(query, 10)).map(({ series, by }) => [series.id, by]));
  const [next] = await prepareAll([{ id: 'next@example.org', subject: '[PATCH] net: one more' }]);
  await store.ingestBatch(next === undefined ? [] : [next], NOW);
  const { rows } = await sql`select id, component from message where key = 'next@example.org'`.execute(
    store.tables.db,
  );
  const all = {
    found,
    documents: await documentsOf(store),
    places: (await store.chat.destinations.all()).map(({ address, cursorSeq }) => [address, cursorSeq]),
    next: rows,
    seq: await store.chat.touched.lastSeq(),
  };
  await store.close();
  return all;
}

const WAYS: readonly [string, () => Promise<string>, () => Promise<string>][] = [
  ['from a file to a file', async () => newFile(), async () => newFile()],
  ...(onPostgres
    ? ([
        ['from a file to a server', async () => newFile(), newDatabase],
        ['from a server to a file', newDatabase, async () => newFile()],
      ] satisfies [string, () => Promise<string>, () => Promise<string>][])
    : []),
];

describe.each(WAYS)('a copy %s', (_, source, target) => {
  it('is the same by count and hash, answers the same, and goes on the same', async () => {
    const [from, to] = [await filled(await source()), await target()];
    const seen = new Set<string>();
    const copied = await copyDatabase(await engine(from), await engine(to), ({ step, table }) =>
      seen.add(`${step} ${table}`),
    );
    expect(copied).toMatchObject({ tables: TABLE_NAMES.length, resumed: false });
    expect(seen).toContain('copying raw');
    expect(seen).toContain('checking raw');
    for (const opened of open.splice(0)) await opened.close();
    expect(await answers(to)).toEqual(await answers(from));
  });

  it('resumes wherever it was stopped', async () => {
    const [from, to] = [await filled(await source()), await target()];
    let steps = 0;
    let stops = 0;
    for (;;) {
      let left = ++steps;
      const outcome = await copyDatabase(await engine(from), await engine(to), ({ step }) => {
        if (step === 'copying' && --left === 0) throw new Error('stopped');
      }).catch((error: Error) => error.message);
      for (const opened of open.splice(0)) await opened.close();
      if (outcome !== 'stopped') {
        expect(outcome).toMatchObject({ resumed: true });
        break;
      }
      stops++;
    }
    expect(stops).toBeGreaterThan(3);
    expect(await answers(to)).toEqual(await answers(from));
  });
});

it('is refused into a database that holds something, into itself, and where the source changed meanwhile', async () => {
  const from = await engine(await filled(newFile()));
  const other = await engine(await filled(newFile()));
  await expect(copyDatabase(from, other)).rejects.toMatchObject({ code: 'copy-not-empty' });
  await expect(copyDatabase(from, from)).rejects.toMatchObject({ code: 'copy-same' });
  const to = await engine(newFile());
  let isChanged = false;
  const changed = copyDatabase(from, to, ({ step }) => {
    if (step === 'checking' && !isChanged) {
      isChanged = true;
      void sql`insert into correction (kind, a, b, made_at, made_by) values ('link', 'a', 'b', '', '')`.execute(
        from.db,
      );
    }
  });
  await expect(changed).rejects.toMatchObject({ code: 'copy-differs' });
  const half = await engine(newFile());
  const stopped = copyDatabase(from, half, () => {
    throw new Error('stopped');
  });
  await expect(stopped).rejects.toThrow('stopped');
  await expect(copyDatabase(other, half)).rejects.toMatchObject({ code: 'copy-other' });
});
