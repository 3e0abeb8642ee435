import { botObject, channelObject, memberObject, messageObject, userObject } from './objects.js';
import { commandIn } from './registered.js';
import { aChannel, type FakeMessage, type Json, snowflake, type World } from './world.js';

/** Everything that was answered to one interaction. */
export interface FakeInteraction {
  readonly id: string;
  readonly token: string;
  readonly madeMs: number;
  readonly channelId: string;
  /** The message whose button was pressed. */
  readonly source: FakeMessage | null;
  /** The first response: its type, and after how many milliseconds it came. */
  first: { readonly type: number; readonly data: Json; readonly afterMs: number } | null;
  /** What the user sees as the answer: replaced by edits. */
  original: FakeMessage | null;
  readonly followUps: FakeMessage[];
  choices: readonly { readonly name: string; readonly value: string }[] | null;
  /** Its three seconds, or its fifteen minutes, are over. */
  expired: boolean;
}

interface Actor {
  readonly userId: string;
  /** A channel of a server; null: direct messages with the bot. */
  readonly channelId: string | null;
  /** Permission bits of the user in the channel; 0 for a plain member. */
  readonly permissions?: bigint;
}

type OptionValue = string | number | boolean;

export interface Interactions {
  readonly all: Map<string, FakeInteraction>;
  byToken(token: string): FakeInteraction | null;
  command(
    actor: Actor,
    words: readonly string[],
    options: Readonly<Record<string, OptionValue>>,
  ): FakeInteraction;
  /** `others`: options that were filled in before. */
  autocomplete(
    actor: Actor,
    words: readonly string[],
    option: string,
    typed: string,
    others?: Readonly<Record<string, OptionValue>>,
  ): FakeInteraction;
  press(actor: Actor, message: FakeMessage, customId: string, values?: readonly string[]): FakeInteraction;
}

const STRING = 3;
const INTEGER = 4;
const BOOLEAN = 5;
const CHANNEL = 7;

/** Interactions as Discord sends them over the gateway. `dispatch` is the gateway's. */
export function createInteractions(
  world: World,
  dispatch: (event: string, data: Json) => void,
): Interactions {
  const all = new Map<string, FakeInteraction>();

  function begin(actor: Actor, type: number, data: Json, source: FakeMessage | null): FakeInteraction {
    const channel =
      actor.channelId === null ? world.dmWith(actor.userId) : world.channels.get(actor.channelId);
    const interaction: FakeInteraction = {
      id: snowflake(),
      token: `itoken-${snowflake()}`,
      madeMs: Date.now(),
      channelId: channel?.id ?? '',
      source,
      first: null,
      original: null,
      followUps: [],
      choices: null,
      expired: false,
    };
    all.set(interaction.id, interaction);
    const user = userObject(world.users.get(actor.userId) ?? { id: actor.userId, username: 'somebody' });
    const guildId = channel?.guildId ?? null;
    dispatch('INTERACTION_CREATE', {
      id: interaction.id,
      application_id: world.applicationId,
      type,
      token: interaction.token,
      version: 1,
      data,
      channel_id: interaction.channelId,
      channel: channelObject(world, channel ?? aChannel({ guildId: null, name: '', type: 1 })),
      ...(guildId === null
        ? { user, context: 1 }
        : {
            guild_id: guildId,
            guild: { id: guildId, features: [], locale: 'en-US' },
            member: memberObject(user, actor.permissions ?? 0n),
            context: 0,
          }),
      ...(source === null ? {} : { message: sourceObject(world, source) }),
      app_permissions: '2147483647',
      locale: 'en-US',
      entitlements: [],
      authorizing_integration_owners: { '0': guildId ?? '0' },
      attachment_size_limit: 10_485_760,
    });
    return interaction;
  }

  function commandData(words: readonly string[], options: readonly Json[]): Json {
    const [name = '', sub] = words;
    const command = commandIn(world, name);
    if (command === null) throw new Error(`/${name} is not registered`);
    const inner = sub === undefined ? options : [{ type: 1, name: sub, options }];
    return { id: command.id, name, type: 1, options: inner, ...resolvedOf(options) };
  }

  /** The channels that options name, as far as Discord shows them. */
  function resolvedOf(options: readonly Json[]): Json {
    const named = options.flatMap(({ type, value }) => {
      const channel = type === CHANNEL ? world.channels.get(String(value)) : undefined;
      return channel === undefined ? [] : [channel];
    });
    if (named.length === 0) return {};
    const channels = named.map(({ id, name, type, parentId }) => [
      id,
      { id, name, type, parent_id: parentId, permissions: '0' },
    ]);
    return { resolved: { channels: Object.fromEntries(channels) } };
  }

  return {
    all,
    byToken: (token) => [...all.values()].find((one) => one.token === token) ?? null,
    command: (actor, words, options) =>
      begin(
        actor,
        2,
        commandData(
          words,
          Object.entries(options).map(([name, value]) => ({ name, value, type: typeOf(name, value) })),
        ),
        null,
      ),
    autocomplete: (actor, words, option, typed, others = {}) =>
      begin(
        actor,
        4,
        commandData(words, [
          ...Object.entries(others).map(([name, value]) => ({ name, value, type: typeOf(name, value) })),
          { name: option, value: typed, type: STRING, focused: true },
        ]),
        null,
      ),
    press: (actor, message, customId, values) =>
      begin(
        actor,
        3,
        values === undefined
          ? { component_type: 2, custom_id: customId }
          : { component_type: 3, custom_id: customId, values },
        message,
      ),
  };
}

function typeOf(name: string, value: OptionValue): number {
  if (name === 'in') return CHANNEL;
  if (typeof value === 'string') return STRING;
  return typeof value === 'number' ? INTEGER : BOOLEAN;
}

function sourceObject(world: World, message: FakeMessage): Json {
  return { ...messageObject(world, message), author: botObject(world) };
}
