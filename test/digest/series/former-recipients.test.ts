import { describe, expect, it } from 'vitest';
import { formerRecipients } from '../../../src/digest/series/former-recipients.js';

describe('who got an older posting only', () => {
  const messages = new Map([
    ['v2-cover', { recipients: ['ada@example.org'] }],
    ['v2-1', { recipients: ['ada@example.org', 'ben@example.org'] }],
  ]);
  const all = ['ada@example.org', 'ben@example.org', 'cai@example.org'];

  it.each([
    ['in no mail of the newest', ['v2-cover', 'v2-1'], ['cai@example.org']],
    ['in none of those that are here', ['v2-cover', 'v2-2'], ['ben@example.org', 'cai@example.org']],
    ['not known where none is here', ['v3-1'], []],
  ])('is %s', (_, members, expected) => {
    expect(formerRecipients(all, members, messages)).toEqual(expected);
  });
});
