import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { correctedColumns } from '../../../src/adapters/store/future-times.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { archiveUrl } from '../../../src/digest/mail/archive-url.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';

const NOW = '2026-03-02T09:00:00Z';
const FUTURE = '2027-04-06T09:00:00Z';
const nowMs = Date.parse(NOW);

let folder: string;
let store: MailStore;
let file: Sqlite.Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'covernote-clock-'));
  const path = join(folder, 'c.db');
  store = await openMailStore(`sqlite:${path}`, {
    catalog: emptyCatalog,
    archiveUrl: archiveUrl('https://lore.kernel.org/{list}/{id}/'),
  });
  file = new Sqlite(path);
});
afterEach(async () => {
  file.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

const insert = (table: string, row: Readonly<Record<string, string | number | null>>): void => {
  const names = Object.keys(row);
  const holes = names.map(() => '?').join();
  file.prepare(`insert into ${table} (${names.join()}) values (${holes})`).run(Object.values(row));
};
const read = (query: string): unknown[] => file.prepare(query).raw().all();

/** A row in every table that holds a time of our own, each of those at `at`. */
function fill(at: string): void {
  insert('destination', {
    id: 1,
    platform: 'memory',
    tenant: 't',
    address: 'c',
    kind: 'channel',
    name: '#c',
    zone: 'UTC',
    empty: 'skip',
    silent: 0,
    state: 'active',
    cursor_seq: 9,
    last_due: at,
    failed_slots: 0,
    set_by: 'u',
    set_by_name: 'U',
    made_at: at,
  });
  insert('follow', {
    id: 1,
    destination_id: 1,
    tree: '{}',
    words: 'kvm',
    since_seq: 0,
    reaches_back_to: at,
    made_by: 'u',
    made_by_name: 'U',
    made_at: at,
  });
  for (const [id, state] of [
    [1, 'sent'],
    [2, 'sent'],
    [3, 'open'],
  ] as const) {
    const due = `${at.slice(0, 14)}0${id}:00Z`;
    insert('slot', {
      id,
      destination_id: 1,
      due,
      kind: 'scheduled',
      state,
      digest: '{}',
      from_seq: 0,
      stale_at: at,
      made_at: at,
      ended_at: at,
    });
    insert('outbox', {
      id,
      slot_id: id,
      destination_id: 1,
      part: 0,
      post_key: `key ${id}`,
      content: '{}',
      state: id === 3 ? 'unclear' : 'sent',
      attempts: 1,
      not_before: at,
      lease_until: at,
      first_tried_at: id === 3 ? at : null,
      sent_at: at,
      edit_wanted: 0,
    });
  }
  insert('ledger', { destination_id: 1, message_key: 'm', outbox_id: 1, at });
  insert('mention', { destination_id: 1, message_key: 'm', last_seq: 1, prior_seq: 0, outbox_id: 1, at });
  insert('undo', { id: 'u', destination_id: 1, document: '{}', made_by: 'u', expires_at: at });
  insert('seen_event', { platform: 'slack', event: 'e', at });
  insert('installation', { platform: 'slack', tenant: 't', document: '{}', made_at: at });
  insert('correction', { kind: 'link', a: 'a', b: 'b', made_at: at, made_by: 'u' });
  insert('source', {
    name: 'lore:kvm',
    cursor: 'c',
    last_attempt: at,
    last_success: at,
    last_mail: at,
    next_attempt: at,
    failures: 0,
    error_at: at,
    audited_at: at,
  });
  insert('model_answer', { hash: 'h', summary: 's', answered_at: at });
  insert('written_summary', {
    message_key: 'm',
    state: 'waiting',
    attempts: 1,
    not_before: at,
    wanted_at: at,
  });
  insert('model_use', { day: at.slice(0, 10), requests: 1, tokens: 9 });
  insert('source_day', { name: 'lore:kvm', day: at.slice(0, 10), mails: 3 });
  insert('meta', { name: 'last ingest', value: at });
  insert('meta', { name: 'retention', value: JSON.stringify({ before: at, id: 7 }) });
  insert('message', { id: 1, key: 'm', kind: 'patch', author_email: '', bot: 0, component: 1 });
  insert('copy', { seq: 5, message_id: 1, list: 'kvm', received: NOW, arrived_at: at });
}

it('looks after every column that holds a time', () => {
  const NOT_OURS = new Set([
    'message.received',
    'raw.received',
    'raw.source_received',
    'quarantine.source_received',
    'copy.received',
    'revision.received',
    'series.updated',
    'message.date',
    'tracker_evidence.at',
  ]);
  const named = /(?:_at|^at|_until|_before|_due|^due|_to|_attempt|_success|_mail|^day|date|received)$/;
  const columns = read(
    "select m.name || '.' || c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table'",
  ).flat() as string[];
  const times = columns.filter(
    (column) => named.test(column.split('.')[1] ?? '') && !column.startsWith('sqlite'),
  );
  const unknown = times.filter((column) => !NOT_OURS.has(column) && !correctedColumns.includes(column));
  expect(unknown.filter((column) => !/kysely|copy_hash|search|component/.test(column))).toEqual([]);
});

it('leaves nothing in the future beyond its bound', async () => {
  fill(FUTURE);
  const { behind } = await store.correctTimes(nowMs);
  expect(behind).toBe(false);
  const left = correctedColumns.flatMap((name) => {
    const [table, column] = name.split('.');
    const latest = table === 'meta' ? "where name = 'last ingest'" : '';
    const [value] = (read(`select max(${column}) from ${table} ${latest}`)[0] ?? []) as string[];
    return value !== undefined && value !== null && value > '2026-03-03T09:00:00Z'
      ? [`${name} ${value}`]
      : [];
  });
  // A message that may be in the chat under the key of its slot keeps that key until this is known.
  expect(left).toEqual(['slot.due 2027-04-06T09:03:00Z']);
  expect(read('select last_due, cursor_seq from destination')).toEqual([[NOW, 0]]);
  expect(read('select reaches_back_to from follow')).toEqual([['2026-03-01T09:00:00Z']]);
  expect(read('select cursor from source')).toEqual([[null]]);
  expect(read('select day, mails from source_day')).toEqual([['2026-03-02', 3]]);
  expect(read('select first_tried_at from outbox where id = 3')).toEqual([['2026-02-23T09:00:00Z']]);
  expect(read("select count(*) from meta where name = 'retention'")).toEqual([[0]]);
});

it('gives slots that were due in the future moments of their own, and their messages the names of those', async () => {
  fill(FUTURE);
  await store.correctTimes(nowMs);
  expect(read('select id, due from slot order by id')).toEqual([
    [1, '2026-03-02T08:59:59Z'],
    [2, NOW],
    [3, '2027-04-06T09:03:00Z'],
  ]);
  const keys = read('select post_key from outbox order by id').flat();
  expect(keys[2]).toBe('key 3');
  expect(keys.slice(0, 2).every((key) => /^[\w-]{22}$/.test(String(key)))).toBe(true);
});

it('changes nothing the second time, and nothing that a right clock wrote', async () => {
  fill(FUTURE);
  await store.correctTimes(nowMs);
  expect((await store.correctTimes(nowMs + 1000)).corrected).toEqual({});
});

it('leaves times alone that may lie in the future', async () => {
  fill('2026-03-01T09:00:00Z');
  file.exec(`
    update slot set stale_at = '2026-03-03T08:59:00Z';
    update outbox set not_before = '2026-03-02T10:00:00Z', lease_until = '2026-03-02T09:02:00Z';
    update undo set expires_at = '2026-03-02T09:10:00Z';
    update source set next_attempt = '2026-03-03T08:00:00Z'`);
  expect((await store.correctTimes(nowMs)).corrected).toEqual({});
});

it('corrects nothing by a clock that is behind the mail', async () => {
  fill('2026-03-02T09:00:00Z');
  expect(await store.correctTimes(Date.parse('2020-01-01T00:00:00Z'))).toMatchObject({
    behind: true,
    rows: 0,
  });
  expect(read('select last_due from destination')).toEqual([[NOW]]);
});
