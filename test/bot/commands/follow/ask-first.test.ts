import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../../src/digest/time/iso.js';
import { type ChatTestScene, channel, jane, labelled, makeChatScene, textOf } from '../chat/chat-scene.js';

let scene: ChatTestScene;
/** A separate channel for each test. */
let place = channel;
let places = 0;
beforeAll(async () => {
  scene = await makeChatScene();
});
beforeEach(() => {
  place = { ...channel, address: `c${places++}` };
});
afterEach(() => expect(scene.bugs).toEqual([]));
afterAll(() => scene.store.close());

const ask = (line: string) => scene.ask(line, { place });

const followed = async (): Promise<string[]> => {
  const destination = await scene.store.chat.destinations.byAddress(place);
  if (destination === null) return [];
  return (await scene.store.chat.follows.of(destination.id)).map(({ words }) => words);
};
const buttons = ({ actions }: Awaited<ReturnType<ChatTestScene['ask']>>) =>
  actions.flatMap((action) => (action.kind === 'button' ? [action.label] : []));

describe('/follow of a value that is not known here', () => {
  it.each([
    ['list:linux-mmm', 'list:linux-mm@kvack.org'],
    ['list:linux-mm@kvak.org', 'list:linux-mm@kvack.org'],
    ['maintainer:dara@example.org', 'maintainer:daria@example.org'],
    ['author:lindqvst', 'author:lindqvist'],
    ['to:boo@example.org', 'to:bo@example.org'],
    ['path:mmm/**', 'path:mm/**'],
    ['path:arch/x86/kvn/**', 'path:arch/x86/kvm/**'],
    ['kvm path:arch/x86/kvn/**', 'kvm path:arch/x86/kvm/**'],
  ])('%s: asks, and offers %s', async (typed, meant) => {
    const question = await ask(`/follow ${typed}`);
    expect(question).toMatchObject({ kind: 'problem', announce: null });
    expect(buttons(question)).toEqual(expect.arrayContaining([`/follow ${meant}`, 'Follow it']));
    expect(await followed()).toEqual([]);
    await scene.press(labelled(question, 'Follow it'), { place });
    // It may come tomorrow.
    expect(await followed()).toHaveLength(1);
  });

  it.each(['author:nobody-here@example.org', 'path:fs/frobfs/**', 'list:frobs@lists.example.org'])(
    '%s: asks where nothing is called so nearly',
    async (typed) => {
      const question = await ask(`/follow ${typed}`);
      expect(question.kind).toBe('problem');
      expect(buttons(question)).toEqual(['Follow it']);
    },
  );

  it.each(['list:linux-mm', 'author:lindqvist', 'path:mm/**', 'to:kvm', 'list:lkml'])(
    'asks nothing that is known and was in the mail: %s',
    async (typed) => {
      const answer = await ask(`/follow ${typed}`);
      if (answer.kind === 'problem')
        expect(textOf(answer.view)).toMatch(/^Nothing matched in the last 30 days/);
      else expect(await followed()).toHaveLength(1);
      expect(textOf(answer.view)).not.toMatch(/MAINTAINERS|is known as/);
    },
  );

  it.each([
    ['author:jane@', 'author:jane'],
    ['path:mm\\gup.c', 'path:mm/gup.c'],
    ['kvm v:5..2', 'kvm version:>=2 version:<=5'],
  ])('refuses what no mail can have, with the right spelling: %s', async (typed, meant) => {
    const refused = await ask(`/follow ${typed}`);
    expect(refused.kind).toBe('problem');
    expect(buttons(refused)).toEqual([`/follow ${meant}`]);
    expect((await ask(`/follow ${typed} sure:yes`)).kind).toBe('problem');
    expect(await followed()).toEqual([]);
  });

  it('marks the field of a form that holds such a value', async () => {
    const request = {
      kind: 'options',
      command: 'follow',
      form: '',
      options: { what: 'kvm', path: 'mm\\gup.c' },
    } as const;
    const answer = await scene.bot.answer({ request, requester: jane, place });
    expect(answer).toMatchObject({ kind: 'problem', option: 'path' });
  });

  it('asks nothing where no mail of these days is here to tell by', async () => {
    scene.pass(40 * DAY_MS);
    expect((await ask('/follow author:nobody-here@example.org')).kind).toBe('done');
  });
});
