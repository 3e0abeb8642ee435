import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { toDocument } from '../../../src/adapters/store/document-text.js';
import { openEngine } from '../../../src/adapters/store/engine/open-engine.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { newDatabase, onPostgres } from '../../lib/database.js';
import { describing, diff, NOW, prepareAll } from './written-mail.js';

const ASCII = /^\p{ASCII}*$/u;

it.each([
  ['a name', 'Daniëlle'],
  ['an arrow', 'a → b'],
  ['a character of two units', '🦀'],
  ['half of one', '\ud83e'],
  ['a NUL', '\0'],
  ['what JSON escapes by itself', '"\\u00e9"\n\u2028'],
])('a document is ASCII and gives back what it was made of: %s', (_, text) => {
  const document = toDocument({ [text]: [text] });
  expect(document).toMatch(ASCII);
  expect(JSON.parse(document)).toEqual({ [text]: [text] });
});

it('series are stored so, when they are new and when a reply is counted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'covernote-documents-'));
  const path = onPostgres ? await newDatabase() : join(folder, 'mail.db');
  const store = await openMailStore(path, describing);
  const engine = await openEngine(path);
  const documents = async () =>
    (await engine.db.selectFrom('series').select('document').execute()).map(({ document }) => document);
  const title = 'café: fix the naïve → case';
  const from = 'Daniëlle Exämple <dani@example.org>';
  const posting = {
    id: 'p@example.org',
    subject: `[PATCH] ${title}`,
    from,
    body: `A fix.\n\n${diff('a.c')}`,
  };
  const reply = {
    id: 'r@example.org',
    subject: `Re: [PATCH] ${title}`,
    from,
    inReplyTo: 'p@example.org',
    body: 'Ping.',
  };
  for (const mail of [posting, reply]) {
    await store.ingestBatch(await prepareAll([{ ...mail, date: '2026-01-05T00:00:00Z' }]), NOW);
    expect(await documents()).toEqual([expect.stringMatching(ASCII)]);
    expect(await store.search('naïve', 1)).toMatchObject([
      { series: { title, author: { name: 'Daniëlle Exämple' } } },
    ]);
  }
  await engine.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
