import { afterEach, describe, expect, it } from 'vitest';
import type { Action, Answer, Invocation, Press } from '../../../src/digest/ports/chat-bot.js';
import type { Address } from '../../../src/digest/ports/chat-platform.js';
import { ERRORS } from '../../fakes/discord/faults.js';
import type { FakeInteraction } from '../../fakes/discord/interactions.js';
import { readMessage } from '../../fakes/discord/reading.js';
import { readRequest } from '../../lib/commands.js';
import { answerOf, connected, type Setting, scriptedBot, until } from './setting.js';

const CALLBACK = 'POST /interactions/{interaction_id}/{interaction_token}/callback';
const EPHEMERAL = 64;
const MANAGE_CHANNELS = 16n;

let setting: Setting;
afterEach(async () => {
  await setting.close();
  expect(setting.fake.problems()).toEqual([]);
});

async function start(
  overrides: Parameters<typeof scriptedBot>[0] = {},
  deferAfterMs = 1500,
): Promise<Setting> {
  setting = await connected({ bot: scriptedBot(overrides), deferAfterMs });
  return setting;
}

function user(options: { permissions?: bigint; isDirect?: boolean } = {}) {
  return {
    userId: setting.userId,
    channelId: options.isDirect === true ? null : setting.channelId,
    permissions: options.permissions ?? 0n,
  };
}

const later = <T>(value: T, ms: number) => new Promise<T>((resolve) => setTimeout(resolve, ms, value));
const textOf = (interaction: FakeInteraction) =>
  interaction.original === null ? '' : readMessage(interaction.original).text;
const isPrivate = (message: { body: Readonly<Record<string, unknown>> }) =>
  (Number(message.body.flags) & EPHEMERAL) !== 0;
const open: Action = { kind: 'button', id: 'v1:open', label: 'Open', tone: 'plain' };

describe('a command', () => {
  it.each([
    [['series'], { query: 'foll_pin', view: 'reviews' }, 'series', ''],
    [['follow'], { what: 'kvm', author: 'Jane Doe', bots: true }, 'follow', ''],
    [['follow'], { what: 'kvm', bots: false }, 'follow', ''],
    [['following'], {}, 'following', ''],
    [['digest', 'at'], { times: '09:00', days: 'weekdays' }, 'digest', 'at'],
    [['digest', 'preview'], { days: 7 }, 'digest', 'preview'],
  ] as const)('%j %j is passed on with its options as they are', async (words, options, command, form) => {
    const invocations: Invocation[] = [];
    await start({
      answer: async (invocation) => {
        invocations.push(invocation);
        return answerOf('so it is');
      },
    });
    const interaction = setting.fake.interactions.command(user(), words, options);
    await until(() => interaction.original);
    expect(textOf(interaction)).toBe('so it is');
    expect(invocations).toMatchObject([{ request: { kind: 'options', command, form, options } }]);
  });

  it('tells who asks and where', async () => {
    const invocations: Invocation[] = [];
    await start({
      answer: async (invocation) => {
        invocations.push(invocation);
        return answerOf('yes');
      },
    });
    const { interactions } = setting.fake;
    const all = [
      interactions.command(user(), ['series'], { query: 'a' }),
      interactions.command(user({ permissions: MANAGE_CHANNELS }), ['series'], { query: 'b' }),
      // Discord has let them: what the command takes was checked before.
      interactions.command(user(), ['follow'], { what: 'c' }),
      interactions.command(user({ isDirect: true }), ['series'], { query: 'd' }),
    ];
    await until(() => all.every(({ original }) => original !== null));
    const { guildId, channelId, userId } = setting;
    const channel = {
      platform: 'discord',
      tenant: guildId,
      address: channelId,
      kind: 'channel',
      name: '#kvm',
    };
    const direct = { platform: 'discord', tenant: 'dm', address: userId, kind: 'person', name: '' };
    const received = new Map(
      invocations.map(({ request, requester, place }) => [
        readRequest(request),
        { rights: requester.rights, place },
      ]),
    );
    expect(Object.fromEntries(received)).toEqual({
      'series {"query":"a"}': { rights: 'member', place: channel },
      'series {"query":"b"}': { rights: 'manager', place: channel },
      'follow {"what":"c"}': { rights: 'manager', place: channel },
      'series {"query":"d"}': { rights: 'manager', place: direct },
    });
    expect(invocations[0]?.requester).toMatchObject({
      id: userId,
      name: 'jane',
      zone: null,
      tenant: guildId,
      rightsHold: 'here',
    });
  });

  it.each(['private', 'public'] as const)('is answered as %s at once', async (visibility) => {
    await start({ answer: async () => answerOf('the card', { visibility, actions: [open] }) });
    const interaction = setting.fake.interactions.command(user(), ['series'], { query: 'x' });
    const message = await until(() => interaction.original);
    expect(interaction.first?.type).toBe(4);
    expect(isPrivate(message)).toBe(visibility === 'private');
    expect(readMessage(message).actions).toEqual(['v1:open']);
  });

  it.each(['private', 'public'] as const)(
    'that takes long is deferred, then answered as %s',
    async (visibility) => {
      await start({ answer: () => later(answerOf('at last', { visibility }), 120) }, 30);
      const interaction = setting.fake.interactions.command(user(), ['series'], { query: 'x' });
      await until(() => interaction.first?.type === 5);
      const message =
        visibility === 'private'
          ? await until(() => interaction.original)
          : await until(() => interaction.followUps[0]);
      expect(readMessage(message).text).toBe('at last');
      expect(isPrivate(message)).toBe(visibility === 'private');
    },
  );

  it('announces to everybody what it changed', async () => {
    const announcement = answerOf('jane follows kvm here');
    await start({
      answer: async () => answerOf('done', { announce: { view: announcement.view, actions: [open] } }),
    });
    const interaction = setting.fake.interactions.command(user(), ['follow'], { what: 'kvm' });
    const announced = await until(() => interaction.followUps[0]);
    expect(readMessage(announced)).toMatchObject({ text: 'jane follows kvm here', actions: ['v1:open'] });
    expect(isPrivate(announced)).toBe(false);
  });

  it.each([
    ['is posted in the channel that it is for', null],
    ['is reported to the requester where it cannot be posted', ERRORS.missingPermissions],
  ] as const)('whose announcement is for another channel: it %s', async (_, fault) => {
    const announcement = answerOf('jane no longer follows kvm here');
    let to: Address | undefined;
    await start({
      answer: async () =>
        answerOf('done', {
          announce: { view: announcement.view, actions: [open], ...(to === undefined ? {} : { to }) },
        }),
    });
    const other = setting.fake.world.addChannel(setting.guildId, 'mm');
    to = { platform: 'discord', tenant: setting.guildId, address: other, kind: 'channel' };
    if (fault !== null) setting.fake.faults.arm('POST /channels/{channel_id}/messages', fault);
    const interaction = setting.fake.interactions.command(user({ isDirect: true }), ['following'], {});
    if (fault === null) {
      const [message] = await until(() => {
        const there = setting.fake.world.standing(other);
        return there.length > 0 && there;
      });
      expect(message === undefined ? '' : readMessage(message).text).toBe('jane no longer follows kvm here');
      expect(interaction.followUps).toEqual([]);
    } else {
      const word = await until(() => interaction.followUps[0]);
      expect(readMessage(word).text).toContain(
        'could not be announced there: please tell the others yourself.',
      );
      expect(isPrivate(word)).toBe(true);
      expect(setting.fake.world.standing(other)).toEqual([]);
    }
  });

  it('that meets a bug says so, with a reference that the log has', async () => {
    await start({ answer: () => Promise.reject(new Error('a bug')) });
    const interaction = setting.fake.interactions.command(user(), ['series'], { query: 'x' });
    await until(() => interaction.original);
    const [line] = setting.log.lines.filter(({ level }) => level === 'error');
    const reference =
      line !== undefined && 'reference' in line.fields ? String(line.fields.reference) : 'none';
    expect(textOf(interaction)).toContain(reference);
    expect(textOf(interaction)).not.toContain('a bug');
  });

  it('is answered once though the connection brings it twice', async () => {
    let count = 0;
    await start({
      answer: async () => {
        count++;
        return answerOf('once');
      },
    });
    const interaction = setting.fake.interactions.command(user(), ['series'], { query: 'x' });
    await until(() => interaction.original);
    setting.fake.gateway.drop(4000);
    await until(() => setting.fake.gateway.log.some(({ what }) => what === 'resume'));
    const again = setting.fake.interactions.command(user(), ['series'], { query: 'y' });
    await until(() => again.original);
    expect(count).toBe(2);
  });
});

describe('a press', () => {
  async function pressed(answer: Answer, deferAfterMs = 1500, delayMs = 0) {
    const presses: Press[] = [];
    await start(
      {
        press: (press) => {
          presses.push(press);
          return later(answer, delayMs);
        },
      },
      deferAfterMs,
    );
    const { discord, fake, guildId, channelId } = setting;
    const to = { platform: 'discord', tenant: guildId, address: channelId, kind: 'channel' } as const;
    const post = {
      key: 'digest-1-0',
      to,
      under: null,
      view: answerOf('first').view,
      actions: [open],
      silent: false,
    };
    const sent = await discord.platform.send(post);
    if (sent.kind !== 'sent') throw new Error(sent.kind);
    const message = await until(() => fake.world.message(channelId, sent.messageId));
    return { message, presses, post, interaction: fake.interactions.press(user(), message, 'v1:open') };
  }

  it.each([
    ['at once', 1500, 0, 7],
    ['later', 20, 100, 6],
  ] as const)(
    'makes the message show something else %s, and keeps its mark',
    async (_, defer, delay, type) => {
      const { message, interaction, post } = await pressed(
        answerOf('second', { replaces: true }),
        defer,
        delay,
      );
      await until(() => readMessage(message).text === 'second');
      expect(interaction.first?.type).toBe(type);
      expect(await setting.discord.platform.find({ ...post, since: '2020-01-01T00:00:00Z' })).toEqual({
        kind: 'found',
        messageId: message.id,
      });
    },
  );

  it.each([
    ['at once', 1500, 0],
    ['later', 20, 100],
  ] as const)('is answered for the presser alone %s, and the message stays', async (_, defer, delay) => {
    const { message, interaction } = await pressed(answerOf('for you'), defer, delay);
    const answer = await until(
      () => interaction.followUps[0] ?? (interaction.original !== message && interaction.original),
    );
    expect(isPrivate(answer)).toBe(true);
    expect(readMessage(answer).text).toBe('for you');
    expect(readMessage(message).text).toBe('first');
  });

  it('of a list says what was chosen', async () => {
    const { message, presses } = await pressed(answerOf('x'));
    setting.fake.interactions.press(user(), message, 'v1:pick', ['two']);
    await until(() => presses.length === 2);
    expect(presses.map(({ id, value }) => [id, value])).toEqual([
      ['v1:open', null],
      ['v1:pick', 'two'],
    ]);
  });
});

describe('what is typed', () => {
  it('gets suggestions that Discord takes', async () => {
    await start({
      suggest: async ({ option, typed }) => [
        { label: `${option}: ${'x'.repeat(300)}`, value: typed },
        { label: 'again', value: typed },
        { label: 'empty', value: '' },
        ...Array.from({ length: 40 }, (_, i) => ({ label: `title ${i}`, value: `v${i}` })),
      ],
    });
    const interaction = setting.fake.interactions.autocomplete(user(), ['series'], 'query', 'foll');
    const choices = await until(() => interaction.choices);
    expect(choices).toHaveLength(25);
    expect(choices[0]?.value).toBe('foll');
    expect(choices.every(({ name }) => name.length <= 100)).toBe(true);
  });

  it('gets none where the bot fails', async () => {
    await start({ suggest: () => Promise.reject(new Error('a bug')) });
    const interaction = setting.fake.interactions.autocomplete(user(), ['series'], 'query', 'foll');
    expect(await until(() => interaction.choices)).toEqual([]);
  });
});

describe('an answer that Discord does not take', () => {
  it.each([
    ['expired', ERRORS.unknownInteraction, 'info'],
    ['already given', ERRORS.alreadyAnswered, null],
  ] as const)('because it is %s is no trouble', async (_, fault, level) => {
    await start();
    setting.fake.faults.arm(CALLBACK, fault);
    setting.fake.interactions.command(user(), ['series'], { query: 'x' });
    await until(() => setting.fake.log.some((entry) => entry.fault === 'error'));
    const after = setting.fake.interactions.command(user(), ['series'], { query: 'y' });
    await until(() => after.original);
    const lines = setting.log.lines.filter(({ message }) => message.includes('expired'));
    expect(lines.map((line) => line.level)).toEqual(level === null ? [] : [level]);
    expect(setting.log.lines.filter((line) => line.level === 'error')).toEqual([]);
  });

  it.each(['badGateway', 'dropBefore', 'dropAfter'] as const)('is posted once after %s', async (kind) => {
    await start();
    setting.fake.faults.arm(CALLBACK, { kind });
    const interaction = setting.fake.interactions.command(user(), ['series'], { query: 'x' });
    await until(() => interaction.original);
    expect(textOf(interaction)).toBe('you asked series {"query":"x"}');
    expect(setting.fake.world.messages).toHaveLength(1);
  });
});

describe('who may change what a channel gets', () => {
  const grant = (permission: boolean) => {
    const { world } = setting.fake;
    const follow = (world.commands.get(world.applicationId) ?? []).find(({ name }) => name === 'follow');
    world.grants.set(setting.guildId, [
      {
        id: String(follow?.id),
        application_id: world.applicationId,
        guild_id: setting.guildId,
        permissions: [{ id: setting.userId, type: 2, permission }],
      },
    ]);
  };
  const rights: string[] = [];
  const started = async () => {
    rights.length = 0;
    const note = async ({ requester }: Pick<Invocation, 'requester'>) => {
      rights.push(requester.rights);
      return answerOf('noted', { actions: [open], visibility: 'public' });
    };
    await start({ answer: note, press: note });
  };
  /** By /follow, by a form of another command, and by a button. */
  const useAll = async (permissions: bigint) => {
    const { interactions } = setting.fake;
    const follow = interactions.command(user({ permissions }), ['follow'], { what: 'kvm' });
    const message = await until(() => follow.original);
    const at = interactions.command(user({ permissions }), ['digest', 'at'], { times: '09:00' });
    await until(() => at.original);
    const pressed = interactions.press(user({ permissions }), message, 'v1:open');
    await until(() => pressed.first);
    return rights;
  };

  it('is decided alike for a command, a form and a button: those to whom the server gave /follow', async () => {
    await started();
    grant(true);
    expect(await useAll(0n)).toEqual(['manager', 'manager', 'manager']);
  });

  it('is not those from whom it took it, whatever else they may do', async () => {
    await started();
    grant(false);
    const { interactions } = setting.fake;
    const at = interactions.command(user({ permissions: MANAGE_CHANNELS }), ['digest', 'at'], {
      times: '09:00',
    });
    await until(() => at.original);
    expect(rights).toEqual(['member']);
  });

  it('is those who manage channels where the server says nothing, or can’t be reached', async () => {
    await started();
    const GRANTS = 'GET /applications/{application_id}/guilds/{guild_id}/commands/permissions';
    setting.fake.faults.arm(GRANTS, { kind: 'dropBefore' }, 9);
    expect(await useAll(MANAGE_CHANNELS)).toEqual(['manager', 'manager', 'manager']);
    rights.length = 0;
    const at = setting.fake.interactions.command(user(), ['digest', 'at'], { times: '09:00' });
    await until(() => at.original);
    expect(rights).toEqual(['member']);
  });
});
