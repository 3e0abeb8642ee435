import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ChatTestScene,
  channel,
  direct,
  guest,
  jane,
  labelled,
  makeChatScene,
  member,
  textOf,
} from './chat/chat-scene.js';

const DAY_MS = 86_400_000;
const ME = 'jane@example.org';
const at = (day: number): string => `2026-11-${String(day).padStart(2, '0')}T06:00:00Z`;
const LIST = 'linux-mm@kvack.org';

let scene: ChatTestScene;
beforeEach(async () => {
  scene = await makeChatScene({ examples: false });
  await scene.add([
    { id: 'to@x', subject: '[PATCH] mm: pin pages twice', to: ME, date: at(10), list: LIST },
    { id: 'other@x', subject: '[PATCH] mm: count the folios', date: at(10), list: LIST },
    { id: 'own@x', subject: '[PATCH] mm: my own work', from: `Jane Doe <${ME}>`, date: at(2), list: LIST },
    { id: 'v1@x', subject: '[PATCH] mm: free huge pages early', date: at(9), list: LIST },
    {
      id: 'v1r@x',
      subject: 'Re: [PATCH] mm: free huge pages early',
      from: `Jane Doe <${ME}>`,
      inReplyTo: 'v1@x',
      date: at(10),
      list: LIST,
      body: `Fine.\n\nReviewed-by: Jane Doe <${ME}>\n`,
    },
    { id: 'v2@x', subject: '[PATCH v2] mm: free huge pages early', date: at(15), list: LIST },
  ]);
});
afterEach(async () => {
  expect(scene.bugs).toEqual([]);
  await scene.store.close();
});

const ask = async (line: string, where: Parameters<ChatTestScene['ask']>[1] = { place: direct }) =>
  textOf((await scene.ask(line, where)).view);

describe('/me', () => {
  it('adds, lists and removes addresses', async () => {
    expect(await ask('/me')).toContain('No mail address of yours is known here.');
    expect(await ask('/me add Jane Doe <JANE@example.org>')).toContain(`${ME} is yours here now.`);
    expect(await ask(`/me add ${ME}`)).toContain('is yours here already');
    expect(await ask('/me list')).toContain(ME);
    // The same person elsewhere in the tenant, and another person.
    expect(await ask('/me list', {})).toContain(ME);
    expect(await ask('/me list', { asker: member })).toContain('No mail address of yours');
    expect(await ask(`/me remove ${ME}`)).toContain('is not yours here any more');
    expect(await ask('/me list')).toContain('No mail address');
  });

  it.each([
    '',
    'jane',
    'jane@',
    '@example.org',
    'jane@example.org bo@example.org',
    'jane@exa mple.org <script>',
  ])('refuses %j', async (typed) => {
    expect((await scene.ask(`/me add ${typed}`, { place: direct })).kind).not.toBe('done');
  });

  it('keeps at most ten', async () => {
    for (let n = 0; n < 10; n++) await ask(`/me add a${n}@example.org`);
    expect(await ask('/me add b@example.org')).toContain('You have 10 addresses');
  });

  it('is forgotten with the person', async () => {
    await ask(`/me add ${ME}`);
    await ask('/snooze pin pages twice 2w');
    const asked = await scene.ask('/covernote forget', { place: direct });
    await scene.press(labelled(asked, 'Forget me'), { place: direct });
    expect(await ask('/me list')).toContain('No mail address');
    expect(await ask('/snooze list')).toContain('Nothing is snoozed');
  });
});

describe('me in the grammar', () => {
  it('is refused with what to do until an address is known', async () => {
    const answer = await scene.ask('/follow author:me', { place: direct });
    expect(answer.kind).toBe('problem');
    expect(textOf(answer.view)).toContain('/me add you@example.org');
  });

  it('stands for every address of the asker', async () => {
    await ask(`/me add ${ME}`);
    await ask('/me add jd@example.com');
    await ask('/follow author:me OR reviewed:@me');
    const kept = await scene.store.chat.destinations.byAddress(direct);
    const follows = await scene.store.chat.follows.of(kept?.id ?? 0);
    expect(follows.map(({ words }) => words)).toEqual([
      `author:${ME} OR author:jd@example.com OR reviewed:${ME} OR reviewed:jd@example.com`,
    ]);
    expect(await ask('/series author:me')).toContain('mm: my own work');
  });
});

describe('/board for a person', () => {
  it('shows what waits for them, new versions of what they looked at, and what is theirs', async () => {
    expect(await ask('/board')).not.toContain('for you');
    await ask(`/me add ${ME}`);
    const text = await ask('/board');
    expect(text).toContain('2 series wait for you.');
    expect(text).toMatch(/Waits for your review[\s\S]*mm: pin pages twice[\s\S]*it was sent to you/);
    expect(text).toMatch(
      /New versions of what you looked at[\s\S]*free huge pages early[\s\S]*you reviewed v1/,
    );
    expect(text).toMatch(/Yours[\s\S]*mm: my own work[\s\S]*no answer for 15 days/);
    expect(text).not.toContain('count the folios');
    expect(await ask('/board all')).toContain('count the folios');
  });

  it('leaves out what is snoozed, until it ends', async () => {
    await ask(`/me add ${ME}`);
    await ask('/snooze pin pages twice 3d');
    await ask('/snooze my own work reply');
    await ask('/snooze free huge pages early done');
    expect(await ask('/board')).toContain('Nothing waits for you.');
    expect(await ask('/snooze list')).toContain('my own work');
    await scene.add([
      {
        id: 'own-r@x',
        subject: 'Re: [PATCH] mm: my own work',
        inReplyTo: 'own@x',
        date: at(17),
        list: LIST,
        body: 'Hm.',
      },
      { id: 'v3@x', subject: '[PATCH v3] mm: free huge pages early', date: at(17), list: LIST },
    ]);
    const text = await ask('/board');
    expect(text).toContain('my own work');
    expect(text).toContain('v3');
    expect(text).not.toContain('pin pages twice');
    scene.pass(4 * DAY_MS);
    expect(await ask('/board')).toContain('pin pages twice');
    expect(await ask('/snooze list')).toContain('Nothing is snoozed');
  });
});

describe('/snooze here', () => {
  it('needs the right to manage the place, is announced, and holds for its board alone', async () => {
    expect((await scene.ask('/snooze count the folios 2w here', { asker: guest })).kind).toBe('problem');
    const answer = await scene.ask('/snooze count the folios 2w here', { asker: jane });
    expect(textOf(answer.announce?.view ?? { fallback: '', blocks: [] })).toContain('is snoozed here until');
    expect(await ask('/board all', { place: channel })).not.toContain('count the folios');
    expect(await ask('/board all')).toContain('count the folios');
    expect(await ask('/snooze count the folios off here', {})).toContain('not snoozed here any more');
    expect(await ask('/board all', { place: channel })).toContain('count the folios');
  });

  it.each([
    ['/snooze count the folios 2020-01-01', 'past'],
    ['/snooze 2w', 'Which series?'],
    ['/snooze no such thing at all 2w', 'No series matches'],
    ['/snooze count the folios off', 'is not snoozed'],
  ])('says of %j what to do', async (line, expected) => {
    expect(await ask(line)).toContain(expected);
  });
});
