import { afterEach, describe, expect, it } from 'vitest';
import { createDiscord } from '../../../src/adapters/discord/create-discord.js';
import { applicationIdOf, inviteUrl } from '../../../src/adapters/discord/invite.js';
import { guildObject } from '../../fakes/discord/objects.js';
import { readMessage } from '../../fakes/discord/reading.js';
import { specs } from '../../lib/commands.js';
import { answerOf, connected, keptLog, type Setting, scriptedBot, until } from './setting.js';

const PUT = 'PUT /applications/{application_id}/commands';
const GUILDS = 1;

let setting: Setting;
afterEach(async () => {
  await setting.close();
  expect(setting.fake.problems()).toEqual([]);
});

async function startAgain(overrides: Partial<Parameters<typeof createDiscord>[0]> = {}): Promise<void> {
  await setting.discord.stop();
  const { fake } = setting;
  const again = createDiscord({
    token: fake.token,
    apiUrl: fake.apiUrl,
    bot: scriptedBot(),
    log: keptLog(),
    ...overrides,
  });
  setting = { ...setting, discord: again };
  await again.start();
}

describe('commands', () => {
  const puts = () => setting.fake.log.filter(({ operation }) => operation.startsWith('PUT')).length;

  it('are registered once, and again only when they change', async () => {
    setting = await connected();
    expect(puts()).toBe(1);
    await startAgain();
    expect(puts()).toBe(1);
    const changed = specs.map((spec) =>
      spec.name === 'series' ? { ...spec, does: 'Another description' } : spec,
    );
    await startAgain({ bot: scriptedBot({ commands: changed }) });
    expect(puts()).toBe(2);
    await startAgain({ bot: scriptedBot({ commands: changed.slice(1) }) });
    expect(puts()).toBe(3);
  });

  it('say who may use them, where, and what is suggested', async () => {
    setting = await connected();
    const registered = setting.fake.world.commands.get(setting.fake.world.applicationId) ?? [];
    const commands = new Map(registered.map((one) => [one.name, one]));
    expect([...commands.keys()]).toEqual(specs.map(({ name }) => name));
    expect(commands.get('follow')).toMatchObject({
      default_member_permissions: '16',
      contexts: [0, 1],
      integration_types: [0],
    });
    expect(commands.get('series')).toMatchObject({
      default_member_permissions: null,
      options: [{ name: 'query', autocomplete: true }, { name: 'view' }],
    });
    // Some of its forms read: who may use the others is the bot's to say.
    expect(commands.get('digest')).toMatchObject({ default_member_permissions: null });
  });

  it('are registered in one server alone where it is named', async () => {
    setting = await connected();
    await startAgain({ guildId: setting.guildId });
    expect(setting.fake.world.commands.has(`${setting.fake.world.applicationId}/${setting.guildId}`)).toBe(
      true,
    );
    await setting.discord.stop();
    await expect(startAgain({ guildId: '123456789012345678' })).rejects.toMatchObject({
      code: 'discord-guild',
    });
  });

  it('that cannot be registered now do not keep the bot away', async () => {
    setting = await connected();
    setting.fake.faults.arm('GET /applications/{application_id}/commands', { kind: 'badGateway' }, 4);
    await startAgain();
    expect(setting.fake.log.filter(({ operation }) => operation === PUT)).toHaveLength(1);
  });
});

describe('the connection', () => {
  const answers = async () => {
    const { fake, userId, channelId } = setting;
    const interaction = fake.interactions.command({ userId, channelId }, ['series'], { query: 'x' });
    await until(() => interaction.original);
  };

  it('asks for servers alone', async () => {
    setting = await connected();
    expect(setting.fake.gateway.log[0]).toMatchObject({ what: 'identify', intents: GUILDS, shard: [0, 1] });
  });

  it('resumes after a drop, and answers what was requested meanwhile', async () => {
    setting = await connected();
    const { fake, userId, channelId } = setting;
    fake.gateway.drop();
    await until(() => !fake.gateway.isConnected);
    const interaction = fake.interactions.command({ userId, channelId }, ['series'], { query: 'x' });
    await until(() => interaction.original);
    expect(fake.gateway.log).toContainEqual(expect.objectContaining({ what: 'resume', accepted: true }));
  });

  it('resumes when Discord asks it to', async () => {
    setting = await connected();
    setting.fake.gateway.askToReconnect();
    await until(() => setting.fake.gateway.log.some((entry) => entry.what === 'resume' && entry.accepted));
    await answers();
  });

  it('begins anew when its session is gone', { timeout: 30_000 }, async () => {
    setting = await connected();
    setting.fake.gateway.invalidate(false);
    await until(() => setting.fake.gateway.log.filter(({ what }) => what === 'identify').length === 2);
    await until(() => setting.fake.gateway.isConnected);
    await answers();
  });

  it('leaves a line that no longer answers heartbeats', { timeout: 30_000 }, async () => {
    setting = await connected({ fake: { heartbeatMs: 150 } });
    setting.fake.gateway.mute(true);
    await until(() => setting.fake.gateway.log.some(({ what }) => what === 'resume'));
    setting.fake.gateway.mute(false);
    await until(() => setting.fake.gateway.isConnected);
    await answers();
  });

  it('tells a wrong token and a missing intent to whoever runs the bot', async () => {
    setting = await connected();
    await expect(startAgain({ token: 'wrong' })).rejects.toMatchObject({ code: 'discord-token' });
    await expect(startAgain({ linkCards: true })).rejects.toMatchObject({ code: 'discord-intents' });
  });

  it('tells that Discord is away, and comes when it is called again', async () => {
    setting = await connected();
    setting.fake.faults.arm('GET /gateway/bot', { kind: 'badGateway' }, 4);
    await expect(startAgain()).rejects.toMatchObject({ name: 'TransientFailure' });
    await setting.discord.start();
    await answers();
  });

  it('tells when it ends for good', async () => {
    const lost: string[] = [];
    setting = await connected({ onLost: ({ code }) => lost.push(code) });
    setting.fake.gateway.drop(4004);
    await until(() => lost.length > 0);
    expect(lost).toEqual(['discord-token']);
  });
});

describe('what goes away', () => {
  it('is forgotten: a server, a channel, a thread', async () => {
    const forgotten: unknown[] = [];
    setting = await connected({
      bot: scriptedBot({
        forget: async (what) => {
          forgotten.push(what);
        },
      }),
    });
    const { fake, guildId, channelId } = setting;
    fake.deleteChannel(channelId);
    fake.removeGuild(guildId);
    await until(() => forgotten.length === 2);
    expect(forgotten).toEqual([
      { platform: 'discord', tenant: guildId, address: channelId },
      { platform: 'discord', tenant: guildId },
    ]);
  });
});

describe('a link in a message', () => {
  const LINK = 'https://lore.kernel.org/kvm/1@example.org/';
  const card = async (url: string) =>
    url === LINK ? { view: answerOf('the card').view, actions: [] } : null;

  it('gets a card as a reply where it is switched on', async () => {
    setting = await connected({
      linkCards: true,
      fake: { allowsMessageContent: true },
      bot: scriptedBot({ unfurl: card }),
    });
    const { fake, channelId, userId } = setting;
    fake.say(channelId, userId, `look: ${LINK} and https://example.org/other`);
    const reply = await until(() => fake.world.messages.find((one) => one.reference !== null));
    expect(readMessage(reply).text).toBe('the card');
    expect(reply.reference).toBe(fake.world.messages[0]?.id);
  });
});

describe('the invite link', () => {
  it('asks for what is needed and nothing else', async () => {
    setting = await connected();
    const url = new URL(inviteUrl('123456789012345678'));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: '123456789012345678',
      scope: 'bot applications.commands',
      permissions: '309237713920',
      integration_type: '0',
    });
  });

  it.each([
    ['MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabc.rest', '123456789012345678'],
    ['nonsense', null],
  ])('reads the application from the token %s: %j', async (token, id) => {
    setting = await connected();
    expect(applicationIdOf(token)).toBe(id);
  });
});

describe('a server that it is added to', () => {
  it('gets a short welcome where the bot may post, and one that was there before gets none', async () => {
    setting = await connected();
    const { world, gateway } = setting.fake;
    const guildId = world.addGuild('New people');
    const general = world.addChannel(guildId, 'general');
    gateway.dispatch('GUILD_CREATE', guildObject(world, guildId));
    const [welcome] = await until(() => world.standing(general).length > 0 && world.standing(general));
    expect(welcome === undefined ? '' : readMessage(welcome).text).toMatch(
      /series foll_pin[\s\S]*follow kvm[\s\S]*digest/,
    );
    expect(world.standing(setting.channelId)).toEqual([]);
  });
});

it('logs the link to invite it where it is in no server yet', async () => {
  setting = await connected();
  expect(JSON.stringify(setting.log.lines)).not.toContain('oauth2/authorize');
  setting.fake.removeGuild(setting.guildId);
  const log = keptLog();
  await startAgain({ log });
  expect(log.lines).toContainEqual(
    expect.objectContaining({
      message: 'discord.in_no_server',
      fields: { invite: inviteUrl(setting.fake.world.applicationId) },
    }),
  );
});
