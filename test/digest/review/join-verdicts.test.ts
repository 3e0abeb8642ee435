import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/digest/claims/report.js';
import { joinVerdicts } from '../../../src/digest/review/join-verdicts.js';
import type { JoinFacts } from '../../../src/digest/revision/revision.js';
import { factsOf, revisionOf } from '../state/facts.js';

type Sent = readonly [to: string, report: Partial<Report>, rest?: Partial<JoinFacts>];

/** `kernel test robot build fail v1-2` a verdict. */
function verdicts(revision: ReturnType<typeof revisionOf>, sent: readonly Sent[]): string[] {
  const facts = new Map<string, JoinFacts>();
  const targets = new Map<string, string>();
  for (const [at, [to, report, rest]] of sent.entries()) {
    const own: Report = { by: 'robot', kind: 'build', result: 'fail', about: [], title: null, ...report };
    facts.set(
      `r${at}`,
      factsOf(`r${at}`, { received: `2024-05-02T10:00:0${at}Z`, bot: true, report: own, ...rest }),
    );
    targets.set(`r${at}`, to);
  }
  return joinVerdicts({ revision, facts, targets }).map(
    ({ by, kind, result, patch, was }) =>
      `${by} ${kind} ${result} ${patch}${was === undefined ? '' : `, was ${was}`}`,
  );
}

const three = revisionOf(1, 3, '2024-05-01T10:00:00Z');

describe('which patch a report is joined to', () => {
  it.each<[string, readonly Sent[], string[]]>([
    ['a build, to the patch', [['v1-2', {}]], ['robot build fail v1-2']],
    ['a build of the cover, to all', [['v1-0', {}]], ['robot build fail null']],
    ['CI that answers the first patch, to all', [['v1-1', { kind: 'ci' }]], ['robot ci fail null']],
    ['another posting', [['v2-1', {}]], []],
    ['a forged one', [['v1-1', {}, { unauthenticated: true }]], []],
    [
      'a second run of CI replaces the first',
      [
        ['v1-1', { kind: 'ci' }],
        ['v1-1', { kind: 'ci', result: 'pass' }],
      ],
      ['robot ci pass null, was fail'],
    ],
    [
      'a warning in between replaces the failure before it',
      [
        ['v1-1', { kind: 'ci' }],
        ['v1-1', { kind: 'ci', result: 'warning' }],
        ['v1-1', { kind: 'ci', result: 'pass' }],
      ],
      ['robot ci pass null, was fail'],
    ],
    [
      'a warning alone is nothing to pass again after',
      [
        ['v1-1', { kind: 'ci', result: 'warning' }],
        ['v1-1', { kind: 'ci', result: 'pass' }],
      ],
      ['robot ci pass null'],
    ],
    [
      'each build error is one of its own',
      [
        ['v1-1', {}],
        ['v1-1', { result: 'warning' }],
      ],
      ['robot build fail v1-1', 'robot build warning v1-1'],
    ],
  ])('%s', (_, sent, expected) => {
    expect(verdicts(three, sent)).toEqual(expected);
  });
});
