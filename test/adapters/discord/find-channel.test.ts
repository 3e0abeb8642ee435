import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChannelName, FoundChannel } from '../../../src/digest/ports/chat-bot.js';
import { channelObject } from '../../fakes/discord/objects.js';
import { aChannel } from '../../fakes/discord/world.js';
import { answerOf, connected, type Setting, scriptedBot, until } from './setting.js';

const { ViewChannel, ManageChannels, ManageThreads, Administrator } = PermissionFlagsBits;

let setting: Setting;
let named: ChannelName = { id: null, name: '' };
let found: FoundChannel | undefined;
afterEach(async () => {
  await setting.close();
  expect(setting.fake.problems()).toEqual([]);
});

/** A second channel, in which the person may do this. */
async function start(permissions: bigint): Promise<string> {
  found = undefined;
  setting = await connected({
    bot: scriptedBot({
      answer: async ({ findChannel }) => {
        found = await findChannel?.(named);
        return answerOf('asked');
      },
    }),
  });
  const id = setting.fake.world.addChannel(setting.guildId, 'mm');
  setting.fake.permit(id, setting.userId, permissions);
  named = { id, name: '' };
  return id;
}

/** Asks in the first channel, which the person does not manage. */
async function find(isDirect = false): Promise<FoundChannel | undefined> {
  const user = { userId: setting.userId, channelId: isDirect ? null : setting.channelId };
  const { original } = await (async () => {
    const interaction = setting.fake.interactions.command(user, ['following'], {});
    await until(() => interaction.original);
    return interaction;
  })();
  expect(original).not.toBeNull();
  return found;
}

describe('another channel that a request names', () => {
  it('is found with the rights that the person has there', async () => {
    const id = await start(ViewChannel | ManageChannels);
    expect(await find()).toEqual({
      kind: 'found',
      place: { platform: 'discord', tenant: setting.guildId, address: id, kind: 'channel', name: '#mm' },
      requester: expect.objectContaining({
        id: setting.userId,
        rights: 'manager',
        rightsHold: 'here',
      }) as object,
      cannotPost: null,
    });
  });

  it.each([
    ['who only reads it is a member', ViewChannel, null, 'member'],
    ['to whom the server gave /follow is a manager', ViewChannel, true, 'manager'],
    ['from whom it took /follow is none', ViewChannel | ManageChannels, false, 'member'],
    ['who administers is a manager all the same', ViewChannel | Administrator, false, 'manager'],
  ] as const)('%s', async (_, permissions, granted, rights) => {
    const id = await start(permissions);
    if (granted !== null) grant(granted, id);
    expect(await find()).toMatchObject({ kind: 'found', requester: { rights } });
  });

  it('may be a forum, and says which right covernote lacks there', async () => {
    await start(ViewChannel);
    const { world } = setting.fake;
    const forum = aChannel({
      guildId: setting.guildId,
      name: 'patches',
      type: ChannelType.GuildForum,
      denied: PermissionFlagsBits.SendMessagesInThreads,
    });
    world.channels.set(forum.id, forum);
    setting.fake.gateway.dispatch('CHANNEL_CREATE', channelObject(world, forum));
    setting.fake.permit(forum.id, setting.userId, ViewChannel | ManageChannels);
    named = { id: forum.id, name: '' };
    const outcome = await find();
    expect(outcome).toMatchObject({
      kind: 'found',
      place: { name: '#patches' },
      requester: { rights: 'manager' },
    });
    expect(outcome?.kind === 'found' && outcome.cannotPost?.message).toContain('“Send Messages in Threads”');
  });

  it('is none to those who can’t see it, and reads as if there were none', async () => {
    await start(ManageChannels);
    const hidden = await find();
    named = { id: '100000000000000009', name: '' };
    expect(hidden).toMatchObject({ kind: 'problem' });
    expect(await find()).toEqual(hidden);
  });

  it('is none where it is another server’s', async () => {
    await start(ViewChannel | ManageChannels);
    const { world } = setting.fake;
    const other = world.addChannel(world.addGuild('Elsewhere'), 'kvm');
    setting.fake.permit(other, setting.userId, ViewChannel | ManageChannels);
    named = { id: other, name: '' };
    expect(await find()).toMatchObject({ kind: 'problem' });
  });

  it.each([
    ['mm', 'found'],
    ['MM', 'found'],
    ['kernel', 'problem'],
  ] as const)('is found by its name: %s: %s', async (name, kind) => {
    await start(ViewChannel);
    named = { id: null, name };
    expect(await find()).toMatchObject({ kind });
  });

  it('says what the bot lacks there', async () => {
    const id = await start(ViewChannel | ManageChannels);
    setting.fake.deny(id, 'SendMessages');
    expect(await find()).toMatchObject({
      kind: 'found',
      cannotPost: {
        message: "I can't post in #mm: I need “Send Messages” there.",
        remedy: expect.stringContaining('in the permissions of #mm, then try again.') as string,
      },
    });
  });

  it.each([
    ['who is not in it finds none', ViewChannel | ManageChannels, 'problem'],
    ['who manages threads finds it', ViewChannel | ManageThreads, 'found'],
  ] as const)('may be a private thread: %s', async (_, permissions, kind) => {
    const parentId = await start(permissions);
    const { world, gateway } = setting.fake;
    const thread = aChannel({ guildId: setting.guildId, name: 'embargo', type: 12, parentId });
    world.channels.set(thread.id, thread);
    gateway.dispatch('THREAD_CREATE', channelObject(world, thread));
    named = { id: thread.id, name: '' };
    expect(await find()).toMatchObject({ kind });
  });

  it('cannot be a category', async () => {
    await start(ViewChannel);
    const { world } = setting.fake;
    const category = world.addChannel(setting.guildId, 'lists', 4);
    setting.fake.permit(category, setting.userId, ViewChannel | ManageChannels);
    named = { id: category, name: '' };
    expect(await find()).toMatchObject({ kind: 'problem', message: '#lists accepts no messages.' });
  });

  it.each([
    ['a manager there', ViewChannel | ManageChannels, { kind: 'found', requester: { rights: 'manager' } }],
    ['who only reads it', ViewChannel, { kind: 'found', requester: { rights: 'member' } }],
    ['who can’t see it', 0n, { kind: 'problem' }],
  ] as const)(
    'is found from a direct message with the rights in its server: %s',
    async (_, rights, expected) => {
      const id = await start(rights);
      const outcome = await find(true);
      expect(outcome).toMatchObject(expected);
      if (outcome?.kind === 'found')
        expect(outcome).toMatchObject({
          place: { tenant: setting.guildId, address: id },
          requester: { tenant: setting.guildId, rightsHold: 'here' },
        });
    },
  );

  it('is none from a direct message of somebody who is not in its server', async () => {
    await start(ViewChannel | ManageChannels);
    const stranger = setting.fake.world.addUser('mel', { isStranger: true });
    setting.fake.permit(named.id ?? '', stranger, ViewChannel | ManageChannels);
    const { interactions } = setting.fake;
    const interaction = interactions.command({ userId: stranger, channelId: null }, ['following'], {});
    await until(() => interaction.original);
    expect(found).toMatchObject({ kind: 'problem' });
  });
});

describe('suggestions for another channel', () => {
  it.each([
    ['are of that channel', ViewChannel, true],
    ['are of this one where the person can’t see that', 0n, false],
  ])('%s', async (_, permissions, isThere) => {
    const addresses: string[] = [];
    setting = await connected({
      bot: scriptedBot({
        suggest: async ({ place }) => {
          addresses.push(place.address);
          return [{ label: 'kvm', value: 'kvm' }];
        },
      }),
    });
    const id = setting.fake.world.addChannel(setting.guildId, 'mm');
    setting.fake.permit(id, setting.userId, permissions);
    const user = { userId: setting.userId, channelId: setting.channelId };
    const typing = setting.fake.interactions.autocomplete(user, ['unfollow'], 'what', 'k', { in: id });
    await until(() => typing.choices);
    expect(addresses).toEqual([isThere ? id : setting.channelId]);
  });
});

/** The server's own setting for /follow, for this person or, where it is taken away, for this channel too. */
function grant(permission: boolean, channelId: string): void {
  const { world } = setting.fake;
  const follow = (world.commands.get(world.applicationId) ?? []).find(({ name }) => name === 'follow');
  const permissions = [
    { id: setting.userId, type: 2, permission },
    ...(permission ? [] : [{ id: channelId, type: 3, permission }]),
  ];
  world.grants.set(setting.guildId, [
    {
      id: String(follow?.id),
      application_id: world.applicationId,
      guild_id: setting.guildId,
      permissions,
    },
  ]);
}
