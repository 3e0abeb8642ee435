import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { Places } from '../../src/adapters/discord/places.js';
import { createPlatform } from '../../src/adapters/discord/platform.js';
import { keyIds, keyIdsOf } from '../../src/adapters/discord/render/message-key.js';
import { silentLog } from '../../src/bot/operation/log.js';
import { postLabels } from '../../src/digest/plan/post-label.js';
import type { ChatPlatform, Post } from '../../src/digest/ports/chat-platform.js';
import type { PlatformFailure } from '../contract/chat-platform.js';
import { type DirectRequest, directRest } from '../fakes/discord/direct-rest.js';
import { ERRORS, type Fault } from '../fakes/discord/faults.js';
import { createInteractions } from '../fakes/discord/interactions.js';
import { readMessage } from '../fakes/discord/reading.js';
import { aChannel, createWorld, type FakeChannel, snowflake } from '../fakes/discord/world.js';
import {
  createMemoryChat,
  type LoggedMessage,
  type MemoryBody,
  type MemoryChat,
  type MemoryRequest,
} from '../fakes/memory-chat.js';
import { createMemoryPlatform, memoryBody } from '../fakes/memory-platform.js';
import type { Life } from './mortal.js';

/** Whence a forum has its tags: we make them, people did, or we may make them after some days. */
export const tagSources = ['ours', 'theirs', 'later'] as const;
export type TagSource = (typeof tagSources)[number];

/** A post of a forum, in its current state. */
interface StandingPost {
  readonly title: string;
  /** The names of its tags that say what became of it. */
  readonly labels: readonly string[];
  /** Someone tagged it `urgent`, and whether it still is. */
  readonly urgent: 'never' | 'still' | 'no more';
}

/**
 * Discord's forums: covernote's own adapter for Discord on the rules of the loopback Discord, by the clock of the simulation. They are a chat of
 * their own, since less goes into a message than in the memory chat. What goes to persons goes through a memory chat.
 */
export interface ForumChat extends MemoryChat {
  open(address: string, tags: TagSource): void;
  /** For one life of the process. */
  platform(life: Life): ChatPlatform;
  /** People and Discord close what is quiet for a day, tag some of it, and let us make tags at last. */
  tend(): void;
  post(messageId: string): StandingPost | null;
  /** Requests that Discord would refuse, and messages that do not show what they were to show. */
  problems(): readonly string[];
}

const GUILD = 't1';
const DAY_MS = 86_400_000;
const CLOSED_AFTER_MS = DAY_MS;
const GRANTED_AFTER_MS = 10 * DAY_MS;
const URGENT = 'urgent';
const TOKEN = /\btok\d+x\b/g;

function isLabelling(operation: string, body: unknown): boolean {
  return (
    operation === 'PATCH /channels/{channel_id}' &&
    typeof body === 'object' &&
    body !== null &&
    'applied_tags' in body
  );
}

/** `labelsFailUntilMs`: until then every second request that changes the tags of a post fails, independent of other failures. */
export function createForumChat({
  now,
  labelsFailUntilMs = 0,
}: {
  readonly now: () => number;
  readonly labelsFailUntilMs?: number;
}): ForumChat {
  const startMs = now();
  const world = createWorld(now);
  world.guilds.set(GUILD, { id: GUILD, name: 'Kernel people' });
  const site = {
    world,
    interactions: createInteractions(world, () => undefined),
    dispatch: () => undefined,
    gatewayUrl: () => '',
    nonceMs: 5 * 60_000,
  };
  const log: LoggedMessage[] = [];
  const byId = new Map<string, LoggedMessage>();
  const problems: string[] = [];
  const granted: FakeChannel[] = [];
  const standings = new Map<string, 'open' | 'forbidden' | 'gone' | 'closed'>();
  const urgent = new Set<string>();
  /** What was requested to be shown: by the marks of a message's key, and by the id of what is edited. */
  const requested = new Map<string, { readonly post: Post; readonly body: MemoryBody }>();
  const edits = new Map<string, MemoryBody>();
  let faults: (request: MemoryRequest) => PlatformFailure | null = () => null;
  let seen = 0;
  let labelled = 0;

  const persons = createMemoryChat({ now, idempotentMs: 0, onPost: (message) => log.push(message) });

  const note = ({ operation, ids }: DirectRequest): void => {
    for (; seen < world.messages.length; seen++) {
      const message = world.messages[seen];
      const marks = keyIdsOf(message?.body.components);
      const known = requested.get(JSON.stringify(marks));
      if (message === undefined || known === undefined) throw new Error('a message that no one requested');
      const { post, body } = known;
      const entry: LoggedMessage = {
        messageId: message.id,
        key: post.key,
        to: post.to,
        under: message.channelId === message.id ? null : message.channelId,
        at: new Date(message.atMs).toISOString(),
        firstText: body.text,
        body,
        edits: 0,
      };
      log.push(entry);
      byId.set(message.id, entry);
    }
    if (operation !== 'PATCH /channels/{channel_id}/messages/{message_id}') return;
    const entry = byId.get(ids.message_id ?? '');
    const body = edits.get(ids.message_id ?? '');
    if (entry === undefined || body === undefined) throw new Error('an edit that no one requested');
    entry.body = body;
    entry.edits++;
  };

  const faultOf = ({ operation, ids }: DirectRequest, body: unknown): Fault | null => {
    const channel = world.channels.get(ids.channel_id ?? '');
    const address = channel?.parentId ?? channel?.id ?? '';
    // A forum that was deleted does not come back; a bot that was thrown out may.
    const standing = standings.get(address) ?? 'open';
    if (standing !== 'open')
      return standing === 'forbidden' ? ERRORS.missingPermissions : ERRORS.missingAccess;
    // Not what opens a closed post again: each try would be two such requests, and the second would fail for ever.
    if (isLabelling(operation, body) && now() < labelsFailUntilMs && labelled++ % 2 === 0)
      return { kind: 'badGateway' };
    const to = { platform: 'memory', tenant: GUILD, address, kind: 'channel' } as const;
    const under = channel === undefined || channel.parentId === null ? null : channel.id;
    const nothing = { text: '', links: [], actions: [] };
    const failure = operation.startsWith('GET')
      ? faults({ op: 'find', key: '', to, since: '' })
      : operation.startsWith('PATCH')
        ? faults({ op: 'edit', to, messageId: '', body: nothing })
        : faults({ op: 'send', key: '', to, under, body: nothing });
    return failure === null ? null : faultFor(failure);
  };

  const places: Places = {
    known: (id) => {
      const channel = world.channels.get(id);
      return channel === undefined ? null : { name: `#${channel.name}`, type: channel.type };
    },
    channel: async (id) => ({ name: `#${id}`, type: ChannelType.GuildForum }),
    missing: (id, permissions) => {
      const channel = world.channels.get(id);
      const mayMake = channel !== undefined && (channel.allowed & PermissionFlagsBits.ManageChannels) !== 0n;
      return permissions.includes('ManageChannels') && !mayMake ? ['Manage Channels'] : [];
    },
  };

  const postsOf = () => [...world.channels.values()].filter(({ parentId }) => parentId !== null);
  const tagNames = (post: FakeChannel) => {
    const tags = world.channels.get(post.parentId ?? '')?.tags ?? [];
    return post.applied.map((id) => tags.find((tag) => tag.id === id)?.name ?? id);
  };

  return {
    log,
    requests: persons.requests,
    ask: persons.ask,
    failNext: persons.failNext,
    setStanding(address, standing) {
      standings.set(address, standing);
      persons.setStanding(address, standing);
    },
    setFaults(given) {
      faults = given;
      persons.setFaults(given);
    },
    open(address, tags) {
      const made = [URGENT, ...(tags === 'theirs' ? postLabels : [])];
      const forum = aChannel({
        id: address,
        guildId: GUILD,
        name: address,
        type: ChannelType.GuildForum,
        tags: made.map((name) => ({ id: snowflake(startMs), name, moderated: false })),
        allowed: tags === 'ours' ? PermissionFlagsBits.ManageChannels : 0n,
      });
      world.channels.set(address, forum);
      if (tags === 'later') granted.push(forum);
    },
    platform(life) {
      const rest = directRest({
        site,
        faultOf,
        step: (work) => life.step(work),
        onProblem: (problem) => void problems.push(problem),
        onCarried: note,
      });
      const forums = createPlatform({
        rest,
        renewToken: () => undefined,
        places,
        log: silentLog,
        clock: { now: () => null },
        elapsedMs: now,
        crosspost: false,
        timeoutMs: 15_000,
      });
      const direct = createMemoryPlatform({
        name: 'memory',
        capabilities: forums.capabilities,
        ask: (request) => life.step(async () => persons.ask(request)),
      });
      return {
        ...forums,
        name: 'memory',
        async send(post) {
          if (post.to.kind === 'person') return direct.send(post);
          const body = memoryBody(post.view, post.actions);
          requested.set(JSON.stringify(keyIds(post.key)), { post, body });
          return forums.send(post);
        },
        detectsRepeats: async (post) =>
          post.to.kind !== 'person' && (await forums.detectsRepeats?.(post)) !== false,
        find: (query) => (query.to.kind === 'person' ? direct : forums).find(query),
        async edit(change) {
          if (change.to.kind === 'person') return direct.edit(change);
          edits.set(change.messageId, memoryBody(change.view, change.actions));
          return forums.edit(change);
        },
      };
    },
    tend() {
      if (now() - startMs >= GRANTED_AFTER_MS)
        for (const forum of granted.splice(0)) forum.allowed |= PermissionFlagsBits.ManageChannels;
      for (const post of postsOf()) {
        const last = world.messages.findLast(({ channelId }) => channelId === post.id);
        if (post.archived || now() - (last?.atMs ?? 0) < CLOSED_AFTER_MS) continue;
        post.archived = true;
        const tag = world.channels.get(post.parentId ?? '')?.tags.find(({ name }) => name === URGENT);
        if (tag === undefined || urgent.size * 3 > postsOf().length || urgent.has(post.id)) continue;
        urgent.add(post.id);
        post.applied.push(tag.id);
      }
    },
    post(messageId) {
      const post = world.channels.get(messageId);
      if (post === undefined) return null;
      const names = tagNames(post);
      const isUrgent = names.includes(URGENT);
      return {
        title: post.name,
        labels: names.filter((name) => (postLabels as readonly string[]).includes(name)),
        urgent: isUrgent ? 'still' : urgent.has(post.id) ? 'no more' : 'never',
      };
    },
    problems() {
      const hidden = world.messages.filter((message) => {
        const text = readMessage(message).text;
        const tokens = byId.get(message.id)?.body.text.match(TOKEN) ?? [];
        return tokens.some((token) => !text.includes(token));
      });
      return [...problems, ...hidden.map(({ id }) => `${id} does not show what it was to show`)];
    },
  };
}

function faultFor(failure: PlatformFailure): Fault {
  switch (failure.kind) {
    case 'before':
      return { kind: 'dropBefore' };
    case 'reply-lost':
      return { kind: 'dropAfter' };
    case 'slow':
      return { kind: 'slow', ms: 0 };
    case 'internal-error':
      return { kind: 'badGateway' };
    case 'rate-limited':
      return { kind: 'rateLimited', retryAfterMs: failure.delayMs };
    case 'gone':
      return ERRORS.missingAccess;
    case 'closed':
    case 'invalid':
    case 'forbidden':
      return ERRORS.missingPermissions;
    default:
      return failure satisfies never;
  }
}
