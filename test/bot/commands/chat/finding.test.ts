import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type ChatTestScene,
  channel,
  jane,
  labelled,
  makeChatScene,
  selectOf,
  textOf,
} from './chat-scene.js';

let scene: ChatTestScene;
beforeEach(async () => {
  scene = await makeChatScene();
});
afterEach(async () => {
  expect(scene.bugs).toEqual([]);
  await scene.store.close();
});

const suggested = async (typed: string) =>
  scene.bot.suggest({ requester: jane, place: channel, command: 'series', option: 'query', typed });

describe('/series', () => {
  it('pages through more than ten', async () => {
    const first = await scene.ask('/series in:kvm,mm,netdev,io_uring');
    expect(textOf(first.view)).toContain('More than 10 series match');
    const second = await scene.press(labelled(first, 'Next page'));
    expect(textOf(second.view)).toContain('These are 11 to');
    const values = (answer: typeof first) => selectOf(answer).options.map(({ value }) => value);
    expect(values(first)).toHaveLength(10);
    expect(values(second).filter((value) => values(first).includes(value))).toEqual([]);
  });

  it('shows what is followed and what was active lately where nothing is typed', async () => {
    expect(textOf((await scene.ask('/series')).view)).toContain('Recently active:');
    await scene.ask('/follow netdev');
    const text = textOf((await scene.ask('/series')).view);
    expect(text).toContain('Followed here, recently active:');
    expect(text.indexOf('tcp: Say why a connection was reset')).toBeLessThan(text.indexOf('Elsewhere:'));
    const [first] = await suggested('');
    expect(first?.label).toMatch(/^(?:net|tcp|io_uring\/net)/);
  });

  it('opens one version, which its buttons keep to', async () => {
    const card = await scene.ask('/series foll_pin v1');
    expect(textOf(card.view)).toContain('v1');
    expect(textOf(card.view)).toContain('superseded');
    const details = await scene.press(labelled(card, 'Details'));
    const patches = await scene.press(labelled(details, 'Patches'));
    expect(textOf(patches.view)).toContain('Patches of v1');
    const newest = await scene.press(labelled(patches, 'Newest: v3'));
    expect(textOf(newest.view)).toContain('Patches of v3');
  });

  it('filters, and refuses a filter of another command by its name', async () => {
    const found = await scene.ask('/series in:netdev author:petkov state:applied');
    expect(textOf(found.view)).toContain('net: Recycle fragments across queues');
    expect(textOf((await scene.ask('/series in:netdev state:rejected')).view)).toContain('No series matches');
    expect(textOf((await scene.ask('/series path:mm/**')).view)).toContain('is a filter of /follow');
    const slip = await scene.ask('/series state:aplied');
    expect(labelled(slip, '/series state:applied')).toBeDefined();
  });

  it('finds what was active since a moment, of all', async () => {
    const found = await scene.ask('/series since:1d');
    expect(textOf(found.view)).toContain('tcp: Say why a connection was reset');
    expect(textOf((await scene.ask('/series since:2026-11-17')).view)).toContain('No series matches');
  });

  it('opens the one whose title has the words, and offers those that only mention them', async () => {
    const card = await scene.ask('/series fragments');
    expect(textOf(card.view)).toContain('Recycle fragments across queues');
  });
});

describe('suggestions of series', () => {
  it('complete the title that is being typed, and know versions', async () => {
    expect((await suggested('track pinn'))[0]?.label).toContain('FOLL_PIN');
    const [at] = await suggested('foll_pin v2');
    expect(at?.label).toMatch(/ · v2$/);
    expect(textOf((await scene.ask(`/series ${at?.value}`)).view)).toContain('v2');
    expect(await suggested('state:nosuch')).toEqual([]);
  });
});

describe('suggestions of what can be followed', () => {
  const followable = async (typed: string) =>
    (
      await scene.bot.suggest({ requester: jane, place: channel, command: 'follow', option: 'what', typed })
    ).map(({ value }) => value);

  it('rank subsystems as /subsystems does: those with most series here first', async () => {
    expect((await followable('mem'))[0]).toBe('mm');
    expect((await followable('net'))[0]).toBe('netdev');
    expect((await followable(''))[0]).toBe('kvm');
  });

  it('offer filters and their values where one is begun', async () => {
    expect(await followable('kvm ')).toEqual(
      expect.arrayContaining(['kvm kind:', 'kvm author:', 'kvm path:']),
    );
    expect((await followable('kvm -ki'))[0]).toBe('kvm -kind:');
    expect(await followable('kvm kind:r')).toEqual(['kvm kind:rfc', 'kvm kind:series', 'kvm kind:resend']);
    expect(await followable('path:mm')).toEqual(['path:mm/**']);
    expect((await followable('list:linux-m'))[0]).toBe('list:linux-mm@kvack.org');
  });
});

describe('/follow', () => {
  const followed = async (): Promise<string[]> => {
    const destination = await scene.store.chat.destinations.byAddress(channel);
    if (destination === null) return [];
    return (await scene.store.chat.follows.of(destination.id)).map(({ words }) => words);
  };

  it('says what it would have brought in the last 30 days, with two examples', async () => {
    const { announce } = await scene.ask('/follow netdev');
    const text = announce === null ? '' : textOf(announce.view);
    expect(text).toMatch(/In the last 30 days it would have matched \d+ series, such as “.*” and “.*”\./);
  });

  it.each(['xyzzy', 'io_uring urgent only', 'kvm ((', 'series:nosuchthing'])(
    'asks first where nothing matched: %s',
    async (words) => {
      const question = await scene.ask(`/follow ${words}`);
      expect(question).toMatchObject({ kind: 'problem', announce: null });
      expect(await followed()).toEqual([]);
    },
  );

  it('follows what was meant so', async () => {
    const question = await scene.ask('/follow xyzzy');
    expect(textOf(question.view)).toContain('Nothing matched in the last 30 days');
    await scene.press(labelled(question, 'Follow it'));
    expect(await followed()).toEqual(['"xyzzy"']);
  });

  it.each([
    ['kvm 9am', 'is a time'],
    ['kvm 09:00', 'is a time'],
    ['kvm daily 9am', '“daily 9am” is a time'],
    ['kvm every 2 days', '“every 2 days” is a time'],
    ['kvm every monday at 9:30 Europe/Berlin', '“every monday at 9:30 Europe/Berlin” is a time'],
    ['kvm at 9:00', '“at 9:00” is a time'],
    ['kvm at 9:00', '/digest at 9:00 sets when digests come'],
    ['#general kvm', 'is a channel'],
    ['kvm since yesterday', '“since yesterday” is a period'],
  ])('refuses %s by name, and offers the rest', async (words, why) => {
    const refused = await scene.ask(`/follow ${words}`);
    expect(refused.kind).toBe('problem');
    expect(textOf(refused.view)).toContain(why);
    expect(await followed()).toEqual([]);
  });

  it.each([
    ['kvm since yesterday', '/follow kvm'],
    ['since last week kvm', '/follow kvm'],
    ['kvm since 2 days ago', '/follow kvm'],
    ['kvm until 2026-12-24', '/follow kvm'],
    ['kvm yesterday', '/follow kvm'],
    ['since mm', '/follow mm'],
    ['mm after reclaim', '/follow mm reclaim'],
  ])('offers what is left without the whole period: %s', async (words, left) => {
    labelled(await scene.ask(`/follow ${words}`), left);
  });

  it('offers what is left without the whole time', async () => {
    const refused = await scene.ask('/follow kvm weekdays 9am');
    expect(textOf(refused.view)).toContain('/digest at weekdays 9am sets when digests come');
    await scene.press(labelled(refused, '/follow kvm'));
    expect(await followed()).toEqual(['kvm']);
  });

  it.each(['every page', 'each node', 'time zone', 'page at fault'])(
    'takes %j for words of titles',
    async (words) => {
      expect(textOf((await scene.ask(`/follow ${words}`)).view)).not.toContain('is a time');
    },
  );

  it('understands what is said politely', async () => {
    await scene.ask('/follow the kvm subsystem please');
    expect(await followed()).toEqual(['kvm']);
  });
});
