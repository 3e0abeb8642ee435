import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createRequestGuard } from '../../../src/adapters/slack/request-guard.js';
import { createSharedGuard } from '../../../src/adapters/slack/shared-guard.js';

const SECRET = 'a secret';
const START_MS = Date.parse('2026-11-16T09:00:00Z');

function signed(body: string, atMs: number) {
  const stamp = String(Math.floor(atMs / 1000));
  const hash = createHmac('sha256', SECRET).update(`v0:${stamp}:${body}`).digest('hex');
  return { 'x-slack-signature': `v0=${hash}`, 'x-slack-request-timestamp': stamp };
}

function guardAt(afterMs = 600_000) {
  let nowMs = START_MS;
  const guard = createRequestGuard(SECRET, () => nowMs);
  nowMs += afterMs;
  return {
    check: (body: string, ageSec = 0) => guard.check(signed(body, nowMs - ageSec * 1000), Buffer.from(body)),
    guard,
    pass: (sec: number) => {
      nowMs += sec * 1000;
    },
    nowMs: () => nowMs,
  };
}

it.each([
  ['of now', 0, null],
  ['of four minutes ago', 240, null],
  ['of six minutes ago', 360, 'old'],
  ['of 20 seconds ahead', -20, null],
  ['of two minutes ahead', -120, 'future'],
  ['of a year ahead', -31_536_000, 'future'],
])('judges a request %s', (_, ageSec, fault) => {
  expect(guardAt().check('command=/series', ageSec)).toBe(fault);
});

it('refuses a copy for as long as it would be new enough', () => {
  const { guard, pass, nowMs } = guardAt();
  const headers = signed('command=/digest&text=now', nowMs() + 20_000);
  const body = Buffer.from('command=/digest&text=now');
  expect(guard.check(headers, body)).toBeNull();
  for (const sec of [0, 100, 200]) {
    pass(sec);
    expect(guard.check(headers, body)).toBe('replayed');
  }
  pass(100);
  expect(guard.check(headers, body)).toBe('old');
});

it('refuses what the process before it may have answered', () => {
  expect(guardAt(0).check('command=/digest', 60)).toBe('old');
  expect(guardAt(0).check('command=/digest', 1)).toBeNull();
});

it('takes again what it failed at', () => {
  const { guard, nowMs } = guardAt();
  const headers = signed('{}', nowMs());
  expect(guard.check(headers, Buffer.from('{}'))).toBeNull();
  guard.forget(headers);
  expect(guard.check(headers, Buffer.from('{}'))).toBeNull();
});

it.each([
  ['no headers', {}],
  ['no time', { 'x-slack-signature': 'v0=00' }],
  ['a time that is none', { ...signed('{}', START_MS), 'x-slack-request-timestamp': 'NaN' }],
  ['another time than was signed', { ...signed('{}', START_MS), 'x-slack-request-timestamp': '1' }],
  ['another body than was signed', signed('{"a":1}', START_MS)],
])('refuses %s', (_, headers) => {
  expect(createRequestGuard(SECRET, () => START_MS).check(headers, Buffer.from('{}'))).toBe('unsigned');
});

describe('two processes behind one balancer', () => {
  const twoOf = () => {
    const seen = new Set<string>();
    let isAway = false;
    const memory = {
      async first(_: string, event: string) {
        if (isAway) throw new Error('the server is away');
        return seen.size < seen.add(event).size;
      },
      async forget(_: string, event: string) {
        seen.delete(event);
      },
    };
    const make = () =>
      createSharedGuard(
        createRequestGuard(SECRET, () => START_MS),
        memory,
        () => '2026-11-16T09:00:00Z',
      );
    return { one: make(), other: make(), lose: (away: boolean) => (isAway = away) };
  };
  const body = Buffer.from('command=/digest&text=now');
  const headers = signed(String(body), START_MS);

  it('answer a request once between them', async () => {
    const { one, other } = twoOf();
    expect(await one.check(headers, body)).toBeNull();
    expect(await other.check(headers, body)).toBe('replayed');
  });

  it('take again what one of them failed at', async () => {
    const { one, other } = twoOf();
    expect(await one.check(headers, body)).toBeNull();
    one.forget(headers);
    await new Promise((resolve) => setImmediate(resolve));
    expect(await other.check(headers, body)).toBeNull();
  });

  it('answer nothing while they cannot know, and the same request after', async () => {
    const { one, lose } = twoOf();
    lose(true);
    expect(await one.check(headers, body)).toBe('unknown');
    lose(false);
    expect(await one.check(headers, body)).toBeNull();
  });

  it('ask the database of nothing that is not Slack’s', async () => {
    const { one, lose } = twoOf();
    lose(true);
    expect(await one.check({}, body)).toBe('unsigned');
  });
});
