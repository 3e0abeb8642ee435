import { placeActions } from '../../src/bot/commands/chat/place-actions.js';
import type { Overview, OverviewPlace, Place } from '../../src/digest/ports/chat-bot.js';
import type { PlatformName } from '../../src/digest/ports/chat-platform.js';

export function self(platform: PlatformName): Place {
  return { platform, tenant: 'T1', address: 'U1', kind: 'person', name: '' };
}

/** A person with a digest of their own, a channel that goes well and one that was paused. */
export function overviewOf(platform: PlatformName): Overview {
  const channel = (address: string, name: string): Place => ({
    platform,
    tenant: 'T1',
    address,
    kind: 'channel',
    name,
  });
  const follow = (words: string, text: string, n: number): OverviewPlace['follows'][number] => ({
    words,
    text,
    madeBy: n === 1 ? '' : 'jane',
    unfollow: `unfollow:${n}`,
  });
  const base = {
    zone: 'Europe/Berlin',
    setBy: 'jane',
    nextRun: '2026-11-18T08:00:00Z',
    lastResult: 'today: sent',
    paused: false,
  };
  return {
    places: [
      {
        ...base,
        place: self(platform),
        schedule: 'weekdays at 09:00',
        follows: [follow('maintainer:me', 'what jane@example.org maintains', 1)],
        actions: placeActions({ state: 'active', schedule: SCHEDULE }),
      },
      {
        ...base,
        place: channel('C1', '#kvm'),
        schedule: 'daily at 09:00',
        follows: [
          follow('kvm -kind:rfc', 'KVM, without RFCs', 2),
          follow('list:linux-mm when:now', 'linux-mm, at once', 3),
        ],
        actions: placeActions({ state: 'active', schedule: SCHEDULE }),
      },
      {
        ...base,
        place: channel('C2', '#io-uring'),
        schedule: 'Fridays at 16:00',
        paused: true,
        nextRun: null,
        lastResult: '9 days ago: refused, covernote is not in the channel',
        follows: [follow('io_uring', 'io_uring', 4)],
        actions: placeActions({ state: 'paused', schedule: SCHEDULE }),
      },
    ],
  };
}

const SCHEDULE = {
  version: 1 as const,
  zone: 'Europe/Berlin',
  times: ['09:00'],
  days: [1, 2, 3, 4, 5, 6, 7],
};
