import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { partActions, partView } from '../../../../src/digest/view/part-view.js';
import type { Block, View } from '../../../../src/digest/view/view.js';
import type { Written } from '../../../adapters/store/written-mail.js';
import {
  type ChatTestScene,
  channel,
  jane,
  labelled,
  makeChatScene,
  member,
  textOf,
} from '../chat/chat-scene.js';

type Item = Extract<Block, { kind: 'item' }>;
const itemsOf = ({ blocks }: View): Item[] => blocks.filter((block): block is Item => block.kind === 'item');

function mail(id: string, subject: string, more: Partial<Written> = {}): Written {
  return { id: `${id}@example.org`, subject, date: '2026-11-17T05:00:00Z', ...more };
}

let scene: ChatTestScene;
beforeEach(async () => {
  scene = await makeChatScene({ examples: false });
  await scene.ask('/follow list:linux-mm@example.org kind:single');
  await scene.add([mail('a-1', '[PATCH] mm: count the pages'), mail('b-1', '[PATCH] mm: free the pages')]);
});
afterEach(async () => {
  expect(scene.bugs).toEqual([]);
  await scene.store.close();
});

const press = (id: string | undefined, value: string | null = null, place = channel, requester = jane) =>
  scene.bot.press({ id: id ?? '', value, requester, place });

/** The series of the next digest by a word of its title. */
async function itemOf(word: string): Promise<Item> {
  const { view } = await scene.ask('/digest');
  const found = itemsOf(view).find(({ title }) => JSON.stringify(title).includes(word));
  if (found === undefined) throw new Error(`no item of “${word}”`);
  return found;
}

describe('the menu of a series in a digest', () => {
  it('opens its card for the requester alone, below a message that stays', async () => {
    const { menu } = await itemOf('count');
    const card = await press(menu?.options.find(({ label }) => label === 'Open its card')?.id);
    expect(card).toMatchObject({ visibility: 'private', replaces: false });
    expect(textOf(card.view)).toContain('mm: count the pages');
  });

  it('leads to the same where a chat has one list for a whole message', async () => {
    const { menu } = await itemOf('count');
    const card = await press(menu?.choose.id, menu?.choose.value);
    expect(textOf(card.view)).toContain('mm: count the pages');
    expect(card.actions.map((action) => ('label' in action ? action.label : ''))).toEqual([
      'Details',
      'Follow this series',
      'Snooze',
      'Mute it here',
      'Why is it here?',
    ]);
    expect((await press(menu?.choose.id)).kind).toBe('problem');
  });

  it('says why it is here', async () => {
    const { menu } = await itemOf('count');
    const why = await press(menu?.options.find(({ label }) => label === 'Why is it here?')?.id);
    expect(textOf(why.view)).toContain('is here because this channel follows:');
    expect(textOf(why.view)).toContain('linux-mm');
    await scene.ask('/unfollow all');
    const none = await press(menu?.options.find(({ label }) => label === 'Why is it here?')?.id);
    expect(textOf(none.view)).toContain('Nothing that this channel follows matches');
  });

  it('mutes it here, for those who may, until that is undone', async () => {
    const { menu } = await itemOf('count');
    const mute = menu?.options.find(({ label }) => label === 'Mute it here')?.id;
    expect((await press(mute, null, channel, member)).kind).toBe('problem');
    const { announce } = await press(mute);
    expect(textOf(announce?.view ?? { fallback: '', blocks: [] })).toContain('is muted here');
    expect(textOf((await scene.ask('/digest')).view)).not.toContain('count the pages');
    expect(textOf((await scene.ask('/digest 3')).view)).not.toContain('count the pages');
    expect((await press(mute)).announce).toBeNull();
    await scene.press(labelled(announce ?? { actions: [] }, 'Undo'));
    expect(textOf((await scene.ask('/digest')).view)).toContain('count the pages');
  });

  it('keeps a later version of what is muted out, and says nothing of it when the mute ends', async () => {
    await scene.ask('/digest mute count the pages');
    await scene.add([mail('a-2', '[PATCH v2] mm: count the pages', { date: '2026-11-17T05:30:00Z' })]);
    expect(textOf((await scene.ask('/digest now')).view)).toContain('1 series');
    const muted = await scene.ask('/digest muted');
    expect(textOf(muted.view)).toContain('mm: count the pages · by Jane');
    const [list] = muted.actions;
    const value = list?.kind === 'select' ? (list.options[0]?.value ?? '') : '';
    const ended = await scene.press(list, { value });
    expect(textOf(ended.announce?.view ?? muted.view)).toContain('is no longer muted here');
    expect(textOf((await scene.ask('/digest')).view)).toContain('would be empty');
    expect((await scene.press(list, { value })).kind).toBe('problem');
  });

  it('is about the channel where it is pressed in a thread of it', async () => {
    const { menu } = await itemOf('count');
    const thread = { ...channel, address: 'thread-1', name: '#a thread', parent: channel.address };
    const mute = menu?.options.find(({ label }) => label === 'Mute it here')?.id;
    await press(mute, null, thread);
    expect(textOf((await scene.ask('/digest muted')).view)).toContain('1 series is muted here.');
    expect(await scene.store.chat.destinations.byAddress(thread)).toBeNull();
  });
});

describe('/digest mute', () => {
  it.each([
    ['', 'Mute which series?'],
    ['zebra', 'No series matches “zebra”.'],
    ['pages', 'Several series match “pages”.'],
  ])('%j is answered with what to do: %s', async (words, expected) => {
    const answer = await scene.ask(`/digest mute ${words}`);
    expect(answer.kind).toBe('problem');
    expect(answer.view.fallback).toContain(expected);
  });
});

describe('everything of a digest', () => {
  it('is shown page by page, privately, from the message that counts it, single patches too', async () => {
    await scene.ask('/unfollow all');
    await scene.ask('/follow list:linux-mm@example.org');
    const many = Array.from({ length: 60 }, (_, i) =>
      mail(`s-${i}`, `[PATCH] mm: single number ${i}.`, { date: '2026-11-17T05:40:00Z' }),
    );
    await scene.add([
      ...many,
      mail('c-0', '[PATCH 0/2] mm: a series of two'),
      mail('c-1', '[PATCH 1/2] mm: the first of two', { inReplyTo: 'c-0@example.org' }),
      mail('c-2', '[PATCH 2/2] mm: the second of two', { inReplyTo: 'c-0@example.org' }),
    ]);
    const destination = await scene.store.chat.destinations.byAddress(channel);
    if (destination === null) throw new Error('nothing is followed');
    const { parts } = await scene.tick.digestPreview(destination);
    const headline = parts[0]?.content;
    if (headline === undefined) throw new Error('there is no headline');
    expect(textOf(partView(headline))).toContain('single patches');
    const [all] = partActions(headline);
    expect(all).toMatchObject({ label: expect.stringMatching(/^Show all \d+$/) });
    await scene.ask('/digest now');
    let page = await scene.press(all);
    expect(page).toMatchObject({ kind: 'done', visibility: 'private', replaces: false });
    let text = textOf(page.view);
    for (let next = labelled(page, 'Next page'); next !== undefined; next = labelled(page, 'Next page')) {
      page = await scene.press(next);
      expect(page).toMatchObject({ visibility: 'private', replaces: true });
      text += textOf(page.view);
    }
    for (let i = 0; i < 60; i++) expect(text).toContain(`mm: single number ${i}.`);
    expect(text).toContain('mm: a series of two');
    const menu = itemsOf((await scene.press(all)).view)[0]?.menu;
    expect((await press(menu?.choose.id, menu?.choose.value)).kind).toBe('done');
  });

  it('is that of the message, not of a later digest', async () => {
    const destination = await scene.store.chat.destinations.byAddress(channel);
    if (destination === null) throw new Error('nothing is followed');
    await scene.ask('/digest now');
    const first = await scene.store.chat.slots.last(destination.id);
    scene.pass(3_600_000);
    await scene.add([mail('d-1', '[PATCH] mm: of the afternoon', { date: '2026-11-17T06:30:00Z' })]);
    await scene.ask('/digest now');
    const at = Date.parse(first?.madeAt ?? '') / 1000;
    const old = await press(`digest:o:${at.toString(36)}`);
    expect(textOf(old.view)).toContain('mm: count the pages');
    expect(textOf(old.view)).not.toContain('of the afternoon');
  });

  it.each([
    'digest:o:zzzzzzz',
    'digest:o:1:9999',
    'digest:x:1',
    'digest:o:-1',
    'digest:o:99999999999',
    'digest',
  ])('is refused in words for %s', async (id) => {
    expect((await press(id)).kind).toBe('problem');
  });
});
