import { afterEach, describe, expect, it } from 'vitest';
import type { Address, Post } from '../../../src/digest/ports/chat-platform.js';
import { ERRORS, type Fault } from '../../fakes/discord/faults.js';
import { aChannel } from '../../fakes/discord/world.js';
import { answerOf, connected, type Setting, until } from './setting.js';

const SEND = 'POST /channels/{channel_id}/messages';
const THREAD = 'POST /channels/{channel_id}/messages/{message_id}/threads';
const SINCE = '2020-01-01T00:00:00Z';

let setting: Setting;
let made = 0;
afterEach(async () => {
  await setting.close();
  expect(setting.fake.problems()).toEqual([]);
});

async function start(overrides: Parameters<typeof connected>[0] = {}): Promise<Setting> {
  setting = await connected({ timeoutMs: 3_000, ...overrides });
  return setting;
}

function channel(id = setting.channelId): Address {
  return { platform: 'discord', tenant: setting.guildId, address: id, kind: 'channel' };
}

function aPost(overrides: Partial<Post> = {}): Post {
  return {
    key: `digest-${++made}-0`,
    to: channel(),
    under: null,
    view: answerOf('three new series').view,
    actions: [],
    silent: false,
    ...overrides,
  };
}

async function sent(post: Post): Promise<string> {
  const outcome = await setting.discord.platform.send(post);
  if (outcome.kind !== 'sent') throw new Error(JSON.stringify(outcome));
  return outcome.messageId;
}

describe('a refused message', () => {
  const under = async () => ({ messageId: await sent(aPost()), title: 'Digest' });

  it.each([
    ['ViewChannel', 'View Channel'],
    ['SendMessages', 'Send Messages'],
  ] as const)('without %s names the permission and the channel', async (permission, name) => {
    await start();
    setting.fake.deny(setting.channelId, permission);
    const outcome = await setting.discord.platform.send(aPost());
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'forbidden' });
    expect(outcome.kind === 'refused' && outcome.message).toContain('#kvm');
    await until(() => setting.discord.platform.send(aPost()).then((again) => JSON.stringify(again)));
    await expect
      .poll(async () => JSON.stringify(await setting.discord.platform.send(aPost())))
      .toContain(`“${name}”`);
  });

  it.each([
    ['CreatePublicThreads', 'Create Public Threads'],
    ['SendMessagesInThreads', 'Send Messages in Threads'],
  ] as const)('of a thread without %s names it', async (permission, name) => {
    await start();
    const headline = await under();
    setting.fake.deny(setting.channelId, permission);
    await expect
      .poll(async () => JSON.stringify(await setting.discord.platform.send(aPost({ under: headline }))))
      .toContain(`I need “${name}” there`);
  });

  it.each<[string, Fault, string]>([
    ['10003', ERRORS.unknownChannel, 'gone'],
    ['50001', ERRORS.missingAccess, 'forbidden'],
    ['50013', ERRORS.missingPermissions, 'forbidden'],
    ['50007', ERRORS.closed, 'closed'],
    ['50035', ERRORS.invalidBody, 'invalid'],
    ['160005', ERRORS.threadLocked, 'forbidden'],
    ['an unknown 403', { kind: 'error', status: 403, code: 99_999, message: 'new' }, 'forbidden'],
    ['an unknown 404', { kind: 'error', status: 404, code: 99_999, message: 'new' }, 'gone'],
    ['an unknown 400', { kind: 'error', status: 400, code: 99_999, message: 'new' }, 'invalid'],
  ])('with %s says what to do', async (_, fault, reason) => {
    await start();
    setting.fake.faults.arm(SEND, fault);
    const outcome = await setting.discord.platform.send(aPost());
    expect(outcome).toMatchObject({ kind: 'refused', reason });
    expect(outcome.kind === 'refused' && outcome.remedy).not.toBe('');
  });

  it('with a refused token waits, and goes on with the same token', async () => {
    await start();
    setting.fake.faults.arm(SEND, ERRORS.badToken);
    const post = aPost();
    expect(await setting.discord.platform.send(post)).toMatchObject({ kind: 'retryAfter' });
    await sent(post);
  });
});

describe('a thread', () => {
  it('is made once, with the digest’s title', async () => {
    await start();
    const under = { messageId: await sent(aPost()), title: 'Digest of 17 November' };
    for (let i = 0; i < 3; i++) await sent(aPost({ under }));
    expect(setting.fake.log.filter(({ operation }) => operation === THREAD)).toHaveLength(1);
    expect(setting.fake.world.channels.get(under.messageId)).toMatchObject({
      name: 'Digest of 17 November',
      type: 11,
    });
  });

  it('that a start before this one made is used', async () => {
    await start();
    const under = { messageId: await sent(aPost()), title: 'Digest' };
    await sent(aPost({ under }));
    setting.fake.deleteChannel('nothing');
    setting.fake.faults.arm(THREAD, ERRORS.threadExists);
    const other = { messageId: await sent(aPost()), title: 'Digest' };
    setting.fake.world.channels.set(other.messageId, { ...thread(other.messageId), locked: false });
    await sent(aPost({ under: other }));
    expect(setting.fake.world.standing(other.messageId)).toHaveLength(1);
  });

  it('that could not be made for now posts nothing, and says so', async () => {
    await start();
    const under = { messageId: await sent(aPost()), title: 'Digest' };
    setting.fake.faults.arm(THREAD, { kind: 'dropAfter' });
    const post = aPost({ under });
    expect(await setting.discord.platform.send(post)).toMatchObject({ kind: 'retryAfter' });
    await sent(post);
    expect(setting.fake.world.standing(under.messageId)).toHaveLength(1);
  });

  it('that was deleted is made again below a message that is still there', async () => {
    await start();
    const under = { messageId: await sent(aPost()), title: 'Digest' };
    await sent(aPost({ under }));
    setting.fake.deleteChannel(under.messageId);
    await sent(aPost({ under }));
    expect(setting.fake.world.channels.has(under.messageId)).toBe(true);
  });

  it('of a message that was deleted is refused as gone', async () => {
    await start();
    const under = { messageId: await sent(aPost()), title: 'Digest' };
    setting.fake.deleteMessage(setting.channelId, under.messageId);
    expect(await setting.discord.platform.send(aPost({ under }))).toMatchObject({
      kind: 'refused',
      reason: 'gone',
    });
  });

  it('that is archived opens for a message and for an edit; a locked one refuses', async () => {
    await start();
    const under = { messageId: await sent(aPost()), title: 'Digest' };
    const messageId = await sent(aPost({ under }));
    const standing = setting.fake.world.channels.get(under.messageId);
    if (standing === undefined) throw new Error('no thread');
    const change = { to: channel(), under, messageId, view: answerOf('applied').view, actions: [] };
    standing.archived = true;
    expect(await setting.discord.platform.edit(change)).toEqual({ kind: 'edited' });
    standing.archived = true;
    await sent(aPost({ under }));
    standing.archived = true;
    standing.locked = true;
    expect(await setting.discord.platform.edit(change)).toMatchObject({
      kind: 'refused',
      reason: 'forbidden',
    });
    expect(await setting.discord.platform.send(aPost({ under }))).toMatchObject({ kind: 'refused' });
  });

  it.each([
    ['a voice channel', 2],
    ['a thread', 11],
  ])('is not made in %s: all is in one place', async (_, type) => {
    await start();
    const id = setting.fake.world.addChannel(setting.guildId, 'talk', type);
    const to = channel(id);
    const messageId = await sent(aPost({ to }));
    await sent(aPost({ to, under: { messageId, title: 'Digest' } }));
    expect(setting.fake.world.standing(id)).toHaveLength(2);
  });

  function thread(id: string) {
    return aChannel({
      id,
      guildId: setting.guildId,
      type: 11,
      name: 'Digest',
      parentId: setting.channelId,
    });
  }
});

describe('looking for a message', () => {
  it('finds it when the nonce is long forgotten, though Discord tells no nonce of what it stores', async () => {
    await start({ fake: { nonceMs: 0 } });
    const post = aPost();
    setting.fake.faults.arm(SEND, { kind: 'dropAfter' });
    expect((await setting.discord.platform.send(post)).kind).toBe('unclear');
    const [message] = setting.fake.world.standing(setting.channelId);
    expect(await setting.discord.platform.find({ ...post, since: SINCE })).toEqual({
      kind: 'found',
      messageId: message?.id,
    });
  });

  it('says unknown where it may not read back', async () => {
    await start();
    const post = aPost();
    await sent(post);
    setting.fake.deny(setting.channelId, 'ReadMessageHistory');
    await expect
      .poll(async () => (await setting.discord.platform.find({ ...post, since: SINCE })).kind)
      .toBe('unknown');
  });

  it('says absent in a channel where nothing was posted, and in a thread that was never made', async () => {
    await start();
    expect(await setting.discord.platform.find({ ...aPost(), since: SINCE })).toEqual({ kind: 'absent' });
    const under = { messageId: await sent(aPost()), title: 'Digest' };
    expect(await setting.discord.platform.find({ ...aPost({ under }), since: SINCE })).toEqual({
      kind: 'absent',
    });
  });
});

describe('an announcement channel', () => {
  it.each([
    [true, true],
    [false, false],
  ])('with the option %s publishes the headline: %s', async (crosspost, published) => {
    await start({ crosspost });
    const id = setting.fake.world.addChannel(setting.guildId, 'news', 5);
    const messageId = await sent(aPost({ to: channel(id) }));
    expect(setting.fake.world.message(id, messageId)?.crossposted).toBe(published);
  });

  it('keeps what it holds when publishing fails', async () => {
    await start({ crosspost: true });
    const id = setting.fake.world.addChannel(setting.guildId, 'news', 5);
    setting.fake.faults.arm(
      'POST /channels/{channel_id}/messages/{message_id}/crosspost',
      ERRORS.missingPermissions,
    );
    await sent(aPost({ to: channel(id) }));
  });
});

describe('rate limits', () => {
  it('are obeyed by Discord’s own headers: nothing is refused, nothing is lost', async () => {
    await start({ timeoutMs: 5000 });
    setting.fake.setBucket({ limit: 5, windowMs: 300 });
    await Promise.all(Array.from({ length: 12 }, () => sent(aPost())));
    expect(setting.fake.log.filter(({ status }) => status === 429)).toEqual([]);
    expect(setting.fake.world.standing(setting.channelId)).toHaveLength(12);
  });

  it('of an hour go back to the outbox instead of being waited for', async () => {
    await start();
    setting.fake.faults.arm(SEND, { kind: 'rateLimited', retryAfterMs: 3_600_000 });
    const outcome = await setting.discord.platform.send(aPost());
    expect(outcome.kind === 'retryAfter' && outcome.delayMs).toBeGreaterThanOrEqual(3_600_000);
  });
});
