import { afterEach, beforeEach, expect, it } from 'vitest';
import { digestView } from '../../../../src/digest/view/digest-view.js';
import type { Written } from '../../../adapters/store/written-mail.js';
import { type ChatTestScene, channel, labelled, makeChatScene, NOW, textOf } from '../chat/chat-scene.js';

const DAY_MS = 86_400_000;

let scene: ChatTestScene;
let nowMs: number;
beforeEach(async () => {
  nowMs = Date.parse(NOW);
  scene = await makeChatScene({ examples: false });
});
afterEach(async () => {
  expect(scene.bugs).toEqual([]);
  await scene.store.close();
});

/** A version of the series that is followed, or of another. */
function version(n: number, title = 'mm: count the pins', stem = 'v'): Written[] {
  const cover = `${stem}${n}-0@example.org`;
  const tag = `[PATCH${n > 1 ? ` v${n}` : ''}`;
  return [
    {
      id: cover,
      subject: `${tag} 0/2] ${title}`,
      to: 'Dan Roe <dan@example.org>',
      body: 'Pins were never counted. This counts them.\n',
    },
    ...[1, 2].map((at) => ({
      id: `${stem}${n}-${at}@example.org`,
      subject: `${tag} ${at}/2] ${title}, part ${at}`,
      inReplyTo: cover,
    })),
  ];
}

const answer = (id: string, to: string, body: string, from = 'Bo Lindqvist <bo@example.org>'): Written => ({
  id,
  subject: 'Re: [PATCH v2 0/2] mm: count the pins',
  from,
  inReplyTo: to,
  body,
});

const STEPS: readonly (readonly [string, readonly Written[], readonly string[]])[] = [
  ['its first version', version(1), ['New series (1)', 'mm: count the pins']],
  [
    'a review, and by how many',
    [answer('r1@example.org', 'v1-1@example.org', 'Fine.\n\nReviewed-by: Bo Lindqvist <bo@example.org>\n')],
    ['Discussed (1)', 'R1 1/2', '1 reply'],
  ],
  [
    'replies since the last word on it',
    [
      answer('r2@example.org', 'v1-0@example.org', 'Why is that needed?\n'),
      answer('r3@example.org', 'r2@example.org', 'Because of DMA.\n', 'Kim Lee <kim@example.org>'),
    ],
    ['Discussed (1)', '2 replies'],
  ],
  ['a new version, and which', version(2), ['New versions (1)', 'mm: count the pins', 'v2 by ']],
  ['nothing of another series', version(1, 'mm: weigh the pages', 'w'), []],
  [
    'its end, and by whom',
    [
      answer(
        'end@example.org',
        'v2-0@example.org',
        'Applied to mm-stable, thanks!\n',
        'Dan Roe <dan@example.org>',
      ),
    ],
    ['Applied (1)', '✅ mm: count the pins', 'applied', 'Dan Roe'],
  ],
];

/** What the digest of the next day says; null if there is none. */
async function nextDigest(mails: readonly Written[]): Promise<string | null> {
  const date = new Date(nowMs + 3_600_000).toISOString();
  await scene.add(mails.map((mail) => ({ ...mail, date })));
  scene.pass(DAY_MS);
  nowMs += DAY_MS;
  const planned = await scene.tick.run();
  expect(planned).toMatchObject({ due: 1, failed: 0 });
  const place = await scene.store.chat.destinations.byAddress(channel);
  const slot = place === null ? null : await scene.store.chat.slots.last(place.id);
  return slot === null || slot.state === 'empty' ? null : textOf(digestView(slot.digest));
}

it.each(['typed', 'pressed'])(
  'who follows one series (%s) gets news of it alone, and what happened',
  async (how) => {
    if (how === 'typed') await scene.ask('/follow series:"count the pins"');
    for (const [what, mails, words] of STEPS) {
      const text = await nextDigestOf(how, mails);
      if (words.length === 0) expect(text, what).toBeNull();
      for (const word of words) expect(text, what).toContain(word);
      expect(text ?? '', what).not.toContain('weigh the pages');
    }
  },
);

/** The button is on a card, which there is once the first version is here. */
async function nextDigestOf(how: string, mails: readonly Written[]): Promise<string | null> {
  if (how === 'pressed' && (await scene.store.chat.destinations.byAddress(channel)) === null) {
    const [cover] = mails;
    await scene.add(mails.map((mail) => ({ ...mail, date: new Date(nowMs - 3_600_000).toISOString() })));
    const card = await scene.ask(`/series ${cover?.id}`);
    await scene.press(labelled(card, 'Follow this series'));
    return nextDigest([]);
  }
  return nextDigest(mails);
}

it('names a series that is a single patch, which a subsystem’s follower gets as a count', async () => {
  await scene.ask('/follow series:"name the page"');
  const text = await nextDigest([{ id: 'one@example.org', subject: '[PATCH] mm: name the page' }]);
  expect(text).toContain('mm: name the page');
});
