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

const followed = async (): Promise<string[]> => {
  const destination = await scene.store.chat.destinations.byAddress(channel);
  if (destination === null) return [];
  return (await scene.store.chat.follows.of(destination.id)).map(({ words }) => words);
};

describe('/follow of a list that everything is sent to', () => {
  it.each(['linux-kernel@vger.kernel.org', 'lkml', 'LKML', 'linux-kernel', 'list:lkml', 'list:linux-kernel'])(
    '%s is linux-kernel, whatever it is called',
    async (name) => {
      await scene.ask(`/follow ${name} sure:yes`);
      expect(await followed()).toEqual(['list:linux-kernel@vger.kernel.org']);
    },
  );

  it('offers list: first for an address on a host of lists', async () => {
    const answer = await scene.ask('/follow some-list@lists.infradead.org');
    expect(answer.kind).toBe('problem');
    const unknown = await scene.press(labelled(answer, '/follow list:some-list@lists.infradead.org'));
    await scene.press(labelled(unknown, 'Follow it'));
    expect(await followed()).toEqual(['list:some-list@lists.infradead.org']);
  });
});

describe('what a refused follow offers', () => {
  it.each([
    `/follow ${'a'.repeat(2_001)}`,
    `/follow ${'ab '.repeat(65)}`,
    `/follow kind:${'rfc,'.repeat(65)}`,
  ])('is never a sentence to follow', async (line) => {
    const answer = await scene.ask(line);
    expect(answer).toMatchObject({ kind: 'problem', actions: [] });
    expect(textOf(answer.view)).toContain('Split it into two follows.');
  });
});

describe('/unfollow', () => {
  beforeEach(async () => {
    await scene.ask('/follow kvm');
    await scene.ask('/follow series:20200107224558.2362728-1@example.org sure:yes');
    await scene.ask('/follow author:jane@example.org sure:yes');
  });

  it.each([
    ['2', ['kvm', 'author:jane@example.org']],
    ['#3', ['kvm', 'series:20200107224558.2362728-1@example.org']],
  ])('takes the number that /following shows: %s', async (typed, left) => {
    const listed = textOf((await scene.ask('/following')).view);
    expect(listed).toContain('2. series:20200107224558');
    await scene.ask(`/unfollow ${typed}`);
    expect(await followed()).toEqual(left);
  });

  it.each(['4', '7', '2020', '0'])('ends nothing for a number that is not in the list: %s', async (typed) => {
    expect((await scene.ask(`/unfollow ${typed}`)).kind).toBe('problem');
    expect(await followed()).toHaveLength(3);
  });

  it.each(['224558', '2362728-1', 'jan', 'jane', 'vm', 'example'])(
    'asks where only a part of a follow was typed: %s',
    async (typed) => {
      const answer = await scene.ask(`/unfollow ${typed}`);
      if (!/^\d+$/.test(typed)) selectOf(answer);
      expect(await followed()).toHaveLength(3);
    },
  );
});

describe('/unfollow with a part of what is followed', () => {
  beforeEach(async () => {
    await scene.ask('/follow kvm');
    await scene.ask('/follow kvm -kind:rfc');
    await scene.ask('/follow mm');
  });

  it.each([
    ['rf', 'Nothing here is called “rf”. Did you mean this one?'],
    ['kv', '“kv” may mean any of these.'],
  ])('asks which is meant: %s', async (typed, expected) => {
    expect(textOf((await scene.ask(`/unfollow ${typed}`)).view)).toContain(expected);
  });
});

describe('/series with a version that is not here', () => {
  it.each(['v9', 'v99', 'rfc v7'])('says which are, with a button each: %s', async (version) => {
    const answer = await scene.ask(`/series foll_pin ${version}`);
    expect(answer.kind).toBe('problem');
    expect(textOf(answer.view)).toContain('v1, v2 and v3 are here.');
    expect(answer.actions.map((action) => (action.kind === 'button' ? action.label : ''))).toEqual([
      'v1',
      'v2',
      'v3',
    ]);
    expect((await scene.press(labelled(answer, 'v3'))).kind).toBe('done');
  });
});

describe('a line that names no command', () => {
  it.each(['hi', 'Hello!', 'hey there', 'thanks'])('%s: help', async (line) => {
    expect(textOf((await scene.ask(line)).view)).toContain('/covernote help follow');
  });

  it.each([
    'foll_pin',
    'what is new in foll_pin?',
    'show me foll_pin',
    'please find foll_pin',
    'Any news about foll_pin?',
    "what's the status of foll_pin",
    '<@U0BOT> foll_pin',
  ])('%s: a search', async (line) => {
    expect(textOf((await scene.ask(line)).view)).toContain('FOLL_PIN v3');
  });
});

describe('/digest at', () => {
  it.each([
    'every 2 days',
    'every 2 days at 9',
    '2 days',
    'every other day',
    'every second week',
    'every 2 weeks 09:00',
    'every 90 minutes',
    'every 2',
    'twice a day',
  ])('refuses what a schedule can’t say: %s', async (typed) => {
    const answer = await scene.ask(`/digest at ${typed}`);
    expect(answer.kind).toBe('problem');
    expect((await scene.store.chat.destinations.byAddress(channel))?.schedule ?? null).toBeNull();
  });

  it.each([
    [{ times: '09:00', zone: 'Marz' }, 'zone'],
    [{ times: '09:00 abc', days: 'daily' }, 'times'],
    [{ times: '09:00', days: 'every 2 days' }, 'days'],
    [{ times: '09:00', days: 'fredag' }, 'days'],
  ])('says which option of the form is wrong: %j', async (options, option) => {
    const request = { kind: 'options', command: 'digest', form: 'at', options } as const;
    const answer = await scene.bot.answer({ request, requester: jane, place: channel });
    expect(answer).toMatchObject({ kind: 'problem', option });
  });
});
