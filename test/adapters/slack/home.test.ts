import { expect, it } from 'vitest';
import { renderHome } from '../../../src/adapters/slack/home.js';
import type { OverviewPlace, Place } from '../../../src/digest/ports/chat-bot.js';

const self: Place = { platform: 'slack', tenant: 'T0ONE', address: 'U0ADA', kind: 'person', name: 'ada' };

const placeOf = (isActive: boolean, i: number): OverviewPlace => ({
  place: { platform: 'slack', tenant: 'T0ONE', address: `C0${i}`, kind: 'channel', name: `#kvm-${i}` },
  zone: 'UTC',
  schedule: 'daily at 09:00',
  paused: !isActive,
  setBy: 'ada',
  nextRun: null,
  lastResult: null,
  follows: [{ text: 'kvm', words: 'kvm', madeBy: 'ada', unfollow: `unfollow:${i}` }],
  actions: [],
});

it.each([
  [1, 1, '1 place gets digests.'],
  [0, 1, 'This place gets no digests now.'],
  [3, 3, '3 places get digests.'],
  [2, 3, '2 of 3 places get digests.'],
  [1, 3, '1 of 3 places gets digests.'],
  [0, 3, '0 of 3 places get digests.'],
])('says that %i of %i get digests', (active, all, expected) => {
  const places = Array.from({ length: all }, (_, i) => placeOf(i < active, i));
  const shown = JSON.stringify(renderHome({ places }, self, null));
  expect(shown).toContain(`"${expected} Times are shown in your own zone.`);
});
