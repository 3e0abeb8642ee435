import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ChatTestScene, channel, direct, makeChatScene, member, textOf } from '../chat/chat-scene.js';

let scene: ChatTestScene;
let patch = '';
beforeAll(async () => {
  scene = await makeChatScene();
  const [hit] = await scene.store.search('foll_pin', 1);
  patch = hit?.series.revisions.at(-1)?.patches[1]?.url ?? '';
});
afterAll(() => scene.store.close());

let channels = 0;
/** What a link shows in a separate channel with this setting. */
async function unfurled(words: string | null) {
  channels++;
  const place = { ...channel, address: `unfurl-${channels}` };
  const answer = words === null ? null : await scene.ask(`/covernote unfurl ${words}`, { place });
  const card = await scene.bot.unfurl(patch, place, 'u1');
  return { answer, card, text: card === null ? null : textOf(card.view) };
}

describe('a link that is posted', () => {
  it('shows its series in three lines and the linked mail by its name', async () => {
    const { card, text } = await unfurled(null);
    expect(card?.view.blocks).toHaveLength(4);
    expect(text).toContain('Linked: patch 2/');
    expect(text).not.toContain('Changed: ');
    expect(card?.actions).toHaveLength(2);
  });

  it('shows more, or nothing, where the place wants it so', async () => {
    expect((await unfurled('full')).text).toContain('Changed: ');
    const { answer, card } = await unfurled('off');
    expect(card).toBeNull();
    expect(textOf(answer?.announce?.view ?? { fallback: '', blocks: [] })).toContain(
      'Links to mail show no card here. Changed by Jane.',
    );
  });

  it('goes by the channel in its threads', async () => {
    const place = { ...channel, address: 'with-threads' };
    await scene.ask('/covernote unfurl off', { place });
    const thread = { ...place, address: 'thread', parent: place.address };
    expect(await scene.bot.unfurl(patch, thread, 'u1')).toBeNull();
  });
});

describe('/covernote unfurl', () => {
  it('says how it is, and what there is', async () => {
    expect((await scene.ask('/covernote unfurl', { place: direct })).view.fallback).toContain(
      'in three lines',
    );
    const wrong = await scene.ask('/covernote unfurl thick');
    expect(wrong).toMatchObject({
      kind: 'problem',
      view: { fallback: expect.stringContaining('“thick” is none of') },
    });
  });

  it('is for those who may change what the channel gets', async () => {
    expect((await scene.ask('/covernote unfurl off', { requester: member })).kind).toBe('problem');
  });

  it('can be undone', async () => {
    const place = { ...channel, address: 'undone' };
    const { announce } = await scene.ask('/covernote unfurl off', { place });
    const [undo] = announce?.actions ?? [];
    await scene.press(undo, { place });
    expect((await scene.store.chat.destinations.byAddress(place))?.layout.unfurl).toBe('thin');
  });
});
