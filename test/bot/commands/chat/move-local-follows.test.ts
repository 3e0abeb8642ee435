import { afterEach, beforeEach, expect, it } from 'vitest';
import { localPlace } from '../../../../src/bot/commands/chat/typed-chat.js';
import { localFollows, moveLocalFollows } from '../../../../src/bot/commands/run.js';
import { readConfig } from '../../../../src/bot/config.js';
import type { MailStore } from '../../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../../src/bot/ingest/open-mail-store.js';
import type { Library } from '../../../../src/bot/library.js';
import { formatFollow } from '../../../../src/digest/follow/format-follow.js';
import { archiveUrl } from '../../../../src/digest/mail/archive-url.js';
import { emptyCatalog } from '../../../../src/digest/subsystem/catalog.js';
import { newDatabase } from '../../../lib/database.js';

const NOW = Date.parse('2026-11-17T06:00:00Z');
const kvm = { version: 1, where: { kind: 'subsystem', slug: 'kvm' }, bots: false };
const jane = { version: 1, where: { kind: 'author', who: 'jane@example.org' }, bots: false };

let store: MailStore;
let library: Library;
beforeEach(async () => {
  const links = archiveUrl('https://lore.kernel.org/{list}/{id}/');
  const catalog = emptyCatalog();
  store = await openMailStore(await newDatabase(), { catalog: () => catalog, archiveUrl: links });
  const read = readConfig({});
  if (!read.ok) throw new Error('an empty configuration is wrong');
  library = {
    store,
    catalog,
    readLists: async () => undefined,
    archiveUrl: links,
    config: read.config,
    isDemo: false,
  };
});
afterEach(() => store.close());

it.each([
  ['nothing was followed', null, []],
  ['follows were kept', JSON.stringify([kvm, jane]), ['kvm', 'author:jane@example.org']],
  ['one cannot be read any more', JSON.stringify([{ version: 99 }, kvm]), ['kvm']],
  ['the list is damaged', '{"not": "a list"', []],
])('moves what a first version followed at this terminal: %s', async (_, mark, words) => {
  if (mark !== null) await store.mark('local-follows', mark);
  expect(await moveLocalFollows(library, NOW)).toBe(words.length);
  expect((await localFollows(library)).map(formatFollow)).toEqual(words);
});

it('moves them once, so that what was ended since stays ended', async () => {
  await store.mark('local-follows', JSON.stringify([kvm, jane]));
  await moveLocalFollows(library, NOW);
  const destination = await store.chat.destinations.byAddress(localPlace);
  const [first] = destination === null ? [] : await store.chat.follows.of(destination.id);
  await store.chat.follows.remove(destination?.id ?? 0, [first?.id ?? 0]);
  expect(await moveLocalFollows(library, NOW)).toBe(0);
  expect((await localFollows(library)).map(formatFollow)).toEqual(['author:jane@example.org']);
});
