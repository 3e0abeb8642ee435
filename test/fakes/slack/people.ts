import type { FakeSlack, Lie } from './fake-slack.js';
import type { Ack } from './sockets.js';
import { postMessage } from './web-api.js';
import type { FakeMessage, FakeTeam, FakeUser, FakeView, Json } from './world.js';

/** What people do in Slack, and the events that the app gets of it. */
export interface People {
  /** Types a slash command. */
  command(user: string, channel: string, command: string, text: string): Promise<Ack>;
  /** Presses a button or chooses from a list beneath a message, found by its label or a part of its id. */
  press(user: string, message: FakeMessage, what: string, value?: string): Promise<Ack>;
  /** The same in the app's home. */
  pressHome(user: string, what: string, value?: string): Promise<Ack>;
  openHome(user: string, lie?: Lie & { eventId?: string }): Promise<Ack>;
  /** Fills in a modal: values by action id. */
  submit(user: string, values: Readonly<Record<string, unknown>>): Promise<Ack>;
  /** The newest modal that the person has open. */
  modal(user: string): FakeView | undefined;
  shortcut(user: string, callbackId: string, message: FakeMessage): Promise<Ack>;
  /** Posts links, as a person does. */
  share(
    user: string,
    channel: string,
    links: readonly string[],
    lie?: Lie & { eventId?: string },
  ): Promise<Ack>;
  say(user: string, channel: string, text: string): FakeMessage;
  /** Writes to the app in its direct messages. */
  tell(user: string, text: string): Promise<Ack>;
  suggest(user: string, actionId: string, value: string): Promise<Ack>;
  uninstall(team: string): Promise<Ack[]>;
  event(team: string, event: Json, lie?: Lie & { eventId?: string }): Promise<Ack>;
}

export function createPeople(slack: FakeSlack): People {
  const { world } = slack;
  const userOf = (id: string): FakeUser => {
    const user = world.users.get(id);
    if (user === undefined) throw new Error(`nobody is called ${id}`);
    return user;
  };
  const teamOf = (id: string): FakeTeam => {
    const team = world.teams.get(id);
    if (team === undefined) throw new Error(`there is no workspace ${id}`);
    return team;
  };
  const trigger = (user: FakeUser): string => {
    const id = `${world.nextId('trigger')}.1.a`;
    slack.triggers.set(id, { at: Date.now(), user: user.id, team: user.team, used: false });
    return id;
  };
  const common = (user: FakeUser): Json => ({
    team: { id: user.team, domain: 'one' },
    enterprise: null,
    is_enterprise_install: false,
    user: { id: user.id, username: user.name, name: user.name, team_id: user.team },
    api_app_id: 'A0COVERNOTE',
    trigger_id: trigger(user),
  });
  const channelOf = (id: string): Json => ({ id, name: world.channels.get(id)?.name ?? 'directmessage' });

  const event: People['event'] = (team, body, lie = {}) =>
    slack.deliver(
      'events_api',
      {
        type: 'event_callback',
        team_id: team,
        api_app_id: 'A0COVERNOTE',
        event_id: lie.eventId ?? world.nextId('Ev'),
        event_time: Math.floor(Date.now() / 1000),
        authorizations: [
          {
            enterprise_id: teamOf(team).enterpriseId,
            team_id: team,
            user_id: teamOf(team).botUserId,
            is_bot: true,
            is_enterprise_install: false,
          },
        ],
        event: body,
      },
      lie,
    );

  /** Element and block within blocks, by label, action id or value. */
  const find = (blocks: readonly Json[], what: string): { element: Json; block: Json } => {
    for (const block of blocks) {
      const elements = [...((block.elements ?? []) as Json[]), block.accessory as Json | undefined];
      for (const element of elements) {
        if (element === undefined || typeof element.action_id !== 'string') continue;
        const label = String(((element.text ?? element.placeholder ?? {}) as Json).text);
        if (label === what || element.action_id.includes(what) || element.value === what)
          return { element, block };
      }
    }
    throw new Error(`nothing to press is called ${what}`);
  };
  const actionOf = ({ element, block }: { element: Json; block: Json }, value?: string): Json => ({
    type: element.type,
    action_id: element.action_id,
    block_id: block.block_id,
    action_ts: world.nextTs(),
    ...(element.type === 'static_select' || element.type === 'overflow'
      ? { selected_option: { value, text: { type: 'plain_text', text: value } } }
      : { value: element.value, text: element.text }),
  });

  return {
    event,
    command(userId, channel, command, text) {
      const user = userOf(userId);
      return slack.deliver('slash_commands', {
        token: 'deprecated',
        team_id: user.team,
        team_domain: 'one',
        channel_id: channel,
        channel_name: world.channels.get(channel)?.name ?? 'directmessage',
        user_id: user.id,
        user_name: user.name,
        command,
        text,
        api_app_id: 'A0COVERNOTE',
        is_enterprise_install: 'false',
        response_url: slack.responseUrls.give({ channel, team: user.team, user: user.id, messageTs: null }),
        trigger_id: trigger(user),
      });
    },
    press(userId, message, what, value) {
      const user = userOf(userId);
      return slack.deliver('interactive', {
        type: 'block_actions',
        ...common(user),
        channel: channelOf(message.channel),
        container: {
          type: 'message',
          message_ts: message.ts,
          channel_id: message.channel,
          is_ephemeral: message.ephemeralTo !== null,
          ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
        },
        ...(message.ephemeralTo === null
          ? {
              message: {
                ts: message.ts,
                text: message.text,
                blocks: message.blocks,
                ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
              },
            }
          : {}),
        response_url: slack.responseUrls.give({
          channel: message.channel,
          team: user.team,
          user: user.id,
          messageTs: message.ts,
        }),
        actions: [actionOf(find(message.blocks, what), value)],
      });
    },
    pressHome(userId, what, value) {
      const user = userOf(userId);
      const home = world.homes.get(userId) ?? {};
      return slack.deliver('interactive', {
        type: 'block_actions',
        ...common(user),
        container: { type: 'view', view_id: 'V0HOME' },
        view: { id: 'V0HOME', type: 'home', ...home },
        actions: [actionOf(find((home.blocks ?? []) as Json[], what), value)],
      });
    },
    openHome(userId, lie) {
      const user = userOf(userId);
      return event(
        user.team,
        {
          type: 'app_home_opened',
          user: user.id,
          channel: `D${user.id.slice(1)}`,
          tab: 'home',
          event_ts: world.nextTs(),
        },
        lie,
      );
    },
    modal: (userId) => [...world.views.values()].filter((view) => view.user === userId && view.open).at(-1),
    async submit(userId, values) {
      const user = userOf(userId);
      const modal = [...world.views.values()].filter((view) => view.user === userId && view.open).at(-1);
      if (modal === undefined) throw new Error(`${userId} has no modal open`);
      const state: Record<string, Record<string, unknown>> = {};
      for (const block of (modal.view.blocks ?? []) as Json[]) {
        const element = block.element as Json | undefined;
        if (element === undefined) continue;
        const actionId = String(element.action_id);
        state[String(block.block_id)] = { [actionId]: stateOf(element, values[actionId]) };
      }
      const ack = await slack.deliver('interactive', {
        type: 'view_submission',
        ...common(user),
        view: { id: modal.id, type: 'modal', ...modal.view, state: { values: state } },
        response_urls: [],
      });
      if (ack.status === 200 && ack.body.response_action === undefined) modal.open = false;
      return ack;
    },
    shortcut(userId, callbackId, message) {
      const user = userOf(userId);
      return slack.deliver('interactive', {
        type: 'message_action',
        callback_id: callbackId,
        ...common(user),
        channel: channelOf(message.channel),
        message_ts: message.ts,
        message: {
          type: 'message',
          user: message.user,
          ts: message.ts,
          text: message.text,
          blocks: message.blocks,
        },
        response_url: slack.responseUrls.give({
          channel: message.channel,
          team: user.team,
          user: user.id,
          messageTs: null,
        }),
      });
    },
    say: (userId, channel, text) =>
      postMessage(world, { channel, user: userOf(userId).id, text, blocks: [] }),
    share(userId, channel, links, lie) {
      const user = userOf(userId);
      const message = postMessage(world, {
        channel,
        user: user.id,
        text: links.map((link) => `<${link}>`).join(' '),
        blocks: [],
      });
      return event(
        user.team,
        {
          type: 'link_shared',
          channel,
          is_bot_user_member: world.channels.get(channel)?.hasBot ?? false,
          user: user.id,
          message_ts: message.ts,
          unfurl_id: `${channel}.${message.ts}`,
          source: 'conversations_history',
          links: links.map((url) => ({ url, domain: new URL(url).hostname })),
          event_ts: world.nextTs(),
        },
        lie,
      );
    },
    tell(userId, text) {
      const user = userOf(userId);
      const channel = `D${user.id.slice(1)}`;
      return event(user.team, {
        type: 'message',
        channel_type: 'im',
        channel,
        user: user.id,
        text,
        ts: world.nextTs(),
      });
    },
    suggest(userId, actionId, value) {
      const user = userOf(userId);
      return slack.deliver('interactive', {
        type: 'block_suggestion',
        ...common(user),
        container: { type: 'view', view_id: 'V1' },
        view: { id: 'V1', type: 'modal', ...(slack.people.modal(userId)?.view ?? {}) },
        action_id: actionId,
        block_id: 'b',
        value,
      });
    },
    async uninstall(teamId) {
      teamOf(teamId).state = 'revoked';
      return [
        await event(teamId, { type: 'tokens_revoked', tokens: { bot: [teamOf(teamId).botUserId] } }),
        await event(teamId, { type: 'app_uninstalled' }),
      ];
    },
  };
}

/** What an input holds when the modal is sent. */
function stateOf(element: Json, value: unknown): Json {
  const option = (one: unknown) => ({ value: one, text: { type: 'plain_text', text: String(one) } });
  switch (element.type) {
    case 'timepicker':
      return { type: 'timepicker', selected_time: value ?? element.initial_time ?? null };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return {
        type: element.type,
        selected_option:
          value === undefined ? (element.initial_option ?? null) : value === null ? null : option(value),
      };
    case 'multi_external_select':
      return {
        type: element.type,
        selected_options: value === undefined ? (element.initial_options ?? []) : [value].flat().map(option),
      };
    case 'conversations_select':
      return { type: element.type, selected_conversation: value ?? element.initial_conversation ?? null };
    case 'checkboxes':
      return {
        type: 'checkboxes',
        selected_options: Array.isArray(value) ? value.map(option) : (element.initial_options ?? []),
      };
    default:
      return { type: element.type, value: value ?? element.initial_value ?? null };
  }
}
