import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fits as fitsDiscord } from '../../../../src/adapters/discord/render-message.js';
import { fits as fitsSlack } from '../../../../src/adapters/slack/render-message.js';
import { type ChatTestScene, labelled, makeChatScene, textOf } from '../chat/chat-scene.js';

const FOLDER = fileURLToPath(new URL('../../../../../shared/seeds/', import.meta.url));

// Other people's mail does not ship with the project: without ../shared there is nothing to read.
describe.skipIf(!existsSync(FOLDER))('series of the seeds', () => {
  let scene: ChatTestScene;
  beforeAll(async () => {
    scene = await makeChatScene({ folder: FOLDER });
  });
  afterAll(() => scene.store.close());

  it('tells of foll_pin what a person asks', async () => {
    const card = await scene.ask('/series foll_pin');
    const text = textOf(card.view);
    for (const words of ['FOLL_PIN', 'v10', '25 patches', 'Changed: ']) expect(text).toContain(words);
    const details = await scene.press(labelled(card, 'Details'));
    for (const words of ['FOLL_PIN', 'v10', 'Author', 'Size', 'Reviews', 'Changed', 'Patches of v10'])
      expect(textOf(details.view)).toContain(words);
    expect(textOf((await scene.ask('/series foll_pin v8 v10')).view)).toContain('v8 → v10');
    expect(textOf((await scene.press(labelled(details, 'Changes'))).view)).toContain('v10');
  });

  it('leaves nothing of any view out: each page fits one message of either chat, and the pages hold all patches', async () => {
    for await (const series of scene.store.allSeries()) {
      const card = await scene.ask(`/series ${series.id}`);
      const details = await scene.press(labelled(card, 'Details'));
      for (const label of ['Details', 'Patches', 'Changes', 'History', 'Reviews', 'Apply']) {
        let answer = await scene.press(labelled(label === 'Details' ? card : details, label));
        let text = '';
        for (;;) {
          expect(fitsDiscord(answer.view, answer.actions), `${series.title} ${label}`).toBe(true);
          expect(fitsSlack(answer.view, answer.actions), `${series.title} ${label}`).toBe(true);
          text += textOf(answer.view);
          const next = labelled(answer, 'Next page');
          if (next === undefined) break;
          answer = await scene.press(next);
        }
        if (label === 'Patches')
          for (const patch of series.revisions.at(-1)?.patches ?? [])
            expect(text).toContain(patch.title.slice(0, 60));
      }
    }
    expect(scene.bugs).toEqual([]);
  });
});
