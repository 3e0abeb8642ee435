import { expect, it } from 'vitest';
import type { PlatformName } from '../../src/digest/ports/chat-platform.js';
import { judgePlace } from './judge.js';
import { heldForOne } from './other-rules.js';
import { simulationSeed } from './seed.js';
import { simulate } from './simulate.js';

/** Each run is another one, and says its seed: `SIM_SEED=12345 npx vitest run test/simulation/upgrade.test.ts` runs it again. */
const seed = simulationSeed();
const DAY_MS = 86_400_000;

it(`reads a database of other rules again and announces nothing, seed ${seed}: replay with SIM_SEED=${seed}`, async () => {
  const result = await simulate({ seed, days: 21, destinations: 18, stormy: false, upgradeOnDay: 14 });
  const { upgrade } = result;
  if (upgrade === null) throw new Error('there was no upgrade');

  expect(upgrade.changed, 'no work was split or joined by it, so it proves nothing').toBeGreaterThan(0);
  expect(upgrade.posted).toBe(0);
  for (const postedMs of upgrade.editedMs) expect(upgrade.atMs - postedMs).toBeLessThanOrEqual(DAY_MS);

  const problems: string[] = [...result.bugs];
  let listed = 0;
  for (const place of result.places) {
    const chat = result.chats.get(place.platform as PlatformName);
    const log = (chat?.log ?? []).filter((message) => message.to.address === place.address);
    const verdict = judgePlace(place, log, result.postings, place.platform !== 'terminal', { heldForOne });
    listed += verdict.listed;
    problems.push(...verdict.problems);
  }
  expect(problems.slice(0, 20)).toEqual([]);
  expect(listed).toBeGreaterThan(0);
}, 600_000);
