import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseSchedule } from '../../../src/digest/schedule/parse-schedule.js';
import { prepareAll, type Written } from '../../adapters/store/written-mail.js';
import { MINUTE, makeScene, type Scene, searchable } from './scene.js';

let scene: Scene;

beforeEach(async () => {
  scene = await makeScene(searchable, Date.parse('2026-03-02T10:00:00Z'));
});
afterEach(() => scene.store.close());

const DAILY = 'list:linux-mm@example.org';
const AT_ONCE = `${DAILY} when:now`;

async function follow(text: string): Promise<void> {
  const id = await scene.follow('c', text);
  const daily = parseSchedule('daily at 9', { zone: 'UTC' });
  if (!daily.ok) throw new Error('no schedule');
  await scene.store.chat.destinations.update(id, { schedule: daily.schedule }, scene.iso());
}

/** What the process does each minute. */
async function beat(): Promise<void> {
  scene.pass(MINUTE);
  await scene.atOnce.run();
  await scene.tick.run();
  await scene.deliver();
}

/** Mail that comes now; then a minute's work. */
async function come(...mails: Written[]): Promise<void> {
  const date = scene.iso();
  await scene.store.ingestBatch(await prepareAll(mails.map((mail) => ({ date, ...mail }))), date);
  await beat();
}

/** On to the next digest: what it says, '' if there is none. */
async function nextDigest(): Promise<string> {
  const before = scene.chat.log.length;
  const next = Date.parse(`${scene.iso().slice(0, 10)}T09:00:00Z`) + 24 * 60 * MINUTE;
  scene.pass(next - Date.parse(scene.iso()));
  await beat();
  return scene.chat.log
    .slice(before)
    .map(({ body }) => body.text)
    .join('\n');
}

const series: Written[] = [
  { id: 'c@example.org', subject: '[PATCH 0/1] mm: rework apple', body: 'This reworks apple.\n' },
  { id: 'p@example.org', subject: '[PATCH 1/1] mm: peel the apple', inReplyTo: 'c@example.org' },
];
const request = (id: string): Written => ({
  id: `${id}@example.org`,
  from: 'Mai Ntainer <mai@example.org>',
  subject: `[GIT PULL] ${id} for 7.3`,
  body: `The following changes since commit 0123456789abcdef0123456789abcdef01234567:

  Linux 7.2 (2026-02-01 10:00:00 +0000)

are available in the Git repository at:

  https://git.example.org/pub/scm/git/mm/mm.git tags/mm-7.3

for you to fetch changes up to 89abcdef0123456789abcdef0123456789abcdef:

  mm: peel the apple (2026-03-01 08:00:00 +0000)

----------------------------------------------------------------
Ada Example (1):
      mm: peel the apple

Mai Ntainer (1):
      mm: paint it

 a | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)
`,
});
const applied: Written = {
  id: 'thanks@example.org',
  from: 'Mai Ntainer <mai@example.org>',
  subject: 'Re: [PATCH 0/1] mm: rework apple',
  inReplyTo: 'c@example.org',
  body: 'Applied to mm/next, thanks!\n',
};
const TOLD = 'applied to mm/mm (mm-7.3) by Mai Ntainer';

it('reports in one digest what a pull request lists, and not as an answer', async () => {
  await follow(DAILY);
  await come(...series);
  expect(await nextDigest()).toContain('New series');
  await come(request('mm'));
  const digest = await nextDigest();
  expect(digest).toContain('1 applied');
  expect(digest).toContain(TOLD);
  expect(digest).not.toContain('1 reply');
  await come(request('mm again'));
  expect(await nextDigest()).not.toContain('applied');
});

it('reports nothing again that its maintainer said in the thread', async () => {
  await follow(DAILY);
  await come(...series);
  await nextDigest();
  await come(applied);
  expect(await nextDigest()).toContain('1 applied');
  await come(request('mm'));
  expect(await nextDigest()).not.toContain('applied');
});

it('says it below the message of the series, for a follow that posts at once', async () => {
  await follow(AT_ONCE);
  await come(...series);
  await come(request('mm'));
  const posted = scene.chat.log.map(({ under, body }) => `${under ?? 'root'}: ${body.text}`);
  expect(posted.filter((text) => text.startsWith('m1:'))).toEqual([
    expect.stringContaining(`Probably ${TOLD}`),
  ]);
  await beat();
  expect(await nextDigest()).not.toContain('applied');
});

it('is news for the series alone that it settles', async () => {
  await follow('series:<c@example.org>');
  await come(...series, { id: 'other@example.org', subject: '[PATCH] mm: another' });
  expect(await nextDigest()).toContain('rework apple');
  await come(request('mm'));
  expect(await nextDigest()).toContain(TOLD);
});

it('is in the activity of the days in which the request came, which digests on the command line show', async () => {
  await come(...series);
  scene.pass(2 * 24 * 60 * MINUTE);
  const since = scene.iso();
  await come(request('mm'));
  const window = { since, until: '2026-04-01T00:00:00Z' };
  const [one] = (await scene.store.activity(window)).filter(({ series: { kind } }) => kind !== 'pull');
  expect(one?.evidence.map(({ messageId }) => messageId)).toEqual(['mm@example.org']);
  expect(one?.replies.count).toBe(0);
  scene.pass(60 * MINUTE);
  const later = scene.iso();
  await come(request('mm again'));
  const again = await scene.store.activity({ ...window, since: later });
  expect(again.flatMap(({ evidence }) => evidence)).toEqual([]);
});
