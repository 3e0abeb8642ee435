import { ChannelType } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import type { Address, Post } from '../../../src/digest/ports/chat-platform.js';
import { MINUTE, makeScene } from '../../bot/deliver/scene.js';
import { ERRORS } from '../../fakes/discord/faults.js';
import { aChannel } from '../../fakes/discord/world.js';
import { answerOf, connected, type Setting, until } from './setting.js';

const OPEN = 'POST /channels/{channel_id}/threads';
const CHANGE = 'PATCH /channels/{channel_id}';
const LABELS = ['new', 'under review', 'changes requested', 'applied', 'rejected', 'digest'];

let setting: Setting;
let forum: Address;
let made = 0;
afterEach(async () => {
  await setting.close();
  expect(setting.fake.problems()).toEqual([]);
});

async function start(
  forumSetting: { readonly mayMakeTags?: boolean; readonly tags?: readonly string[] } = {},
) {
  setting = await connected({ timeoutMs: 3_000 });
  const { world } = setting.fake;
  const address = world.addChannel(setting.guildId, 'patches', ChannelType.GuildForum);
  for (const [at, name] of (forumSetting.tags ?? []).entries())
    theForum(address).tags.push({ id: `10000000000000000${at}`, name, moderated: false });
  if (forumSetting.mayMakeTags !== false) setting.fake.allow(address, 'ManageChannels');
  forum = { platform: 'discord', tenant: setting.guildId, address, kind: 'channel' };
}

function theForum(id = forum.address) {
  const channel = setting.fake.world.channels.get(id);
  if (channel === undefined) throw new Error('no such channel');
  return channel;
}

/** How often it was tried to change a forum or a post. */
const changes = () => setting.fake.log.filter(({ operation }) => operation === CHANGE).length;

/** The names of the tags on a post. */
function tagsOn(post: string): string[] {
  return theForum(post).applied.map((id) => theForum().tags.find((tag) => tag.id === id)?.name ?? id);
}

function aPost(overrides: Partial<Post> = {}): Post {
  return {
    key: `news-${++made}-0`,
    to: forum,
    under: null,
    view: answerOf('a new series').view,
    actions: [],
    silent: false,
    topic: { title: 'kvm: do a thing', label: 'new' },
    ...overrides,
  };
}

const send = (post: Post) => setting.discord.platform.send(post);

async function sent(post: Post): Promise<string> {
  const outcome = await send(post);
  if (outcome.kind !== 'sent') throw new Error(JSON.stringify(outcome));
  return outcome.messageId;
}

describe('a message of its own in a forum', () => {
  it('is a post with its title and its label, and what follows goes into it', async () => {
    await start();
    const post = await sent(aPost());
    expect(theForum(post)).toMatchObject({ name: 'kvm: do a thing', parentId: forum.address });
    expect(tagsOn(post)).toEqual(['new']);
    const under = { messageId: post, title: '' };
    await sent(aPost({ under, topic: { title: 'kvm: do a thing', label: 'under review' } }));
    expect(setting.fake.world.standing(post)).toHaveLength(2);
    expect(tagsOn(post)).toEqual(['under review']);
  });

  it('makes the tags once, and uses those that are there in whatever case', async () => {
    await start({ tags: ['Applied', 'question'] });
    for (const label of ['new', 'applied', 'digest'] as const)
      expect(
        tagsOn(await sent(aPost({ topic: { title: label, label } }))).map((tag) => tag.toLowerCase()),
      ).toEqual([label]);
    expect(theForum().tags.map(({ name }) => name)).toEqual([
      'Applied',
      'question',
      ...LABELS.filter((label) => label !== 'applied'),
    ]);
    expect(changes()).toBe(1);
  });

  it('goes without tags where none may be made, and says what to do', async () => {
    await start({ mayMakeTags: false });
    const outcome = await send(aPost());
    expect(outcome).toMatchObject({ kind: 'sent' });
    if (outcome.kind !== 'sent') return;
    expect(tagsOn(outcome.messageId)).toEqual([]);
    expect(outcome.lacking?.message).toContain('#patches has no tags “new”');
    expect(outcome.lacking?.remedy).toContain('“Manage Channels”');
    await sent(aPost());
    expect(changes()).toBe(1);
    setting.fake.allow(forum.address, 'ManageChannels');
    await until(async () => tagsOn(await sent(aPost())).includes('new'));
  });

  it('asks once to make tags where that is refused for another reason, and still uses those that appear', async () => {
    await start();
    setting.fake.faults.arm(CHANGE, ERRORS.missingPermissions);
    for (let i = 0; i < 3; i++) expect(tagsOn(await sent(aPost()))).toEqual([]);
    expect(changes()).toBe(1);
    theForum().tags.push({ id: '100000000000000007', name: 'new', moderated: false });
    expect(tagsOn(await sent(aPost()))).toEqual(['new']);
    expect(changes()).toBe(1);
  });

  it('goes with the tag that is there where the others may not be made', async () => {
    await start({ mayMakeTags: false, tags: ['new'] });
    expect(tagsOn(await sent(aPost()))).toEqual(['new']);
  });

  it('leaves a forum with twenty tags alone', async () => {
    await start({ tags: Array.from({ length: 18 }, (_, i) => `tag ${i}`) });
    const outcome = await send(aPost());
    expect(outcome).toMatchObject({
      kind: 'sent',
      lacking: { remedy: expect.stringContaining('Delete 6 unused tags') },
    });
    expect(theForum().tags).toHaveLength(18);
  });

  it('is refused with what to do where a tag is required and none is there', async () => {
    await start({ mayMakeTags: false });
    theForum().requiresTag = true;
    const outcome = await send(aPost());
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'forbidden' });
    expect(outcome.kind === 'refused' && outcome.message).toContain('#patches requires a tag on each post');
  });

  it('waits if it is unknown which tags there are: nothing is posted', async () => {
    await start();
    setting.fake.faults.arm('GET /channels/{channel_id}', { kind: 'badGateway' });
    expect(await send(aPost())).toMatchObject({ kind: 'retryAfter' });
    expect(setting.fake.log.filter(({ operation }) => operation === OPEN)).toEqual([]);
  });

  it('whose post was deleted takes nothing more', async () => {
    await start();
    const post = await sent(aPost());
    setting.fake.deleteChannel(post);
    expect(await send(aPost({ under: { messageId: post, title: '' } }))).toMatchObject({
      kind: 'refused',
      reason: 'gone',
    });
  });
});

describe('the label of a post', () => {
  it('follows its series with an edit, and leaves the tags of people on it', async () => {
    await start({ tags: ['urgent'] });
    const post = await sent(aPost());
    const [urgent] = theForum().tags;
    theForum(post).applied.push(urgent?.id ?? '');
    theForum(post).archived = true;
    const { view, actions } = aPost();
    const topic = { title: 'kvm: do a thing', label: 'applied' } as const;
    const change = { to: forum, under: null, messageId: post, view, actions, topic };
    for (let i = 0; i < 2; i++) {
      expect(await setting.discord.platform.edit(change)).toEqual({ kind: 'edited' });
      expect(tagsOn(post)).toEqual(['applied', 'urgent']);
    }
  });

  it.each([
    ['is none', () => undefined],
    [
      'is one that moderators alone apply',
      () => theForum().tags.push({ id: '100000000000000008', name: 'applied', moderated: true }),
    ],
  ])('goes where for the new one there %s', async (_, prepare) => {
    await start({ mayMakeTags: false, tags: ['new', 'urgent'] });
    prepare();
    const post = await sent(aPost());
    theForum(post).applied.push(theForum().tags[1]?.id ?? '');
    await sent(aPost({ under: { messageId: post, title: '' }, topic: { title: '', label: 'applied' } }));
    expect(tagsOn(post)).toEqual(['urgent']);
  });

  it('stays where moderators alone may take it off', async () => {
    await start({ mayMakeTags: false, tags: ['new'] });
    theForum().tags.push({ id: '100000000000000009', name: 'rejected', moderated: true });
    const post = await sent(aPost());
    theForum(post).applied.push('100000000000000009');
    await sent(aPost({ under: { messageId: post, title: '' }, topic: { title: '', label: 'applied' } }));
    expect(tagsOn(post)).toEqual(['rejected']);
  });

  it('is left out where people set five tags', async () => {
    await start({ tags: ['a', 'b', 'c', 'd', 'e'] });
    const post = await sent(aPost());
    theForum(post).applied = theForum()
      .tags.slice(0, 5)
      .map(({ id }) => id);
    await sent(aPost({ under: { messageId: post, title: '' }, topic: { title: '', label: 'applied' } }));
    expect(tagsOn(post)).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('that may not be changed loses no message', async () => {
    await start();
    const post = await sent(aPost());
    setting.fake.faults.arm(CHANGE, ERRORS.missingPermissions);
    await sent(aPost({ under: { messageId: post, title: '' }, topic: { title: '', label: 'applied' } }));
    expect(setting.fake.world.standing(post)).toHaveLength(2);
    expect(setting.log.lines.map(({ message }) => message)).toContain('discord.label_failed');
  });

  it.each([
    ['cannot be set now', 'badGateway', true],
    ['may not be set', 'refused', false],
  ] as const)('that %s is set by an edit only where that may help', async (_, fault, again) => {
    await start();
    const post = await sent(aPost());
    setting.fake.faults.arm(CHANGE, fault === 'refused' ? ERRORS.missingPermissions : { kind: fault });
    const message = aPost({ under: { messageId: post, title: '' }, topic: { title: '', label: 'applied' } });
    const outcome = await send(message);
    expect(outcome).toMatchObject({ kind: 'sent' });
    expect('unlabelled' in outcome).toBe(again);
    if (outcome.kind !== 'sent' || !again) return;
    expect(tagsOn(post)).toEqual(['new']);
    const since = new Date(Date.now() - MINUTE).toISOString();
    const found = await setting.discord.platform.find({ ...message, since });
    expect(found).toEqual({ kind: 'found', messageId: outcome.messageId, unlabelled: true });
    await setting.discord.platform.edit({ ...message, messageId: outcome.messageId });
    expect(tagsOn(post)).toEqual(['applied']);
  });

  it('of a post that a person opened needs Manage Threads; what is written in it stays', async () => {
    await start({ tags: ['new', 'applied'] });
    const { guildId } = setting;
    const theirs = aChannel({
      ...{ guildId, name: 'theirs', type: ChannelType.PublicThread, parentId: forum.address },
      ...{ openedBy: setting.userId, applied: [theForum().tags[0]?.id ?? ''] },
    });
    setting.fake.world.channels.set(theirs.id, theirs);
    const under = { messageId: theirs.id, title: '' };
    await sent(aPost({ under, topic: { title: '', label: 'applied' } }));
    expect(tagsOn(theirs.id)).toEqual(['new']);
    expect(setting.fake.world.standing(theirs.id)).toHaveLength(1);
    setting.fake.allow(forum.address, 'ManageThreads');
    await sent(aPost({ under, topic: { title: '', label: 'applied' } }));
    expect(tagsOn(theirs.id)).toEqual(['applied']);
  });

  it('stays as it is while we may not open posts there', async () => {
    await start();
    const post = await sent(aPost());
    setting.fake.deny(forum.address, 'SendMessages');
    await sent(aPost({ under: { messageId: post, title: '' }, topic: { title: '', label: 'applied' } }));
    expect(tagsOn(post)).toEqual(['new']);
    expect(setting.fake.world.standing(post)).toHaveLength(2);
  });
});

describe('a post whose creation has no answer', () => {
  it.each([
    ['the connection ends after it was made', 'dropAfter', false],
    ['it is made and closed by somebody', 'dropAfter', true],
    ['the connection ends before', 'dropBefore', false],
  ] as const)('is posted once: %s', async (_, kind, closed) => {
    await start();
    const scene = await makeScene();
    const { platform } = setting.discord;
    const there = <T extends Pick<Post, 'to'>>(request: T): T => ({ ...request, to: forum });
    const delivery = scene.another({
      platforms: [
        {
          ...platform,
          name: 'memory',
          send: (post) => platform.send(there(post)),
          find: (query) => platform.find(there(query)),
          edit: (change) => platform.edit(there(change)),
          detectsRepeats: async (post) => (await platform.detectsRepeats?.(there(post))) !== false,
        },
      ],
    });
    setting.fake.faults.arm(OPEN, { kind });
    await scene.plan('forum', 'digest', 2);
    await delivery.turn();
    if (closed) for (const one of posts()) one.archived = true;
    for (let i = 0; i < 4; i++) {
      scene.pass(MINUTE);
      while ((await delivery.turn()) > 0);
    }
    const [post, ...others] = posts();
    expect(others).toEqual([]);
    expect(setting.fake.world.standing(post?.id ?? '')).toHaveLength(2);
    await scene.store.close();
  });

  function posts() {
    return [...setting.fake.world.channels.values()].filter(({ parentId }) => parentId === forum.address);
  }
});

it('is not looked for among more posts than can be looked through in time; no listeners pile up', async () => {
  const warnings: string[] = [];
  const warn = ({ name }: Error) => void warnings.push(name);
  process.on('warning', warn);
  await start();
  const { world } = setting.fake;
  for (let i = 0; i < 51; i++) {
    const { guildId } = setting;
    const post = aChannel({ guildId, name: `${i}`, type: ChannelType.PublicThread, parentId: forum.address });
    world.channels.set(post.id, post);
  }
  const since = new Date(Date.now() - MINUTE).toISOString();
  const found = await setting.discord.platform.find({ key: 'news-0-0', to: forum, under: null, since });
  expect(found).toMatchObject({ kind: 'unknown', message: expect.stringContaining('too much') });
  // Node warns in a separate turn.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', warn);
  expect(warnings).toEqual([]);
});

it('names a forum that was deleted since', async () => {
  await start();
  setting.fake.deleteChannel(forum.address);
  await until(async () => (await send(aPost())).kind === 'refused');
});
