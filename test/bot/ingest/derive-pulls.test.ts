import { describe, expect, it } from 'vitest';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import { buildCatalog } from '../../../src/digest/subsystem/catalog.js';
import { parseMaintainers } from '../../../src/digest/subsystem/parse-maintainers.js';
import {
  describing,
  NOW,
  openMemory,
  prepare,
  type Written,
  writeMail,
} from '../../adapters/store/written-mail.js';
import { newDatabase } from '../../lib/database.js';

const TITLE = 'mm: keep the pages of a pinned range';
const OTHER = 'mm: count the pages of a torn range';
const V1: Written = { id: 'v1@example.org', date: '2026-03-01T09:00:00Z', subject: `[PATCH] ${TITLE}` };
const V2: Written = { id: 'v2@example.org', date: '2026-03-03T09:00:00Z', subject: `[PATCH v2] ${TITLE}` };
const UNLISTED: Written = {
  id: 'other@example.org',
  date: '2026-03-03T10:00:00Z',
  subject: `[PATCH] ${OTHER}`,
};
const request = (id: string, ...titles: string[]): Written => ({
  id,
  from: 'Mai Ntainer <mai@example.org>',
  date: '2026-03-05T09:00:00Z',
  subject: '[GIT PULL] mm updates for 6.19',
  body: `Hi,

The following changes since commit 0123456789abcdef0123456789abcdef01234567:

  Linux 6.18 (2026-02-01 10:00:00 +0000)

are available in the Git repository at:

  https://git.example.org/pub/scm/git/mm/mm.git tags/mm-6.19

for you to fetch changes up to 89abcdef0123456789abcdef0123456789abcdef:

  mm: the last of them (2026-03-05 08:00:00 +0000)

----------------------------------------------------------------
Ada Example (${titles.length}):
${titles.map((title) => `      ${title}\n`).join('')}
 mm/gup.c | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)
`,
});
const MAINTAINERS =
  'List of maintainers\n\nMEMORY MANAGEMENT\nM:\tMai Ntainer <mai@example.org>\nL:\tlinux-mm@example.org\nS:\tMaintained\nF:\tmm/\n';
const PULL = request('pull@example.org', TITLE);

type Store = Awaited<ReturnType<typeof openMemory>>;

async function stored(...mails: readonly Written[]): Promise<Store> {
  const store = await openMemory();
  for (const mail of mails) await store.ingestBatch([await prepare(writeMail(mail))], NOW);
  return store;
}

async function statesOf(store: Store): Promise<Record<string, string>> {
  const states: Record<string, string> = {};
  for await (const { kind, latest, state } of store.allSeries())
    if (kind !== 'pull') states[latest ?? ''] = `${state.name} ${state.evidence.map((one) => one.source)}`;
  return states;
}

describe('a pull request', () => {
  it('proves that what it lists is applied, in whatever order the mails come', async () => {
    for (const order of permutations([V1, V2, UNLISTED, PULL])) {
      const store = await stored(...order);
      expect(await statesOf(store), order.map(({ id }) => id).join(', ')).toEqual({
        'v2@example.org': 'applied pull-request',
        'other@example.org': 'new ',
      });
      await store.close();
    }
  });

  it('in one batch with what it lists', async () => {
    const store = await openMemory();
    const batch = await Promise.all([PULL, V1].map((mail) => prepare(writeMail(mail))));
    await store.ingestBatch(batch, NOW);
    expect(await statesOf(store)).toEqual({ 'v1@example.org': 'applied pull-request' });
    await store.close();
  });

  it('counts no more once it is taken out of the archive', async () => {
    const store = await stored(V1, PULL);
    await store.remove(['pull@example.org']);
    expect(await statesOf(store)).toEqual({ 'v1@example.org': 'new ' });
    await store.close();
  });

  it('is hidden by no number of requests of others', async () => {
    const many = Array.from({ length: 50 }, (_, at) => ({
      ...request(`eve${at}@example.org`, TITLE),
      from: at % 2 === 0 ? 'Eve <eve@example.net>' : `Eve <eve${at}@example.net>`,
    }));
    const reply: Written = {
      id: 'reply@example.org',
      date: '2026-03-09T09:00:00Z',
      inReplyTo: 'v1@example.org',
      subject: `Re: [PATCH] ${TITLE}`,
      from: 'Bob <bob@example.org>',
      body: 'Reviewed-by: Bob <bob@example.org>\n',
    };
    const catalog = buildCatalog(parseMaintainers(MAINTAINERS).entries);
    const store = await openMailStore(await newDatabase(), { ...describing, catalog: () => catalog });
    for (const mail of [V1, PULL, ...many, reply])
      await store.ingestBatch([await prepare(writeMail(mail))], NOW);
    expect(await statesOf(store)).toEqual({ 'v1@example.org': 'applied pull-request' });
    await store.close();
  });
});

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
}
