import { expect, it } from 'vitest';
import type { Action, Answer } from '../../../../src/digest/ports/chat-bot.js';
import { makeChatScene } from '../chat/chat-scene.js';

const labelled = ({ actions }: Answer, label: string): Action | undefined =>
  actions.find((action) => action.kind === 'button' && action.label === label);

it('is behind a button of the card, as a picture that the chat fetches from the pages', async () => {
  const scene = await makeChatScene({ publicUrl: 'https://covernote.example.org/' });
  const card = await scene.ask('/series foll_pin');
  const { view, actions } = await scene.press(labelled(card, 'Timeline'));
  expect(view.picture?.url).toBe(
    'https://covernote.example.org/series/20261116083000.103-0-ada.quill@example.org/timeline.png?asof=2026-11-16T16%3A48%3A22Z',
  );
  expect(view.picture?.alt).toMatch(
    /^Timeline of “mm\/gup: track pinned pages: FOLL_PIN”: v1 on 12 Oct 2026 \(superseded/,
  );
  expect(labelled({ ...card, actions }, 'Details')).toBeDefined();
  expect(labelled({ ...card, actions }, 'Timeline')).toBeUndefined();
  // A single patch that no one answered has nothing to show.
  expect(labelled(await scene.ask('/series Remove an unused argument'), 'Timeline')).toBeUndefined();
  await scene.store.close();
});

it('is described in words where pages are not published, and has no button', async () => {
  const scene = await makeChatScene();
  expect(labelled(await scene.ask('/series foll_pin'), 'Timeline')).toBeUndefined();
  const { view } = await scene.ask('/series foll_pin view:timeline');
  expect(view.picture).toBeUndefined();
  expect(JSON.stringify(view.blocks)).toContain('v2 on 29 Oct 2026 (superseded');
  await scene.store.close();
});
