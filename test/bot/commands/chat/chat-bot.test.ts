import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TransientFailure } from '../../../../src/digest/failure/failure.js';
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
} from './chat-scene.js';

const MINUTE = 60_000;

let scene: ChatTestScene;
beforeEach(async () => {
  scene = await makeChatScene();
});
afterEach(async () => {
  expect(scene.bugs).toEqual([]);
  await scene.store.close();
});

const followed = async (place = channel): Promise<string[]> => {
  const destination = await scene.store.chat.destinations.byAddress(place);
  return destination === null
    ? []
    : (await scene.store.chat.follows.of(destination.id)).map(({ words }) => words);
};

describe('/series', () => {
  it.each([
    ['/series foll_pin', 'done', 'FOLL_PIN v3'],
    ['/series FOLL_PIN view:reviews', 'done', 'Reviews of v3'],
    ['/series foll_pin view:patches', 'done', 'Patches of v3'],
    ['/series foll_pin v1 v3', 'done', 'refuse a pin that would overflow the count'],
    ['/series foll_pin v1 v9', 'problem', 'v1, v2 and v3 are here.'],
    ['/series “foll_pin”.', 'done', 'FOLL_PIN v3'],
    ['/series foll_pni', 'done', 'Nothing is called “foll_pni”; this is the closest match.'],
    ['/series', 'done', 'Recently active:'],
    ['/series qqqq', 'problem', 'No series matches “qqqq”.The newest mail here was received'],
    ['/series mm qqqq', 'problem', 'come close'],
    [
      '/series <https://lore.kernel.org/kvm/20990101.1234-1-x@example.org/|lore.kernel.org/…>',
      'problem',
      'That mail is not here',
    ],
  ])('answers %j, privately', async (line, kind, words) => {
    const answer = await scene.ask(line);
    expect(textOf(answer.view).replace('Try fewer words, or a part of one.', '')).toContain(words);
    expect(answer).toMatchObject({ kind, visibility: 'private', replaces: false, announce: null });
  });

  it('takes a link to any mail of the series, as lore, patchwork and Slack write them', async () => {
    const [series] = (await scene.store.search('foll_pin', 1)).map((hit) => hit.series);
    const id = series?.revisions[0]?.patches.at(-1)?.messageId ?? '';
    for (const query of [
      id,
      `<${id}>`,
      `https://lore.kernel.org/linux-mm/${id}/T/#u`,
      `<https://lore.kernel.org/linux-mm/${encodeURIComponent(id)}/|link>`,
      `https://patchwork.kernel.org/project/linux-mm/patch/${id}/`,
    ])
      expect(textOf((await scene.ask(`/series ${query}`)).view), query).toContain('FOLL_PIN v3');
  });

  it('leads from view to view of one message, and remembers nothing between', async () => {
    let answer = await scene.ask('/series foll_pin');
    expect(answer.actions.map((action) => ('label' in action ? action.label : ''))).toEqual([
      'Details',
      'Follow this series',
      'Snooze',
    ]);
    for (const [label, words] of [
      ['Details', 'Patches of v3'],
      ['Patches', 'Patches of v3'],
      ['Changes', 'What each version changed'],
      ['Compare patches', 'v2 → v3'],
      ['History', '3 versions'],
      ['Reviews', 'Reviews of v3'],
      ['Apply', 'b4 am '],
      ['Details', 'Author'],
    ] as const) {
      answer = await scene.press(labelled(answer, label));
      expect(textOf(answer.view)).toContain(words);
      expect(answer).toMatchObject({ kind: 'done', replaces: true, visibility: 'private' });
    }
    expect(labelled(answer, 'Details')).toBeUndefined();
  });

  it('marks a summary that a language model wrote, with the author’s words one press away', async () => {
    const before = await scene.press(labelled(await scene.ask('/series foll_pin'), 'Details'));
    expect(labelled(before, 'Author’s words')).toBeUndefined();
    const [hit] = await scene.store.search('foll_pin', 1);
    const latest = hit?.series.revisions.at(-1);
    const { written } = scene.store;
    await written.queue([latest?.id ?? ''], '2026-11-16T09:00:00Z');
    const answer = { summary: 'A model says so.', changed: null, rejected: null };
    await written.keepAnswer('hash', answer, '2026-11-16T09:00:00Z');
    await written.settle(latest?.id ?? '', 'settled', 'hash');
    const card = await scene.ask('/series foll_pin');
    expect(textOf(card.view)).toContain('A model says so. (written by a language model)');
    expect(textOf(card.view)).not.toContain(latest?.summary);
    const details = await scene.press(labelled(card, 'Details'));
    const own = await scene.press(labelled(details, 'Author’s words'));
    expect(textOf(own.view)).toContain(latest?.summary);
    expect(textOf(own.view)).not.toContain('A model says so.');
  });

  it('shares a series with the channel in a few lines; who presses there gets a copy of their own', async () => {
    const details = await scene.press(labelled(await scene.ask('/series foll_pin'), 'Details'));
    const patches = await scene.press(labelled(details, 'Patches'));
    const shared = await scene.press(labelled(patches, 'Share in channel'), { requester: guest });
    expect(textOf(shared.view)).not.toContain('Patches of v3');
    expect(shared).toMatchObject({ visibility: 'public', replaces: false });
    expect(textOf(shared.view)).toContain('Shared by Gus.');
    expect(labelled(shared, 'Share in channel')).toBeUndefined();
    const copy = await scene.press(labelled(shared, 'Details'), { requester: member });
    expect(copy).toMatchObject({ visibility: 'private', replaces: false });
    const own = await scene.ask('/series foll_pin view:details', { place: direct });
    expect(labelled(own, 'Share in channel')).toBeUndefined();
  });

  it('lets several be chosen from', async () => {
    const answer = await scene.ask('/series mm');
    const list = selectOf(answer);
    expect(list.options.length).toBeGreaterThan(1);
    const chosen = await scene.press(list, { value: list.options[1]?.value ?? '' });
    expect(textOf(chosen.view)).toContain(list.options[1]?.label.slice(0, 20));
    expect(chosen.replaces).toBe(true);
  });

  it('finds the series again that an old button means, though a newer version represents it', async () => {
    const old = await makeChatScene({ examples: false });
    await old.add([{ id: 'a-1@example.org', subject: '[PATCH] mm: count the pages twice' }]);
    const card = await old.ask('/series count the pages');
    await old.add([
      {
        id: 'a-2@example.org',
        subject: '[PATCH v2] mm: count the pages twice',
        date: '2026-03-05T09:00:00Z',
      },
    ]);
    const details = await old.press(labelled(card, 'Details'));
    expect(textOf((await old.press(labelled(details, 'History'))).view)).toContain('2 versions');
    await old.store.close();
  });

  it('fetches the thread of a link that is not here, where it can', async () => {
    const id = '20260301.5555-1-ada@example.org';
    const requested: string[] = [];
    const fetching = await makeChatScene({
      examples: false,
      fetchThread: async (messageId, { list }) => {
        requested.push(`${list} ${messageId}`);
        if (messageId !== id) return false;
        await fetching.add([{ id, subject: '[PATCH] mm: come when called' }]);
        return true;
      },
    });
    expect(textOf((await fetching.ask(`/series https://lore.kernel.org/all/${id}/`)).view)).toContain(
      'come when called',
    );
    expect(
      textOf((await fetching.ask('/series https://lore.kernel.org/all/20260301.9-1-x@example.org/')).view),
    ).toContain('neither here nor in the archive');
    await fetching.ask('/series ada@example.org');
    expect(requested).toEqual([`null ${id}`, 'null 20260301.9-1-x@example.org']);
    await fetching.store.close();
    const away = await makeChatScene({
      examples: false,
      fetchThread: () => Promise.reject(new TransientFailure('timeout', 'lore did not answer in 10 seconds')),
    });
    expect(await away.ask(`/series https://lore.kernel.org/all/${id}/`)).toMatchObject({ kind: 'problem' });
    expect(away.bugs).toEqual([]);
    await away.store.close();
  });
});

describe('/follow', () => {
  it.each([
    ['/follow kvm', ['kvm']],
    ['/follow kvm mm', ['kvm', 'mm']],
    ['/follow kvm, mm -kind:rfc', ['kvm', 'mm -kind:rfc']],
    ['/follow KVM', ['kvm']],
    ['/follow path:mm/** v>=2', ['path:mm/** version:>=2']],
    ['/follow author:<mailto:jane@example.org|jane@example.org>', ['author:jane@example.org']],
    ['/follow kvm author:“Jane Doe” bots:on', ['kvm author:"jane doe" bots:on']],
    ['/follow <#C012AB|kvm>', ['kvm']],
    ['/covernote follow kvm', ['kvm']],
    ['/covernote /follow kvm', ['kvm']],
  ])('%j: %j, announced in the channel with who did it, the next run and Undo', async (line, words) => {
    // Whether any mail matches is not what is tested here.
    const answer = await scene.ask(`${line} sure:yes`);
    expect(await followed()).toEqual(words);
    expect(answer).toMatchObject({ kind: 'done', visibility: 'private' });
    const announced = answer.announce;
    const text = announced === null ? '' : textOf(announced.view);
    expect(text).toContain('This channel now follows series');
    expect(text).toContain('Changed by Jane.');
    expect(text).toContain('Next digest: 2026-11-17T08:00:00Z');
    expect(text).toContain('daily at 09:00 (Europe/Berlin)');
    expect(announced?.actions.map((action) => (action.kind === 'select' ? '' : action.label))).toEqual([
      'Undo',
    ]);
  });

  it('tells a person alone what is theirs', async () => {
    const answer = await scene.ask('/follow kvm', {
      place: { ...direct, address: guest.id },
      requester: guest,
    });
    expect(answer.announce).toBeNull();
    expect(textOf(answer.view)).toContain('You now follow series of KVM');
    expect(answer.actions.map((action) => (action.kind === 'select' ? '' : action.label))).toEqual(['Undo']);
  });

  it('takes the default zone of who does not tell theirs, and says so', async () => {
    const answer = await scene.ask('/follow kvm', {
      place: { ...direct, address: member.id },
      requester: member,
    });
    expect(textOf(answer.view)).toContain(
      'daily at 09:00 (UTC), the default, as I don’t know your time zone',
    );
  });

  it.each([
    ['/follow', 'Follow what?'],
    ['/follow kvn', 'There is no subsystem “kvn”.Did you mean kvm'],
    ['/follow kvm kvn', 'There is no subsystem “kvn”.'],
    ['/follow all', 'in the last 7 days'],
    ['/follow v>=2', 'in the last 7 days'],
    ['/follow autor:jane', 'there is no filter'],
    ['/follow jane@example.org', 'an author, a recipient or a message'],
    ['/follow "unclosed', 'this quotation mark is never closed'],
  ])('refuses %j in words and changes nothing', async (line, words) => {
    const answer = await scene.ask(line);
    expect(answer).toMatchObject({ kind: 'problem', visibility: 'private', announce: null });
    expect(textOf(answer.view)).toContain(words);
    expect(await followed()).toEqual([]);
  });

  it('offers what was meant in one press', async () => {
    const answer = await scene.ask('/follow kvn -kind:rfc');
    const meant = labelled(answer, '/follow kvm -kind:rfc');
    expect(await scene.press(meant)).toMatchObject({ kind: 'done', replaces: true });
    expect(await followed()).toEqual(['kvm -kind:rfc']);
  });

  it('counts everything of the last 7 days where somebody wants everything', async () => {
    const [, n] =
      /: (\d+) series in the last 7 days/.exec(textOf((await scene.ask('/follow all')).view)) ?? [];
    expect(Number(n)).toBe(await scene.store.seriesSince('2026-11-10T06:00:00Z'));
    expect(Number(n)).toBeGreaterThan(3);
  });

  it('says what is followed already, and adds nothing twice', async () => {
    await scene.ask('/follow kvm');
    expect(textOf((await scene.ask('/follow kvm')).view)).toContain('already');
    await scene.ask('/follow kvm mm');
    expect(await followed()).toEqual(['kvm', 'mm']);
  });

  it('follows one series from its card, once', async () => {
    const card = await scene.ask('/series foll_pin');
    const answer = await scene.press(labelled(card, 'Follow this series'));
    expect(textOf(answer.announce?.view ?? answer.view)).toContain(
      'the series “mm/gup: track pinned pages: FOLL_PIN”',
    );
    expect(textOf((await scene.press(labelled(card, 'Follow this series'))).view)).toContain('already');
    expect(await followed()).toHaveLength(1);
  });
});

describe('who may change what a channel gets', () => {
  it.each([
    ['/follow kvm', member, channel, 'permission to manage this channel'],
    ['/follow kvm', guest, channel, 'guests'],
    ['/unfollow kvm', member, channel, 'permission to manage this channel'],
    ['/digest now', member, channel, 'permission to manage this channel'],
    ['/digest at 10:00', guest, channel, 'guests'],
    ['/covernote import {}', member, channel, 'permission to manage this channel'],
  ])('%j by %o: refused with the reason', async (line, requester, place, why) => {
    const answer = await scene.ask(line, { requester, place });
    expect(answer.kind).toBe('problem');
    expect(textOf(answer.view)).toContain(why);
    expect(await followed()).toEqual([]);
  });

  it.each(['/series foll_pin', '/following', '/digest status', '/covernote help', '/subsystems'])(
    'lets guests read: %j',
    async (line) => {
      expect((await scene.ask(line, { requester: guest })).kind).toBe('done');
    },
  );

  it('holds for buttons too', async () => {
    const card = await scene.ask('/series foll_pin');
    expect((await scene.press(labelled(card, 'Follow this series'), { requester: member })).kind).toBe(
      'problem',
    );
    const change = await scene.ask('/follow kvm');
    expect((await scene.press(change.announce?.actions[0], { requester: member })).kind).toBe('problem');
    const list = selectOf(await scene.ask('/following'));
    const value = list.options[0]?.value ?? '';
    expect((await scene.press(list, { requester: guest, value })).kind).toBe('problem');
    expect(await followed()).toEqual(['kvm']);
  });
});

describe('Undo', () => {
  const all = async () => {
    const destination = await scene.store.chat.destinations.byAddress(channel);
    const follows = destination === null ? [] : await scene.store.chat.follows.of(destination.id);
    return {
      settings: destination && [
        destination.schedule,
        destination.zone,
        destination.state,
        destination.empty,
        destination.lastDue,
      ],
      follows: follows.map(({ id: _, ...rest }) => rest),
    };
  };

  it.each([
    ['/follow mm'],
    ['/follow mm, path:fs/** sure:yes'],
    ['/unfollow kvm'],
    ['/unfollow all'],
    ['/digest at 07:00 weekdays'],
    ['/digest weekly'],
    ['/digest pause'],
    ['/digest off'],
    ['/digest empty say'],
    ['/covernote import {"covernote":1,"follows":["mm"],"empty":"say"}'],
  ])('%s: restores exactly what was before, once', async (line) => {
    await scene.ask('/follow kvm author:jane sure:yes');
    await scene.ask('/follow kvm');
    const before = await all();
    scene.pass(MINUTE);
    const change = await scene.ask(line);
    expect(await all()).not.toEqual(before);
    scene.pass(9 * MINUTE);
    const undo = change.announce?.actions[0];
    const undone = await scene.press(undo);
    expect(undone).toMatchObject({ kind: 'done', replaces: true, visibility: 'public' });
    expect(textOf(undone.view)).toContain('Undone by Jane');
    const after = await all();
    expect(new Set(after.follows.map((one) => JSON.stringify(one)))).toEqual(
      new Set(before.follows.map((one) => JSON.stringify(one))),
    );
    expect(after.settings).toEqual(before.settings);
    expect((await scene.press(undo)).kind).toBe('problem');
  });

  it('ends after ten minutes', async () => {
    const change = await scene.ask('/follow kvm');
    scene.pass(10 * MINUTE + 1000);
    const answer = await scene.press(change.announce?.actions[0]);
    expect(answer.kind).toBe('problem');
    expect(await followed()).toEqual(['kvm']);
  });

  it('leaves alone what somebody changed since', async () => {
    await scene.ask('/follow kvm');
    const change = await scene.ask('/digest at 07:00');
    await scene.ask('/digest at 08:00');
    expect(textOf((await scene.press(change.announce?.actions[0])).view)).toContain('changed again since');
    expect((await all()).settings?.[0]).toMatchObject({ times: ['08:00'] });
  });

  it('does nothing from another place', async () => {
    const change = await scene.ask('/follow kvm');
    const elsewhere = { ...channel, address: 'c2' };
    await scene.ask('/follow mm', { place: elsewhere });
    expect((await scene.press(change.announce?.actions[0], { place: elsewhere })).kind).toBe('problem');
    expect(await followed()).toEqual(['kvm']);
    expect((await scene.press(change.announce?.actions[0])).kind).toBe('done');
  });
});

describe('/unfollow and /following', () => {
  it.each([
    ['/unfollow kvm', ['author:jane@example.org', 'mm -kind:rfc']],
    ['/unfollow mm', ['kvm', 'author:jane@example.org']],
    ['/unfollow author:jane@example.org', ['kvm', 'mm -kind:rfc']],
    ['/unfollow kvm mm', ['kvm', 'author:jane@example.org', 'mm -kind:rfc']],
    ['/unfollow all', []],
    ['/unfollow xfs', ['kvm', 'author:jane@example.org', 'mm -kind:rfc']],
  ])('%s leaves %j', async (line, left) => {
    await scene.ask('/follow kvm');
    await scene.ask('/follow author:jane@example.org sure:yes');
    await scene.ask('/follow mm -kind:rfc');
    await scene.ask(line);
    expect(await followed()).toEqual(left);
  });

  it('lets one be chosen where several are meant or none was named', async () => {
    await scene.ask('/follow kvm, kvm -kind:rfc, mm');
    for (const line of ['/unfollow', '/unfollow v', '/unfollow xfs']) selectOf(await scene.ask(line));
    const list = selectOf(await scene.ask('/unfollow rfc, kvm'));
    const ended = await scene.press(list, { value: list.options[1]?.value ?? '' });
    expect(ended).toMatchObject({ kind: 'done', replaces: true });
    expect(textOf(ended.announce?.view ?? ended.view)).toContain('no longer follows');
    expect(await followed()).toHaveLength(2);
  });

  it('lists filters, who set it, the last result and the next run', async () => {
    await scene.ask('/follow kvm -kind:rfc');
    const text = textOf((await scene.ask('/following', { requester: guest })).view);
    for (const words of [
      'This channel follows 1 thing.',
      'kvm -kind:rfc',
      'without RFCs',
      'set by Jane',
      'No digest was sent here yet.',
      'Next digest:',
    ])
      expect(text).toContain(words);
  });
});

describe('/digest', () => {
  it('shows what the next one would hold, to the requester alone, and sends nothing', async () => {
    await scene.ask('/follow kvm mm');
    const answer = await scene.ask('/digest');
    expect(textOf(answer.view)).toContain('For you alone');
    expect(answer).toMatchObject({ kind: 'done', visibility: 'private', announce: null });
    expect(await scene.store.chat.slots.last(1)).toBeNull();
  });

  it('sends one now through the outbox, and opens it in full afterwards', async () => {
    await scene.ask('/follow kvm mm');
    expect(textOf((await scene.ask('/digest now')).view)).toContain('on its way');
    expect(textOf((await scene.ask('/digest now')).view)).toContain('nothing new to send');
    expect(textOf((await scene.ask('/digest last')).view)).toContain('in full');
    expect(textOf((await scene.ask('/following')).view)).toContain('being sent');
  });

  it.each([
    ['/digest at 09:30 weekdays America/New_York', 'weekdays at 09:30 (America/New_York)'],
    ['/digest 18:00', 'daily at 18:00 (Europe/Berlin)'],
    ['/digest at 9am 5pm', 'daily at 09:00 and 17:00 (Europe/Berlin)'],
    ['/digest weekly', 'every Monday at 09:00 (Europe/Berlin)'],
    ['/digest weekly fri 16:00', 'every Friday at 16:00 (Europe/Berlin)'],
    ['/digest pause', 'Digests are paused here.'],
    ['/digest off', 'No digests come here any more.'],
    ['/digest stop', 'No digests come here any more.'],
    ['/digest empty say', 'An empty digest is one line here.'],
  ])('%s is announced: %s', async (line, words) => {
    await scene.ask('/follow kvm');
    const answer = await scene.ask(line);
    expect(answer.announce === null ? textOf(answer.view) : textOf(answer.announce.view)).toContain(words);
  });

  it('resumes what was paused', async () => {
    await scene.ask('/follow kvm');
    await scene.ask('/digest pause');
    expect(textOf((await scene.ask('/digest status')).view)).toContain(
      'It is paused: /digest resume starts it again.',
    );
    expect((await scene.ask('/digest resume')).announce).not.toBeNull();
    expect(textOf((await scene.ask('/digest resume')).view)).toContain('not paused');
  });

  it.each([
    ['/digest', 'follows nothing yet'],
    ['/digest now', 'follows nothing yet'],
    ['/digest pause', 'No digest is scheduled'],
    ['/digest at', 'A schedule needs a time'],
    ['/digest at 25:00', '25:00'],
    ['/digest at 09:00 Europe/Berln', 'Europe/Berlin'],
    ['/digest pasue', 'Did you mean /digest pause'],
    ['/digest empty maybe', '“maybe” is neither skip nor say.'],
    ['/digest last', 'No digest was sent here yet.'],
    ['/digest 99999', 'not a valid number of days'],
  ])('%s is refused in words: %s', async (line, words) => {
    const answer = await scene.ask(line);
    expect(answer.kind).toBe('problem');
    expect(textOf(answer.view)).toContain(words);
  });

  it.each([
    ['nothing is followed', [], 'Nothing is followed here'],
    ['no schedule', ['/follow kvm', '/digest off'], 'No digest is scheduled'],
    ['paused', ['/follow kvm', '/digest pause'], 'It is paused'],
    ['not due yet', ['/follow kvm'], 'The first one is not due yet.'],
  ])('says why it is silent: %s', async (_, lines, words) => {
    for (const line of lines) await scene.ask(line);
    expect(textOf((await scene.ask('/digest status')).view)).toContain(words);
  });

  it('names the source that is stuck', async () => {
    const stuck = await makeChatScene({
      sources: async () => [
        { name: 'lore:kvm', caughtUpAt: '2026-11-16T00:00:00Z', newest: null, problem: 'lore answers 503' },
      ],
    });
    stuck.pass(36 * 60 * MINUTE);
    const text = textOf((await stuck.ask('/digest status')).view);
    expect(text).toContain("lore:kvm can't be read: lore answers 503");
    expect(text).toContain('more than a day old');
    await stuck.store.close();
  });
});

describe('/covernote', () => {
  it.each([
    ['/covernote', '/follow WHAT [FILTERS]'],
    ['/covernote help digest', '/digest at TIMES [DAYS] [ZONE]'],
    ['/covernote help flolow', 'Did you mean /covernote help follow'],
    ['/covernote status', 'Newest mail'],
    ['/covernote series foll_pin', 'FOLL_PIN v3'],
    ['/covernote frob', 'Unknown command “frob”.'],
    ['/covernote export', 'nothing to export'],
    ['/covernote import', 'Import what?'],
    ['/covernote import {"covernote":1,', 'This is not a covernote export'],
    [
      '/covernote import {"covernote":1,"follows":"kvm"}',
      'This is not a covernote export: its follows are not a list.',
    ],
    ['/covernote import {"covernote":1,"follows":["all"]}', 'None of its follows can be read'],
    ['/subsystems memory', 'mm'],
    ['/subsystems qqqqq', 'There is no subsystem “qqqqq”.'],
  ])('%s: %s', async (line, words) => {
    expect(textOf((await scene.ask(line)).view)).toContain(words);
  });

  it('carries the settings of one place to another', async () => {
    const other = { ...channel, address: 'c2' };
    await scene.ask('/follow kvm author:"Jane Doe", path:mm/**, "page table" sure:yes');
    await scene.ask('/digest at 07:30 mon,thu Asia/Tokyo');
    const code = (await scene.ask('/covernote export')).view.blocks
      .flatMap((block) => (block.kind === 'paragraph' ? block.spans : []))
      .find((span) => 'text' in span && span.style === 'code');
    const text = code !== undefined && 'text' in code ? code.text : '';
    const answer = await scene.ask(`/covernote import ${text}`, { place: other });
    expect(textOf(answer.announce?.view ?? answer.view)).toContain('3 follows added');
    expect(await followed(other)).toEqual(await followed());
    const [a, b] = [channel, other].map((place) => scene.store.chat.destinations.byAddress(place));
    expect((await b)?.schedule).toEqual((await a)?.schedule);
    expect(textOf((await scene.ask(`/covernote import ${text}`, { place: other })).view)).toContain(
      'nothing was changed',
    );
  });

  it('carries the layout, what is muted and a pause too', async () => {
    const other = { ...channel, address: 'c2' };
    await scene.ask('/follow kvm when:now');
    await scene.ask('/digest layout full quiet:22-7 limit:5');
    await scene.ask('/digest mute FOLL_PIN');
    await scene.ask('/digest pause');
    const texts = (await scene.ask('/covernote export')).view.blocks
      .flatMap((block) => (block.kind === 'paragraph' ? block.spans : []))
      .flatMap((span) => ('text' in span && span.style === 'code' ? [span.text] : []));
    const imported: string[] = [];
    for (const text of texts) {
      const { announce, view } = await scene.ask(`/covernote import ${text}`, { place: other });
      imported.push(textOf(announce?.view ?? view));
    }
    expect(imported.join(' ')).toContain('digests are paused');
    expect(imported.join(' ')).toContain('1 series muted');
    const { chat } = scene.store;
    const [a, b] = await Promise.all([channel, other].map((place) => chat.destinations.byAddress(place)));
    expect(b?.layout).toEqual(a?.layout);
    expect(b?.state).toBe('paused');
    expect(await chat.mutes.keys(b?.id ?? 0)).toEqual(await chat.mutes.keys(a?.id ?? 0));
  });

  it('offers to see, send, pause and explain the digests of a place', async () => {
    await scene.ask('/follow kvm');
    const { actions } = await scene.ask('/following');
    const labels = actions.flatMap((action) => (action.kind === 'button' ? [action.label] : []));
    expect(labels).toEqual(['Preview', 'Send now', 'Pause', 'Status', 'Layout']);
    const paused = await scene.press(labelled({ actions }, 'Pause'));
    expect(textOf(paused.announce?.view ?? paused.view)).toContain('Digests are paused here');
    expect(paused.replaces).toBe(false);
    const again = (await scene.ask('/following')).actions;
    expect(again.flatMap((one) => (one.kind === 'button' ? [one.label] : []))).toEqual(
      expect.arrayContaining(['Resume', 'Why no digest?']),
    );
  });

  it('lists for a person what the channels get that they set up', async () => {
    await scene.ask('/follow kvm');
    const own = {
      platform: channel.platform,
      tenant: channel.tenant,
      address: jane.id,
      kind: 'person',
      name: '',
    } as const;
    const text = textOf((await scene.ask('/following', { place: own })).view);
    expect(text).toContain('Channels that you set up');
    expect(text).toContain('1 follow · daily at 09:00');
    // In a channel others would read it, for all that it is private.
    expect(textOf((await scene.ask('/following')).view)).not.toContain('Channels that you set up');
  });

  it('follows what is chosen from the list of subsystems', async () => {
    const list = selectOf(await scene.ask('/subsystems'));
    await scene.press(list, { value: 'kvm' });
    expect(await followed()).toEqual(['kvm']);
  });
});

describe('suggestions', () => {
  it.each([
    ['series', 'query', 'foll', 'mm/gup: track pinned pages: FOLL_PIN'],
    ['follow', 'what', 'kv', 'kvm'],
    ['follow', 'what', 'kvm m', 'kvm mm'],
    ['unfollow', 'what', '', 'path:mm/**'],
    ['digest', 'zone', '', 'Europe/Berlin'],
    ['digest', 'zone', 'new', 'America/New_York'],
    ['digest', 'times', '09', undefined],
  ] as const)('for /%s %s %j: %s', async (command, option, typed, label) => {
    await scene.ask('/follow path:mm/**');
    const found = await scene.bot.suggest({ command, option, typed, requester: jane, place: channel });
    expect(found.length).toBeLessThanOrEqual(25);
    if (label === undefined) expect(found).toEqual([]);
    else expect(found.map((one) => one.label).join('\n')).toContain(label);
    for (const { label: shown, value } of found) {
      expect(shown.length).toBeLessThanOrEqual(100);
      expect(value.length).toBeLessThanOrEqual(100);
    }
  });
});

describe('an overview', () => {
  it('tells of the person’s own and of what they set up, and ends a follow from there', async () => {
    await scene.ask('/follow kvm');
    await scene.ask('/follow mm', { place: direct });
    const { places } = await scene.bot.overview(jane, direct);
    expect(places.map(({ place, follows }) => [place.kind, follows.map(({ words }) => words)])).toEqual([
      ['person', ['mm']],
      ['channel', ['kvm']],
    ]);
    const id = places[1]?.follows[0]?.unfollow ?? '';
    const answer = await scene.bot.press({ id, value: null, requester: jane, place: direct });
    expect(answer.announce?.to).toMatchObject({ address: 'c1' });
    expect(await followed()).toEqual([]);
    const stranger = { ...jane, id: 'other' };
    const own = places[0]?.follows[0]?.unfollow ?? '';
    await scene.bot.press({
      id: own,
      value: null,
      requester: stranger,
      place: { ...direct, address: 'other' },
    });
    expect(await followed(direct)).toEqual(['mm']);
  });
});

describe('a link that somebody posts', () => {
  it('shows its card once a half hour in each place', async () => {
    const [hit] = await scene.store.search('foll_pin', 1);
    const url = hit?.series.revisions[0]?.url ?? '';
    expect(
      textOf((await scene.bot.unfurl(url, channel, 'u1'))?.view ?? { fallback: '', blocks: [] }),
    ).toContain('FOLL_PIN');
    expect(await scene.bot.unfurl(url, channel, 'u1')).toBeNull();
    expect(await scene.bot.unfurl(url, { ...channel, address: 'c2' }, 'u1')).not.toBeNull();
    scene.pass(29 * MINUTE);
    expect(await scene.bot.unfurl(url, channel, 'u1')).toBeNull();
    scene.pass(60 * MINUTE);
    expect(await scene.bot.unfurl(url, channel, 'u1')).not.toBeNull();
    expect(await scene.bot.unfurl('https://example.org/', channel, 'u1')).toBeNull();
    expect(await scene.bot.unfurl('javascript:alert(1)', channel, 'u1')).toBeNull();
  });
});

describe('what nobody should press', () => {
  it.each([
    '',
    'series:v:card:',
    'series:v:card:nosuchanchor',
    'series:pick',
    'undo:none',
    'unfollow:99',
    'unfollow:pick',
    'do:r:frob:x',
    'do:r:series:%ff',
    'x'.repeat(200),
    'follow:pick',
  ])('%j is a problem in words', async (id) => {
    const answer = await scene.bot.press({ id, value: null, requester: jane, place: channel });
    expect(answer.kind).toBe('problem');
    expect(answer.view.fallback).not.toBe('');
  });
});

describe('a bug', () => {
  it('is an answer with a reference, and is logged with the same', async () => {
    const broken = await makeChatScene();
    await broken.store.close();
    const answer = await broken.ask('/series foll_pin');
    expect(answer.kind).toBe('problem');
    expect(textOf(answer.view)).toContain('Reference: id-');
    expect(broken.bugs).toHaveLength(1);
  });
});

it('forgets a place whole', async () => {
  await scene.ask('/follow kvm');
  await scene.bot.forget(channel);
  expect(await followed()).toEqual([]);
  expect(textOf((await scene.ask('/following')).view)).toContain('nothing yet');
});
