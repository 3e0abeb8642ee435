import { describe, expect, it } from 'vitest';
import type { PlatformName } from '../../src/digest/ports/chat-platform.js';
import { judgePlace, judgeTimes } from './judge.js';
import { judgeAtOnce, judgeMutes, judgeReports, judgeThreads } from './judge-at-once.js';
import { judgeEdits } from './judge-edits.js';
import { judgeBelow, judgePosts } from './judge-threads.js';
import { simulationSeed } from './seed.js';
import { type SimulationResult, type SimulationSetting, simulate } from './simulate.js';
import { judgeWaiting } from './waiting.js';

/**
 * Outside CI each run is another one, and says its seed: `SIM_SEED=12345 npx vitest run test/simulation` runs it again.
 * `SIM_DAYS` and `SIM_DESTINATIONS` make it smaller or larger: 60 days at 200 places take four times as long.
 */
const seed = simulationSeed();
const days = Number(process.env.SIM_DAYS ?? 50);
const destinations = Number(process.env.SIM_DESTINATIONS ?? 100);
/** The work grows with both: ten minutes are for the usual size on a machine that does much else. */
const limitMs = 600_000 * Math.max(1, (days * destinations) / 5_000);

interface Judged extends SimulationResult {
  readonly problems: readonly string[];
  readonly listed: number;
  readonly edited: number;
  /** The immediate posts, and what hours and limits left to the digests. */
  readonly inTime: number;
  readonly heldBack: number;
  /** How many failed builds were posted immediately. */
  readonly reported: number;
  /** How often something was listed as waiting for a first answer. */
  readonly waiting: number;
  /** Headlines of one subsystem among several, labels of posts, and posts that a person tagged. */
  readonly subsystems: number;
  readonly labels: ReadonlySet<string>;
  readonly urgent: number;
}

async function judged(setting: SimulationSetting): Promise<Judged> {
  const result = await simulate(setting);
  const problems: string[] = [...result.bugs, ...result.forums.problems()];
  const labels = new Set<string>();
  let subsystems = 0;
  let urgent = 0;
  let listed = 0;
  let edited = 0;
  let inTime = 0;
  let heldBack = 0;
  let reported = 0;
  let waiting = 0;
  for (const place of result.places) {
    const chat = result.chats.get(place.platform as PlatformName);
    const log = (chat?.log ?? []).filter((message) => message.to.address === place.address);
    const verdict = judgePlace(place, log, result.postings, place.platform !== 'terminal', {
      calm: !setting.stormy,
    });
    listed += verdict.listed;
    const exactly = place.platform !== 'terminal';
    const waits = exactly
      ? judgeWaiting(place, log, result.postings, { ...result, calm: !setting.stormy })
      : { problems: [], listed: 0 };
    waiting += waits.listed;
    problems.push(...waits.problems);
    problems.push(...verdict.problems);
    if (exactly) {
      problems.push(...judgeReports(place, log, result.postings));
      const below = judgeBelow(place, log, result.postings);
      problems.push(...below.problems);
      subsystems += below.subsystems;
    }
    const { forum } = place;
    if (forum !== undefined) {
      const limits = { untilMs: result.untilMs, refuses: result.refusing.has(place.address) };
      const posts = judgePosts({ ...place, forum }, result.forums, log, result.postings, limits);
      problems.push(...posts.problems);
      for (const label of posts.labels) labels.add(label);
      urgent += posts.urgent;
    }
    if (!setting.stormy) {
      problems.push(...judgeTimes(place, log, result.postings, result.untilMs));
      problems.push(...judgeThreads(place, log), ...judgeMutes(place, log));
      const now =
        place.atOnce === undefined ? null : judgeAtOnce(place, log, result.postings, result.fetchedMs);
      inTime += now?.inTime ?? 0;
      heldBack += now?.heldBack ?? 0;
      reported += now?.reported ?? 0;
      problems.push(...(now?.problems ?? []));
      const edits = place.platform === 'terminal' ? null : judgeEdits(place, log, result.postings);
      edited += edits?.edited ?? 0;
      problems.push(...(edits?.problems ?? []));
    }
  }
  return {
    ...result,
    problems,
    listed,
    edited,
    inTime,
    heldBack,
    reported,
    waiting,
    subsystems,
    labels,
    urgent,
  };
}

const replay = `seed ${seed}: replay with SIM_SEED=${seed} SIM_DAYS=${days} SIM_DESTINATIONS=${destinations}`;

describe(`${days} days at ${destinations} destinations, ${replay}`, () => {
  it(
    'where nothing fails: each posting once, at the first local time after it was whole',
    async () => {
      const result = await judged({ seed, days, destinations, stormy: false });
      expect(result.problems.slice(0, 20), replay).toEqual([]);
      expect(result.listed).toBeGreaterThan(0);
      expect(result.edited, 'no posted message ever changed').toBeGreaterThan(0);
      expect(result.inTime, 'nothing was posted at once').toBeGreaterThan(0);
      expect(result.heldBack, 'nothing was held back').toBeGreaterThan(0);
      expect(result.reported, 'no failed build was posted').toBeGreaterThan(0);
      expect(result.waiting, 'nothing was listed as waiting').toBeGreaterThan(0);
      expect(result.subsystems, 'no headline was that of one subsystem').toBeGreaterThan(0);
      expect([...result.labels].sort(), 'labels').toEqual(['applied', 'digest', 'new', 'under review']);
      expect(result.urgent, 'no one tagged a post').toBeGreaterThan(0);
    },
    limitMs,
  );

  it(
    'where everything fails: each posting once where the chat can tell, never not at all',
    async () => {
      const result = await judged({ seed, days, destinations, stormy: true });
      expect(result.problems.slice(0, 20), replay).toEqual([]);
      expect(result.deaths, 'the weather was too fine').toBeGreaterThan(0);
    },
    limitMs,
  );
});
