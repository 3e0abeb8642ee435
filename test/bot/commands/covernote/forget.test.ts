import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Place } from '../../../../src/digest/ports/chat-bot.js';
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
} from '../chat/chat-scene.js';

const bo = { ...jane, id: 'bo', name: 'Bo' };
const elsewhere: Place = { ...channel, tenant: 't2', address: 'c9', name: '#mm' };
/** The same id in another tenant. */
const there = { ...jane, tenant: 't2' };

let scene: ChatTestScene;
beforeEach(async () => {
  scene = await makeChatScene();
});
afterEach(async () => {
  expect(scene.bugs).toEqual([]);
  await scene.store.close();
});

async function kept(place: Place) {
  const destination = await scene.store.chat.destinations.byAddress(place);
  if (destination === null) return null;
  const follows = await scene.store.chat.follows.of(destination.id);
  return {
    setBy: destination.setByName,
    follows: follows.map(({ words, madeBy, madeByName }) => `${words} by ${madeBy}/${madeByName}`),
  };
}

describe('/covernote forget', () => {
  it('asks first, and keeps everything until the button is pressed', async () => {
    await scene.ask('/follow kvm');
    const answer = await scene.ask('/covernote forget');
    expect(answer).toMatchObject({ kind: 'done', visibility: 'private', announce: null });
    expect(textOf(answer.view)).toContain('all that I store about this channel: 1 follow');
    expect(await kept(channel)).not.toBeNull();
  });

  it('removes a channel with what it follows and was sent, and says so there with who did it', async () => {
    await scene.ask('/follow kvm');
    await scene.ask('/digest now');
    await scene.ask('/follow mm', { place: elsewhere, requester: there });
    const question = await scene.ask('/covernote forget');
    const done = await scene.press(labelled(question, 'Forget this channel'));
    expect(done).toMatchObject({ kind: 'done', replaces: true });
    expect(done.announce === null ? '' : textOf(done.announce.view)).toContain('Done by Jane.');
    expect(await kept(channel)).toBeNull();
    expect(await kept(elsewhere)).not.toBeNull();
    expect(await scene.store.chat.outbox.depth()).toMatchObject({ waiting: 0 });
    expect((await scene.press(labelled(question, 'Forget this channel'))).kind).toBe('problem');
  });

  it.each([
    ['a member', member, 'permission to manage this channel'],
    ['a guest', guest, 'guests'],
  ])('is not for %s in a channel, typed or pressed', async (_, requester, why) => {
    await scene.ask('/follow kvm');
    const question = await scene.ask('/covernote forget');
    expect(textOf((await scene.ask('/covernote forget', { requester })).view)).toContain(why);
    const pressed = await scene.press(labelled(question, 'Forget this channel'), { requester });
    expect(textOf(pressed.view)).toContain(why);
    expect(await kept(channel)).not.toBeNull();
  });

  it('removes a person, and their name from what they set up in channels, which goes on', async () => {
    await scene.ask('/follow kvm');
    await scene.ask('/follow mm', { requester: bo });
    await scene.ask('/follow kvm', { place: direct });
    const question = await scene.ask('/covernote forget', { place: direct });
    const done = await scene.press(labelled(question, 'Forget me'), { place: direct });
    expect(done).toMatchObject({ kind: 'done', replaces: true, announce: null });
    expect(await kept(direct)).toBeNull();
    expect(await kept(channel)).toEqual({ setBy: '', follows: ['kvm by /', 'mm by bo/Bo'] });
    expect(textOf((await scene.ask('/following')).view)).toContain('set by someone');
  });
});

describe('forgetting a person of one workspace', () => {
  it('leaves their names in another, where the same id is somebody else', async () => {
    await scene.ask('/follow kvm');
    await scene.ask('/follow mm', { place: elsewhere, requester: there });
    await scene.bot.forget({ platform: 'memory', tenant: 't1', address: 'jane' });
    expect(await kept(channel)).toMatchObject({ setBy: '', follows: ['kvm by /'] });
    expect(await kept(elsewhere)).toMatchObject({ setBy: 'Jane', follows: ['mm by jane/Jane'] });
  });
});
