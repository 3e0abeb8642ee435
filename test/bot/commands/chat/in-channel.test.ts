import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelName, FindChannel, Place, Requester } from '../../../../src/digest/ports/chat-bot.js';
import {
  type ChatTestScene,
  channel,
  direct,
  jane,
  labelled,
  makeChatScene,
  selectOf,
  textOf,
} from './chat-scene.js';

/** Where the command is used: rights there say nothing about #kvm. */
const office: Place = { ...channel, address: 'office', name: '#office' };
const onDiscord: Requester = { ...jane, rights: 'member', rightsHold: 'here' };

let scene: ChatTestScene;
let looked: ChannelName[] = [];
beforeEach(async () => {
  looked = [];
  scene = await makeChatScene({ examples: false });
});
afterEach(async () => {
  expect(scene.bugs).toEqual([]);
  await scene.store.close();
});

/** A chat in which #kvm (C1) can be found, and nothing else. */
function finding(rights: Requester['rights'], cannotPost = false): FindChannel {
  return async (named) => {
    looked.push(named);
    if (named.id !== 'C1' && named.id !== channel.address && named.name !== 'kvm')
      return { kind: 'problem', message: 'There is no such channel.', remedy: 'Choose another.' };
    return {
      kind: 'found',
      place: channel,
      requester: { ...onDiscord, rights },
      cannotPost: cannotPost ? { message: 'I can’t post in #kvm.', remedy: 'Invite me.' } : null,
    };
  };
}

const at = (findChannel: FindChannel, place: Place = office) => ({
  requester: onDiscord,
  place,
  findChannel,
});
const followedIn = async (place: Place): Promise<string[]> => {
  const destination = await scene.store.chat.destinations.byAddress(place);
  return destination === null
    ? []
    : (await scene.store.chat.follows.of(destination.id)).map(({ words }) => words);
};

describe('/follow for another channel', () => {
  it.each([
    ['as Slack writes it', '/follow kvm -kind:rfc in <#C1|kvm>', { id: 'C1', name: 'kvm' }],
    [
      'of a private one, whose name Slack leaves out',
      '/follow kvm -kind:rfc in <#C1|>',
      { id: 'C1', name: '' },
    ],
    ['as Discord writes it', '/follow kvm -kind:rfc in <#C1>', { id: 'C1', name: '' }],
    ['by its name alone', '/follow kvm -kind:rfc in #kvm', { id: null, name: 'kvm' }],
    ['before what is followed', '/follow in <#C1|kvm> kvm -kind:rfc', { id: 'C1', name: 'kvm' }],
    [
      'as one of covernote’s words',
      '/covernote follow kvm -kind:rfc in <#C1|kvm>',
      { id: 'C1', name: 'kvm' },
    ],
  ])('%s, is set there and announced there', async (_, line, named) => {
    const answer = await scene.ask(line, at(finding('manager')));
    expect(answer.kind).toBe('done');
    expect(looked).toEqual([named]);
    expect(await followedIn(channel)).toEqual(['kvm -kind:rfc']);
    expect(await followedIn(office)).toEqual([]);
    expect(textOf(answer.view)).toContain('announced in #kvm');
    const { announce } = answer;
    expect(announce?.to).toMatchObject({ address: channel.address, kind: 'channel' });
    expect(announce === null ? '' : textOf(announce.view)).toContain('This channel now follows');
  });

  it('is requested from a direct message too', async () => {
    await scene.ask('/follow kvm in #kvm', at(finding('manager'), direct));
    expect(await followedIn(channel)).toEqual(['kvm']);
  });

  it.each([
    ['the option of a form', { what: 'kvm', in: 'C1' }],
    ['words in its first field', { what: 'kvm in <#C1>' }],
  ])('is set by %s', async (_, options) => {
    const answer = await scene.bot.answer({
      request: { kind: 'options', command: 'follow', form: '', options },
      ...at(finding('manager')),
    });
    expect(answer.kind).toBe('done');
    expect(await followedIn(channel)).toEqual(['kvm']);
  });

  it.each([
    [
      'by who only reads there',
      finding('member'),
      "You can't follow anything in #kvm: that needs permission to manage #kvm.",
    ],
    ['by a guest', finding('guest'), "You can't follow anything in #kvm: guests"],
    ['where the bot could not post', finding('manager', true), 'I can’t post in #kvm. Invite me.'],
  ])('is refused %s', async (_, findChannel, text) => {
    for (const request of [
      { kind: 'typed', line: '/follow kvm in #kvm' },
      { kind: 'options', command: 'follow', form: '', options: { what: 'kvm', in: 'C1' } },
    ] as const) {
      const answer = await scene.bot.answer({ request, ...at(findChannel) });
      expect(answer).toMatchObject({ kind: 'problem', option: 'in' });
      expect(answer.view.fallback).toContain(text);
    }
    expect(await followedIn(channel)).toEqual([]);
  });

  it('says nothing of what the bot lacks to who may change nothing there', async () => {
    const answer = await scene.ask('/follow kvm in #kvm', at(finding('member', true)));
    expect(answer.view.fallback).not.toContain('can’t post');
  });

  it('is refused for a channel that there is not, and in a chat without channels', async () => {
    const gone = await scene.ask('/follow kvm in #mm', at(finding('manager')));
    expect(gone.view.fallback).toBe('There is no such channel. Choose another.');
    const none = await scene.ask('/follow kvm in #kvm', { place: office });
    expect(none).toMatchObject({ kind: 'problem' });
    expect(none.view.fallback).toContain('There are no channels here.');
    expect(await followedIn(office)).toEqual([]);
  });

  it('leaves words between quotes, and channels of other commands, as they are', async () => {
    await scene.ask('/follow kvm "in #kvm"', { ...at(finding('manager')), requester: jane });
    expect(await followedIn(office)).toEqual(['kvm "in #kvm"']);
    expect(looked).toEqual([]);
    const answer = await scene.ask('/series zero in <#C1|kvm>', at(finding('manager')));
    expect(answer.view.fallback).not.toContain('<#');
    expect(looked).toEqual([]);
  });

  it('offers there what was meant, where a word was wrong', async () => {
    const answer = await scene.ask('/follow kvn in <#C1|kvm>', at(finding('manager')));
    expect(answer.kind).toBe('problem');
    await scene.press(labelled(answer, '/follow kvm in #kvm'), at(finding('manager')));
    expect(await followedIn(channel)).toEqual(['kvm']);
    expect(await followedIn(office)).toEqual([]);
  });
});

describe('what another channel follows', () => {
  beforeEach(() => scene.ask('/follow kvm, mm'));

  it('is shown to those who see the channel, and named by it', async () => {
    const answer = await scene.ask('/following in <#C1|kvm>', at(finding('member')));
    expect(textOf(answer.view)).toContain('#kvm follows 2 things.');
    const again = await scene.ask('/follow kvm in #kvm', at(finding('manager')));
    expect(textOf(again.view)).toContain('#kvm follows series of KVM');
  });

  it.each([
    ['manager', 1],
    ['member', 2],
  ] as const)('can be ended from its list by a %s there: %i left', async (rights, left) => {
    const list = await scene.ask('/following in <#C1|kvm>', at(finding(rights)));
    const value = selectOf(list).options[0]?.value ?? '';
    const ended = await scene.press(selectOf(list), { ...at(finding(rights)), value });
    expect(ended.kind).toBe(left === 1 ? 'done' : 'problem');
    expect(await followedIn(channel)).toHaveLength(left);
  });

  it('ends with /unfollow, and its digests change, as in the channel itself', async () => {
    const ended = await scene.ask('/unfollow mm in #kvm', at(finding('manager')));
    expect(ended.announce?.to).toMatchObject({ address: channel.address });
    expect(await followedIn(channel)).toEqual(['kvm']);
    await scene.ask('/digest at 08:00 weekdays in #kvm', at(finding('manager')));
    const destination = await scene.store.chat.destinations.byAddress(channel);
    expect(destination?.schedule).toMatchObject({ times: ['08:00'], days: [1, 2, 3, 4, 5] });
    expect(await scene.store.chat.destinations.byAddress(office)).toBeNull();
  });

  it('ends also where the bot can post no more', async () => {
    const ended = await scene.ask('/unfollow mm in #kvm', at(finding('manager', true)));
    expect(ended.kind).toBe('done');
    const off = await scene.ask('/digest off in #kvm', at(finding('manager', true)));
    expect(off.kind).toBe('done');
  });

  it('cannot be ended by a press of who is no manager there any more', async () => {
    const list = await scene.ask('/following in #kvm', at(finding('manager')));
    const value = selectOf(list).options[0]?.value ?? '';
    const stranger: Requester = { ...onDiscord, id: 'mel' };
    const gone: FindChannel = async () => ({ kind: 'problem', message: 'None.', remedy: '' });
    const ended = await scene.press(selectOf(list), {
      requester: stranger,
      place: office,
      findChannel: gone,
      value,
    });
    expect(ended.kind).toBe('problem');
    expect(await followedIn(channel)).toHaveLength(2);
  });
});

describe('/following in a direct message', () => {
  const own: Place = { ...direct, tenant: 'dm' };
  const inDm: Requester = { ...onDiscord, tenant: 'dm' };
  const there = (rights: Requester['rights']) => ({ ...at(finding(rights), own), requester: inDm });
  const opened = async (rights: Requester['rights']) => {
    const list = await scene.ask('/following', there(rights));
    const select = list.actions.find((one) => one.kind === 'select' && one.id === 'following:pick');
    expect(select).toMatchObject({ options: [{ value: channel.address }] });
    return scene.bot.press({ id: 'following:pick', value: channel.address, ...there(rights) });
  };
  const pressed = async (label: string, rights: Requester['rights']) => {
    return scene.press(labelled(await opened('manager'), label), there(rights));
  };
  beforeEach(async () => {
    await scene.ask('/follow kvm');
  });

  it('opens each channel that the person set up, with what can be done with it', async () => {
    const shown = await opened('manager');
    expect(textOf(shown.view)).toContain('kvm');
    const labels = shown.actions.flatMap((one) => (one.kind === 'button' ? [one.label] : []));
    expect(labels).toEqual(['Preview', 'Send now', 'Pause', 'Status', 'Layout']);
  });

  it.each([
    ['Pause', 'paused'],
    ['Layout', 'Each series'],
    ['Preview', 'daily at 09:00'],
    ['Status', 'daily at 09:00'],
  ])('%s acts in that channel', async (label, expected) => {
    const answer = await pressed(label, 'manager');
    expect(answer.kind).toBe('done');
    const texts = [answer.view, ...(answer.announce === null ? [] : [answer.announce.view])];
    expect(texts.map(textOf).join('\n')).toContain(expected);
    expect(answer.announce?.to?.address ?? channel.address).toBe(channel.address);
    const destination = await scene.store.chat.destinations.byAddress(channel);
    expect(destination?.state).toBe(label === 'Pause' ? 'paused' : 'active');
  });

  it.each(['Pause', 'Send now'])('%s takes the right that it takes there', async (label) => {
    const answer = await pressed(label, 'member');
    expect(answer).toMatchObject({ kind: 'problem' });
    expect(textOf(answer.view)).toContain('that needs permission to manage #kvm');
    expect((await scene.store.chat.destinations.byAddress(channel))?.state).toBe('active');
  });

  it('changes the layout at a press, and ends a follow by the list', async () => {
    const layout = await pressed('Layout', 'manager');
    await scene.press(labelled(layout, 'A thread for each subsystem'), there('manager'));
    expect((await scene.store.chat.destinations.byAddress(channel))?.layout.threads).toBe('subsystem');
    const list = selectOf(await opened('manager'));
    const value = list.options[0]?.value ?? null;
    expect(await scene.bot.press({ id: list.id, value, ...there('member') })).toMatchObject({
      kind: 'problem',
    });
    await scene.bot.press({ id: list.id, value, ...there('manager') });
    expect(await followedIn(channel)).toEqual([]);
  });

  it('says why no follow ends in a channel that the person can no longer see', async () => {
    const { id, options } = selectOf(await opened('manager'));
    const gone: FindChannel = async () => ({ kind: 'problem', message: 'I can’t find it.', remedy: '' });
    const press = { id, value: options[0]?.value ?? null, requester: inDm, place: own, findChannel: gone };
    expect(await scene.bot.press(press)).toMatchObject({
      kind: 'problem',
      view: { fallback: 'I can’t find it.' },
    });
    expect(await followedIn(channel)).toEqual(['kvm']);
  });

  it('opens no channel that the person can no longer see', async () => {
    const gone: FindChannel = async () => ({ kind: 'problem', message: 'I can’t find it.', remedy: '' });
    const press = { id: 'following:pick', value: channel.address, requester: inDm, place: own };
    expect(await scene.bot.press({ ...press, findChannel: gone })).toMatchObject({ kind: 'problem' });
  });
});
