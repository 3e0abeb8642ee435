import { type FakeChannel, type FakeMessage, type FakeTeam, imOf, type Json, type World } from './world.js';

/** A call of a method: its arguments as Slack reads them, and the workspace of its token. */
export interface Call {
  readonly args: Json;
  readonly team: FakeTeam;
}

export type Reply = Json & { readonly ok: boolean };

const refuse = (error: string, more: Json = {}): Reply => ({ ok: false, error, ...more });

function textOf(args: Json, name: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : '';
}

/** The channel that an app may act in, or why not. A private channel without the app does not exist for it. */
function channelFor(world: World, { args, team }: Call): FakeChannel | string {
  const id = textOf(args, 'channel');
  const user = world.users.get(id);
  const channel = user?.team === team.id ? imOf(world, team.id, id) : world.channels.get(id);
  if (channel === undefined || channel.team !== team.id) return 'channel_not_found';
  if (!channel.hasBot) return channel.isPrivate ? 'channel_not_found' : 'not_in_channel';
  return channel;
}

/** Posts as the app, in any way. */
export function postMessage(
  world: World,
  fields: Pick<FakeMessage, 'channel' | 'user' | 'text' | 'blocks'> & Partial<FakeMessage>,
): FakeMessage {
  const message: FakeMessage = {
    ts: world.nextTs(),
    threadTs: null,
    metadata: null,
    ephemeralTo: null,
    unfurls: {},
    edits: 0,
    ...fields,
  };
  world.messages.push(message);
  return message;
}

function blocksOf(args: Json): readonly Json[] {
  return Array.isArray(args.blocks) ? (args.blocks as Json[]) : [];
}

/** A message as Slack gives it back; metadata only if requested. */
function shown(world: World, message: FakeMessage, withMetadata: boolean): Json {
  const replies = world.messages.filter(
    (one) => one.threadTs === message.ts && one.ephemeralTo === null,
  ).length;
  const thread = message.threadTs ?? (replies > 0 ? message.ts : null);
  return {
    type: 'message',
    ts: message.ts,
    user: message.user,
    text: message.text,
    blocks: message.blocks,
    ...(thread === null ? {} : { thread_ts: thread }),
    ...(withMetadata && message.metadata !== null ? { metadata: message.metadata } : {}),
  };
}

/** A page of messages: `oldest` is exclusive, the cursor counts. */
function page(world: World, messages: readonly FakeMessage[], args: Json): Reply {
  const oldest = Number(textOf(args, 'oldest') || '0');
  const among = messages.filter((message) => Number(message.ts) > oldest && message.ephemeralTo === null);
  const start = Number(textOf(args, 'cursor') || '0');
  const limit = typeof args.limit === 'number' ? args.limit : 100;
  const next = start + limit;
  return {
    ok: true,
    messages: among.slice(start, next).map((one) => shown(world, one, args.include_all_metadata === true)),
    has_more: next < among.length,
    response_metadata: { next_cursor: next < among.length ? String(next) : '' },
  };
}

type Method = (world: World, call: Call) => Reply;

const inChannel =
  (then: (world: World, call: Call, channel: FakeChannel) => Reply): Method =>
  (world, call) => {
    const channel = channelFor(world, call);
    return typeof channel === 'string' ? refuse(channel) : then(world, call, channel);
  };

const chatPost = inChannel((world, { args, team }, channel) => {
  if (channel.isArchived) return refuse('is_archived');
  const message = postMessage(world, {
    channel: channel.id,
    user: team.botUserId,
    text: textOf(args, 'text'),
    blocks: blocksOf(args),
    threadTs: textOf(args, 'thread_ts') || null,
    metadata: (args.metadata as Json | undefined) ?? null,
  });
  return { ok: true, channel: channel.id, ts: message.ts, message: shown(world, message, true) };
});

const chatUpdate = inChannel((world, { args, team }, channel) => {
  const message = world.messages.find((one) => one.ts === args.ts && one.channel === channel.id);
  if (message === undefined) return refuse('message_not_found');
  if (message.user !== team.botUserId) return refuse('cant_update_message');
  message.text = textOf(args, 'text');
  message.blocks = blocksOf(args);
  message.edits++;
  return { ok: true, channel: channel.id, ts: message.ts, text: message.text };
});

const chatEphemeral = inChannel((world, { args, team }, channel) => {
  const user = world.users.get(textOf(args, 'user'));
  if (user === undefined) return refuse('user_not_in_channel');
  const message = postMessage(world, {
    channel: channel.id,
    user: team.botUserId,
    text: textOf(args, 'text'),
    blocks: blocksOf(args),
    threadTs: textOf(args, 'thread_ts') || null,
    ephemeralTo: user.id,
  });
  return { ok: true, message_ts: message.ts };
});

const chatUnfurl: Method = (world, { args }) => {
  const unfurls = args.unfurls as Json;
  const message = world.messages.find((one) => one.ts === args.ts && one.channel === args.channel);
  if (typeof args.unfurl_id === 'string') return { ok: true };
  if (message === undefined) return refuse('cannot_find_message');
  message.unfurls = { ...message.unfurls, ...unfurls };
  return { ok: true };
};

const conversationsOpen: Method = (world, { args, team }) => {
  const user = world.users.get(textOf(args, 'users'));
  if (user === undefined || user.team !== team.id) return refuse('user_not_found');
  return { ok: true, channel: { id: imOf(world, team.id, user.id).id } };
};

const conversationsInfo: Method = (world, { args, team }) => {
  const channel = world.channels.get(textOf(args, 'channel'));
  if (channel === undefined || channel.team !== team.id || (channel.isPrivate && !channel.hasBot))
    return refuse('channel_not_found');
  return {
    ok: true,
    channel: {
      id: channel.id,
      name: channel.name,
      is_member: channel.hasBot,
      is_archived: channel.isArchived,
      is_im: channel.im !== null,
      is_private: channel.isPrivate,
    },
  };
};

/** Everyone of the workspace is in its public channels; in a private one those whom it names. */
const conversationsMembers = inChannel((world, { team }, channel) => {
  const all = [...world.users.values()].filter((user) => user.team === team.id).map(({ id }) => id);
  return { ok: true, members: channel.isPrivate ? channel.members : all, response_metadata: {} };
});

const usersInfo: Method = (world, { args, team }) => {
  const user = world.users.get(textOf(args, 'user'));
  if (user === undefined) return refuse('user_not_found');
  return {
    ok: true,
    user: {
      id: user.id,
      team_id: user.team,
      name: user.name,
      tz: user.tz,
      is_restricted: user.guest,
      is_ultra_restricted: false,
      is_bot: false,
      is_stranger: user.team !== team.id,
      profile: { display_name: user.name, real_name: user.name },
    },
  };
};

const viewsPublish: Method = (world, { args }) => {
  world.homes.set(textOf(args, 'user_id'), args.view as Json);
  return { ok: true, view: { id: world.nextId('V'), ...(args.view as Json) } };
};

const viewsUpdate: Method = (world, { args }) => {
  const found = world.views.get(textOf(args, 'view_id'));
  if (found === undefined) return refuse('not_found');
  found.view = args.view as Json;
  return { ok: true, view: { id: found.id, ...found.view } };
};

/** The Web API's methods, as far as covernote calls them; what the server itself answers is not here. */
export const methods: Readonly<Record<string, Method>> = {
  'auth.test': (_, { team }) => ({
    ok: true,
    url: 'https://one.slack.com/',
    team: team.name,
    team_id: team.id,
    user: 'covernote',
    user_id: team.botUserId,
    bot_id: team.botId,
    ...(team.enterpriseId === null ? {} : { enterprise_id: team.enterpriseId }),
  }),
  'chat.postMessage': chatPost,
  'chat.update': chatUpdate,
  'chat.postEphemeral': chatEphemeral,
  'chat.unfurl': chatUnfurl,
  'conversations.open': conversationsOpen,
  'conversations.info': conversationsInfo,
  'conversations.members': conversationsMembers,
  'conversations.history': inChannel((world, { args }, channel) => {
    const standing = world.messages.filter((one) => one.channel === channel.id && one.threadTs === null);
    return page(world, standing.reverse(), args);
  }),
  'conversations.replies': inChannel((world, { args }, channel) => {
    const thread = world.messages.filter(
      (one) => one.channel === channel.id && (one.ts === args.ts || one.threadTs === args.ts),
    );
    return thread.length === 0 ? refuse('thread_not_found') : page(world, thread, args);
  }),
  'users.info': usersInfo,
  'views.publish': viewsPublish,
  'views.update': viewsUpdate,
};
