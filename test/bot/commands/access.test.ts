import { describe, expect, it } from 'vitest';
import { anyone, manager, refusal } from '../../../src/bot/commands/access.js';
import type { Place, Requester } from '../../../src/digest/ports/chat-bot.js';

const channel: Place = { platform: 'slack', tenant: 'T1', address: 'C1', kind: 'channel', name: '#kvm' };
const other: Place = { ...channel, address: 'C2' };
const foreign: Place = { ...channel, tenant: 'T2' };
const own: Place = { ...channel, address: 'jane', kind: 'person', name: '' };
const jane: Requester = {
  id: 'jane',
  tenant: 'T1',
  name: 'Jane',
  zone: null,
  rights: 'manager',
  rightsHold: 'in tenant',
};
const member: Requester = { ...jane, rights: 'member' };
const guest: Requester = { ...jane, rights: 'guest' };
const onDiscord: Requester = { ...jane, rightsHold: 'here' };
const inDiscordDm: Requester = { ...onDiscord, tenant: 'dm' };
const change = manager('follow anything here');

describe('who may change what a place gets', () => {
  it.each([
    ['a manager in their channel', jane, channel, channel, true],
    ['a member in a channel', member, channel, channel, false],
    ['a guest in a channel', guest, channel, channel, false],
    ['anyone in their own conversation', guest, own, own, true],
    ['someone in the conversation of another', { ...jane, id: 'mel' }, own, own, false],
    ['a manager of the tenant, another channel from their own conversation', jane, own, other, true],
    ['who became a guest since, another channel from their own conversation', guest, own, other, false],
    ['a manager of one channel, another one', onDiscord, channel, other, false],
    ['anyone from a direct message, a channel of a server', inDiscordDm, own, channel, false],
    ['a manager of one tenant, a channel of another with the same id', jane, channel, foreign, false],
    ['a manager of one tenant who acts in another', jane, foreign, foreign, false],
    ['a manager, a channel of another platform', jane, channel, { ...channel, platform: 'discord' }, false],
  ] as const)('%s: %s', (_, requester, place, target, may) => {
    expect(refusal(change, { requester, place }, target) === null).toBe(may);
    expect(refusal(anyone, { requester, place }, target)).toBeNull();
  });

  it('says what, why and what to do', () => {
    expect(refusal(change, { requester: member, place: channel })).toEqual({
      message: "You can't follow anything here: that needs permission to manage this channel.",
      remedy: expect.stringMatching(/^Ask someone/) as string,
    });
  });
});
