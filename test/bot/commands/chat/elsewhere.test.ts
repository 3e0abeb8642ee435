import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Place, Requester } from '../../../../src/digest/ports/chat-bot.js';
import { type ChatTestScene, channel, direct, jane, makeChatScene, textOf } from './chat-scene.js';

/** The channel's follow, pressed where its id was once shown. */
let id = '';
let scene: ChatTestScene;
beforeEach(async () => {
  scene = await makeChatScene({ examples: false });
  await scene.ask('/follow kvm');
  const { places } = await scene.bot.overview(jane, direct);
  id = places[0]?.follows[0]?.unfollow ?? '';
});
afterEach(async () => {
  expect(scene.bugs).toEqual([]);
  await scene.store.close();
});

const left = async (): Promise<number> => {
  const destination = await scene.store.chat.destinations.byAddress(channel);
  return destination === null ? 0 : (await scene.store.chat.follows.of(destination.id)).length;
};
const press = (requester: Requester, place: Place) => scene.bot.press({ id, value: null, requester, place });

describe('a button of a channel that is pressed elsewhere', () => {
  const own: Place = { ...direct, tenant: 't1' };
  const otherTenant: Requester = { ...jane, tenant: 't2' };

  it.each([
    ['by who set it up and may still change it', jane, own, 0],
    ['by a person of another tenant with the same id', otherTenant, { ...own, tenant: 't2' }, 1],
    ['by a person of another tenant, in a channel of theirs', otherTenant, { ...channel, tenant: 't2' }, 1],
    ['by who became a guest since', { ...jane, rights: 'guest' }, own, 1],
    ['by who became a plain member since', { ...jane, rights: 'member' }, own, 1],
    [
      'in a direct message of a platform with rights by channel',
      { ...jane, tenant: 'dm', rightsHold: 'here' },
      direct,
      1,
    ],
    [
      'in another channel of a platform with rights by channel',
      { ...jane, rightsHold: 'here' },
      { ...channel, address: 'c2' },
      1,
    ],
    ['by a stranger', { ...jane, id: 'mel' }, { ...own, address: 'mel' }, 1],
  ] as const)('%s', async (_, requester, place, follows) => {
    const answer = await press(requester, place);
    expect(answer.kind).toBe(follows === 0 ? 'done' : 'problem');
    expect(await left()).toBe(follows);
  });

  it('says what to do where the rights there are not known', async () => {
    const answer = await press({ ...jane, rightsHold: 'here' }, { ...channel, address: 'c2' });
    expect(textOf(answer.view)).toContain('Do it in that channel.');
  });

  it('shows a person of another tenant nothing of what this one set up', async () => {
    expect((await scene.bot.overview(otherTenant, { ...own, tenant: 't2' })).places).toEqual([]);
  });
});
