import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDecidedReader } from '../../../src/adapters/store/decided-series.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { diff, NOW, openMemory, prepareAll, type Written } from './written-mail.js';

const withdrawn = (name: string, day: number, from: string): Written[] => [
  {
    id: `${name}@example.org`,
    subject: `[PATCH] mm: count the ${name}`,
    from,
    date: `2026-02-0${day}T00:00:00Z`,
    body: `Count it.\n\n${diff(`mm/${name}.c`)}`,
  },
  {
    id: `${name}-reply@example.org`,
    subject: `Re: [PATCH] mm: count the ${name}`,
    from,
    date: `2026-02-0${day}T10:00:00Z`,
    inReplyTo: `${name}@example.org`,
    body: 'Please ignore this patch.\n',
  },
];
const ADA = 'Ada Example <ada@example.org>';

let store: MailStore;
beforeAll(async () => {
  store = await openMemory();
  const mails = [
    ...withdrawn('pages', 1, ADA),
    ...withdrawn('zones', 2, ADA),
    ...withdrawn('nodes', 3, 'Ben Reed <ben@example.org>'),
  ];
  await store.ingestBatch(await prepareAll(mails), NOW);
});
afterAll(() => store.close());

it.each<[string, string[], number, number, string[], boolean]>([
  ['all', ['ada@example.org'], 4, 2, ['zones', 'pages'], false],
  ['the newest of theirs', ['ada@example.org'], 4, 1, ['zones'], true],
  ['theirs among the newest', ['ada@example.org'], 2, 2, ['zones'], true],
  ['none of theirs among the newest', ['ada@example.org'], 1, 2, [], true],
  ['none of no one', [], 1, 1, [], false],
])('reads %s, and says whether that is all', async (_, emails, heads, most, names, isCut) => {
  const read = createDecidedReader(store.tables.db, heads, most);
  const found = await read(emails, '2026-01-01T00:00:00Z');
  expect(found.series.map(({ title }) => title)).toEqual(names.map((name) => `mm: count the ${name}`));
  expect(found.isCut).toBe(isCut);
});
