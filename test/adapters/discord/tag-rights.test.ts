import { expect, it } from 'vitest';
import { createTagRights } from '../../../src/adapters/discord/forum/tag-rights.js';

const HOUR = 3_600_000;

it('asks anew after an hour where a forum refused, and at once where the gateway tells that it may', () => {
  let nowMs = 0;
  let missing: readonly string[] | null = null;
  const rights = createTagRights({ missing: () => missing }, () => nowMs);
  expect(rights.mayMake('f')).toBe(true);
  rights.refused('f');
  expect(rights.mayMake('f')).toBe(false);
  expect(rights.mayMake('g')).toBe(true);
  nowMs += HOUR - 1;
  expect(rights.mayMake('f')).toBe(false);
  nowMs += 1;
  expect(rights.mayMake('f')).toBe(true);
  rights.refused('f');
  expect(rights.mayMake('f')).toBe(false);
  missing = [];
  expect(rights.mayMake('f')).toBe(true);
  missing = ['Manage Channels'];
  expect(rights.mayMake('f')).toBe(false);
  missing = [];
  expect(rights.mayMake('f')).toBe(true);
  // A server that asks moderators for two factors refuses people who have the right.
  rights.refused('f');
  expect(rights.mayMake('f')).toBe(false);
});
