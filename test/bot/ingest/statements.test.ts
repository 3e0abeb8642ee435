import { expect, it } from 'vitest';
import { NOW, openMemory, prepareAll, type Written } from '../../adapters/store/written-mail.js';
import { manySeries } from './fake-source.js';

/** Series in two parts each, and a reply to every one. */
function written(series: number): Written[] {
  const mails = manySeries(series);
  const replies = mails.map(
    (mail): Written => ({
      id: `re-${mail.id}`,
      subject: `Re: ${mail.subject}`,
      from: 'Ben Reviewer <ben@example.org>',
      inReplyTo: mail.id ?? '',
      body: 'Why?\n',
    }),
  );
  return [...mails, ...replies];
}

/** Statements of a batch into an empty database, and of the same mail once more over another list. */
async function statementsOf(series: number): Promise<number[]> {
  const store = await openMemory();
  const mails = written(series);
  const counts: number[] = [];
  for (const list of ['linux-mm@example.org', 'linux-kernel@example.org']) {
    const before = store.statements();
    await store.ingestBatch(await prepareAll(mails.map((mail) => ({ ...mail, list }))), NOW);
    counts.push(store.statements() - before);
  }
  await store.close();
  return counts;
}

it('takes as many statements for a large batch as for a small one', async () => {
  const few = await statementsOf(2);
  expect(await statementsOf(40)).toEqual(few);
});
