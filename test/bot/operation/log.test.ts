import { expect, it } from 'vitest';
import { createLog } from '../../../src/bot/operation/log.js';

function linesOf(
  write: (log: ReturnType<typeof createLog>) => void,
  secrets: readonly string[] = [],
): string[] {
  const lines: string[] = [];
  write(createLog({ level: 'info', secrets, to: { write: (line) => void lines.push(line) } }));
  return lines;
}

it('writes a line of JSON: level, time, fields, message', () => {
  const [line] = linesOf((log) => log.info({ slot: 7 }, 'digest.sent'));
  expect(JSON.parse(line ?? '')).toEqual({
    level: 'info',
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    slot: 7,
    message: 'digest.sent',
  });
});

it('leaves out what is below its level', () => {
  expect(linesOf((log) => log.debug({}, 'message.sent'))).toEqual([]);
});

it('tells an error with its cause', () => {
  const error = new Error('the socket closed', { cause: new Error('ECONNRESET') });
  const [line] = linesOf((log) => log.error({ error }, 'delivery.turn_failed'));
  expect(JSON.stringify(JSON.parse(line ?? '').error)).toMatch(/the socket closed[\s\S]*ECONNRESET/);
});

it.each([
  ['a field of that name', { token: 'abcdefgh' }],
  ['a field inside', { config: { botToken: 'abcdefgh' } }],
  ['an address', { url: 'https://example.org/?t=xoxb-s3cr"et-1' }],
  ['a text', { problem: 'xoxb-s3cr"et-1 is not valid' }],
  ['an error', { error: new Error('no such token: xoxb-s3cr"et-1') }],
])('never tells a secret: %s', (_, fields) => {
  const [line] = linesOf((log) => log.warn(fields, 'it failed'), ['xoxb-s3cr"et-1']);
  expect(line).not.toMatch(/abcdefgh|s3cr/);
  expect(line).toContain('[secret]');
  expect(() => JSON.parse(line ?? '')).not.toThrow();
});
