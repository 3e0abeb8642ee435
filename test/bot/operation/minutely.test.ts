import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { silentLog } from '../../../src/bot/operation/log.js';
import { type Beat, minutely } from '../../../src/bot/operation/minutely.js';

const MINUTE = 60_000;
let beat: Beat;
beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime('2026-11-16T09:00:30Z');
});
afterEach(async () => {
  await beat.stop();
  vi.useRealTimers();
});

it('runs at the start of every minute until it is stopped', async () => {
  const at: string[] = [];
  beat = minutely('tick', async () => void at.push(new Date().toISOString().slice(11, 19)), silentLog);
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(at).toEqual(['09:01:00', '09:02:00', '09:03:00']);
  await beat.stop();
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(at).toHaveLength(3);
});

it('never runs twice at once', async () => {
  let [under, most, runs] = [0, 0, 0];
  const slow = async (): Promise<void> => {
    under++;
    runs++;
    most = Math.max(most, under);
    await new Promise((resolve) => setTimeout(resolve, 2.5 * MINUTE));
    under--;
  };
  beat = minutely('tick', slow, silentLog);
  await vi.advanceTimersByTimeAsync(9 * MINUTE);
  expect(most).toBe(1);
  expect(runs).toBeGreaterThan(1);
  const stopped = beat.stop();
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  await stopped;
  expect(under).toBe(0);
});

it('goes on after a run that failed, and says so', async () => {
  const lines: string[] = [];
  const log = { ...silentLog, error: (_: object, message: string) => void lines.push(message) };
  let runs = 0;
  beat = minutely(
    'tick',
    async () => {
      runs++;
      throw new Error('the disk is full');
    },
    log,
  );
  await vi.advanceTimersByTimeAsync(2 * MINUTE);
  expect(runs).toBe(2);
  expect(lines).toEqual(['scheduler.run_failed', 'scheduler.run_failed']);
});

it.each([
  ['back', '2025-10-10T09:00:10Z'],
  ['forward', '2027-12-21T09:00:10Z'],
])('goes on with the next minute after the clock was set %s by 400 days', async (_, iso) => {
  let runs = 0;
  beat = minutely('tick', async () => void runs++, silentLog);
  await vi.advanceTimersByTimeAsync(MINUTE);
  expect(runs).toBe(1);
  vi.setSystemTime(iso);
  await vi.advanceTimersByTimeAsync(3 * MINUTE);
  expect(runs).toBeGreaterThanOrEqual(3);
});
