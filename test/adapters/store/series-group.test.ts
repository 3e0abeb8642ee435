import { afterEach, describe, expect, it } from 'vitest';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { documentsOf, NOW, openMemory, prepareAll, TWO_VERSIONS, type Written } from './written-mail.js';

const open: MailStore[] = [];
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});

async function holding(...batches: (readonly Written[])[]): Promise<MailStore> {
  const store = await openMemory();
  open.push(store);
  for (const mails of batches) await store.ingestBatch(await prepareAll(mails), NOW);
  return store;
}

describe('how a series came together', () => {
  it('is described with its postings and what joined them', async () => {
    const store = await holding(TWO_VERSIONS);
    const series = await store.seriesByMessage('v1-2@example.org');
    const group = await store.groupOf(series?.id ?? '');
    expect(group?.revisions.map(({ id, members }) => [id, members.length])).toEqual([
      ['v1-0@example.org', 3],
      ['v2-0@example.org', 3],
    ]);
    expect(group?.links).toMatchObject([{ older: 'v1-0@example.org', newer: 'v2-0@example.org' }]);
    expect(await store.groupOf('abcdef012345')).toBeNull();
  });

  it.each([
    ['a cover', 'v2-0@example.org', 'v2-0@example.org'],
    ['a patch', 'v1-2@example.org', 'v1-0@example.org'],
    ['a reply to a patch', 'review@example.org', 'v1-0@example.org'],
    ['mail that is not here', 'gone@example.org', null],
  ])('names the posting of %s', async (_, message, posting) => {
    expect(await (await holding(TWO_VERSIONS)).postingOf(message)).toBe(posting);
  });

  it('keeps a partial reroll complete when a reply to it comes later', async () => {
    const reroll: Written = {
      id: 'v3-2@example.org',
      subject: '[PATCH v3 2/2] mm/gup: pin in gup_fast',
      date: '2026-03-02T11:00:00Z',
      inReplyTo: 'v2-2@example.org',
    };
    const reply: Written = {
      id: 'late@example.org',
      subject: 'Re: [PATCH v3 2/2] mm/gup: pin in gup_fast',
      from: 'Ben Reviewer <ben@example.org>',
      date: '2026-03-02T12:00:00Z',
      inReplyTo: 'v3-2@example.org',
      body: 'Fine.\n',
    };
    const store = await holding([...TWO_VERSIONS, reroll], [reply]);
    const series = await store.seriesByMessage('v3-2@example.org');
    expect(series?.revisions.at(-1)?.patches.map((patch) => patch.messageId)).toEqual([
      'v2-1@example.org',
      'v3-2@example.org',
    ]);
    expect(await documentsOf(store)).toEqual(
      await documentsOf(await holding([...TWO_VERSIONS, reroll, reply])),
    );
  });
});
