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
  selectOf,
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
    expect(await ask('/me')).toContain('I don’t know your mail address yet.');
    expect(await ask('/me add Jane Doe <JANE@example.org>')).toContain(`${ME} is yours here now.`);
    expect(await ask(`/me add ${ME}`)).toContain('is already yours here');
    expect(await ask('/me list')).toContain(ME);
    // The same person elsewhere in the tenant, and another person.
    expect(await ask('/me list', {})).toContain(ME);
    expect(await ask('/me list', { requester: member })).toContain('I don’t know your mail address yet');
    expect(await ask(`/me remove ${ME}`)).toContain('is no longer yours here');
    expect(await ask('/me list')).toContain('I don’t know your mail address yet');
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
    expect(await ask('/me add b@example.org')).toContain('You already have 10 addresses');
  });

  it('is forgotten with the person', async () => {
    await ask(`/me add ${ME}`);
    await ask('/snooze pin pages twice 2w');
    const question = await scene.ask('/covernote forget', { place: direct });
    await scene.press(labelled(question, 'Forget me'), { place: direct });
    expect(await ask('/me list')).toContain('I don’t know your mail address yet');
    expect(await ask('/snooze list')).toContain('Nothing is snoozed');
  });
});

describe('me in the grammar', () => {
  it('is refused with what to do until an address is known', async () => {
    const answer = await scene.ask('/follow author:me', { place: direct });
    expect(answer.kind).toBe('problem');
    expect(textOf(answer.view)).toContain('/me add you@example.org');
  });

  it('means every address of the requester', async () => {
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
    expect((await scene.ask('/snooze count the folios 2w here', { requester: guest })).kind).toBe('problem');
    const answer = await scene.ask('/snooze count the folios 2w here', { requester: jane });
    expect(textOf(answer.announce?.view ?? { fallback: '', blocks: [] })).toContain('is snoozed here until');
    expect(await ask('/board all', { place: channel })).not.toContain('count the folios');
    expect(await ask('/board all')).toContain('count the folios');
    expect(await ask('/snooze count the folios off here', {})).toContain('is no longer snoozed here');
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

describe('the buttons that snooze', () => {
  const choose = async (line: string, title: string, at: Parameters<ChatTestScene['ask']>[1]) => {
    const board = await scene.ask(line, at);
    const select = selectOf(board);
    const value = select.options.find(({ label }) => label.includes(title))?.value;
    return scene.press(select, { ...at, ...(value === undefined ? {} : { value }) });
  };

  it.each([
    ['For a week', 'is snoozed until'],
    ['Until a new version', 'is snoozed until a new version comes'],
    ['Until a reply', 'until a reply or a new version comes'],
    ['Mark as done', 'is done until a new version comes'],
  ])('%s, from a row of my board, and Undo', async (label, expected) => {
    await ask(`/me add ${ME}`);
    const question = await choose('/board', 'pin pages twice', { place: direct });
    expect(textOf(question.view)).toBe('Snooze “mm: pin pages twice” on your board?');
    const done = await scene.press(labelled(question, label), { place: direct });
    expect(textOf(done.view)).toContain(expected);
    expect(await ask('/board')).not.toContain('pin pages twice');
    await scene.press(labelled(done, 'Undo'), { place: direct });
    expect(await ask('/board')).toContain('pin pages twice');
  });

  it('offer those who may to do it for the channel, which is announced', async () => {
    const at = { place: channel };
    expect(
      labelled(
        await choose('/board all', 'folios', { ...at, requester: member }),
        'Mark as done, for the channel',
      ),
    ).toBe(undefined);
    const done = await scene.press(
      labelled(await choose('/board all', 'folios', at), 'Mark as done, for the channel'),
      at,
    );
    expect(textOf(done.announce?.view ?? { fallback: '', blocks: [] })).toBe(
      '“mm: count the folios” is done here until a new version comes. Done by Jane.',
    );
    expect(await ask('/board all', at)).not.toContain('folios');
    expect(await ask('/board all')).toContain('folios');
    const again = { actions: done.announce?.actions ?? [] };
    expect((await scene.press(labelled(again, 'Undo'), { ...at, requester: member })).kind).toBe('problem');
    await scene.press(labelled(again, 'Undo'), at);
    expect(await ask('/board all', at)).toContain('folios');
  });

  it('stand on a card while the series is open, and say what is set', async () => {
    const card = await scene.ask('/series count the folios', { place: direct });
    const question = await scene.press(labelled(card, 'Snooze'), { place: direct });
    await scene.press(labelled(question, 'Until a reply'), { place: direct });
    const again = await scene.press(labelled(card, 'Snooze'), { place: direct });
    expect(textOf(again.view)).toContain('It is snoozed until a reply or a new version comes.');
    const ended = await scene.press(labelled(again, 'End my snooze'), { place: direct });
    expect(textOf(ended.view)).toBe('“mm: count the folios” is no longer snoozed.');
  });
});

describe('/me weekly', () => {
  const placeOf = async (place: typeof direct) => {
    const found = await scene.store.chat.destinations.byAddress(place);
    const follows = found === null ? [] : await scene.store.chat.follows.of(found.id);
    const days = found?.schedule?.days.join() ?? 'none';
    return `${days} ${found?.layout.sections.join() ?? ''} ${follows.map(({ words }) => words).join('; ')}`;
  };
  const MINE = `maintainer:${ME} OR to:${ME} OR author:${ME} OR reviewed:${ME}`;
  const USUAL = 'series,versions,discussed,applied,backports';

  it('asks for an address first', async () => {
    expect(await ask('/me weekly')).toContain('/me add jane@example.org adds one.');
  });

  it('sends a digest a week of what waits, as the board says, and is undone', async () => {
    await ask(`/me add ${ME}`);
    const board = await scene.ask('/board', { place: direct });
    const set = await scene.press(labelled(board, 'Send me this weekly'), { place: direct });
    expect(textOf(set.view)).toContain('You get a digest of what waits for you');
    expect(await placeOf(direct)).toBe(`1 waiting ${MINE}`);
    expect(labelled(await scene.ask('/board', { place: direct }), 'Send me this weekly')).toBe(undefined);
    expect(await ask('/me')).toContain('/me weekly off ends it');
    expect(await ask('/following')).toContain('Number 1 is your weekly digest of what waits for you');
    scene.pass(7 * DAY_MS);
    expect(await scene.tick.run()).toMatchObject({ planned: 1 });
    const found = await scene.store.chat.destinations.byAddress(direct);
    const slot = await scene.store.chat.slots.last(found?.id ?? 0);
    const listed = slot?.digest.groups.flatMap(({ sections }) => sections.flatMap(({ items }) => items));
    expect(listed?.map(({ title }) => title).sort()).toEqual([
      'mm: free huge pages early',
      'mm: my own work',
      'mm: pin pages twice',
    ]);
    await scene.press(labelled(set, 'Undo'), { place: direct });
    expect(await ask('/me weekly off')).toContain(
      'You no longer get the weekly digest of what waits for you.',
    );
    expect(await placeOf(direct)).toBe(`none ${USUAL} `);
    expect(await ask('/me weekly off')).toContain('You get no weekly digest');
  });

  it('takes a day and a time, knows new addresses, and ends with the last one', async () => {
    await ask(`/me add ${ME}`);
    await ask('/me weekly fri 16:00');
    await ask('/me add jd@example.com');
    expect(await placeOf(direct)).toContain('5 waiting maintainer:');
    expect(await placeOf(direct)).toContain('reviewed:jd@example.com');
    await ask('/me remove jd@example.com');
    expect(await placeOf(direct)).toBe(`5 waiting ${MINE}`);
    await ask(`/me remove ${ME}`);
    expect(await placeOf(direct)).toBe(`none ${USUAL} `);
  });

  it('comes as a direct message where it is requested in a channel', async () => {
    await ask(`/me add ${ME}`);
    const set = await scene.ask('/me weekly', { place: channel });
    expect(textOf(set.view)).toContain('It comes as a direct message.');
    const own = { ...direct, tenant: 't1' };
    expect(await placeOf(own)).toBe(`1 waiting ${MINE}`);
    await scene.press(labelled(set, 'Undo'), { place: channel });
    expect(await placeOf(own)).toBe(`none ${USUAL} `);
  });

  it('asks before other digests become weekly too', async () => {
    await ask(`/me add ${ME}`);
    await ask('/follow kvm sure:yes');
    const question = await scene.ask('/me weekly', { place: direct });
    expect(question.kind).toBe('problem');
    await scene.press(labelled(question, 'Make all of it weekly'), { place: direct });
    expect(await placeOf(direct)).toBe(`1 ${USUAL},waiting kvm; ${MINE}`);
    await ask('/me weekly off');
    expect(await placeOf(direct)).toBe(`1 ${USUAL} kvm`);
  });

  it.each([
    ['at another time of the week', 'at fri 16:00', '/me weekly fri 16:00', 'Change the time of all of it'],
    ['not at all', 'off', 'or leave it off', 'Get all of it weekly'],
  ])('asks before digests that come %s move', async (_, digest, expected, label) => {
    await ask(`/me add ${ME}`);
    await ask('/follow kvm sure:yes');
    await ask(`/digest ${digest}`);
    const before = await placeOf(direct);
    const question = await scene.ask('/me weekly', { place: direct });
    expect(question.kind).toBe('problem');
    expect(textOf(question.view)).toContain(expected);
    expect(await placeOf(direct)).toBe(before);
    await scene.press(labelled(question, label), { place: direct });
    expect(await placeOf(direct)).toBe(`1 ${USUAL},waiting kvm; ${MINE}`);
  });

  it('does not ask where they come at that time, and says that paused ones come again', async () => {
    await ask(`/me add ${ME}`);
    await ask('/follow kvm sure:yes');
    await ask('/digest at fri 16:00');
    await ask('/digest pause');
    expect(await ask('/me weekly fri 16:00')).toContain('Your digests were paused; they come again now.');
    expect(await placeOf(direct)).toBe(`5 ${USUAL},waiting kvm; ${MINE}`);
  });

  it.each(['daily', 'nonsense', 'mon thu 09:00'])('refuses %j', async (words) => {
    await ask(`/me add ${ME}`);
    expect((await scene.ask(`/me weekly ${words}`, { place: direct })).kind).toBe('problem');
    expect(await scene.store.chat.destinations.byAddress(direct)).toBeNull();
  });
});
