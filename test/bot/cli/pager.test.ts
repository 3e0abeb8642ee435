import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type CliIo, pagerOf, write } from '../../../src/bot/cli/io.js';
import { pagedOutput } from '../../../src/bot/cli/pager.js';

const io: CliIo = {
  stdin: new PassThrough(),
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  env: { PATH: process.env.PATH },
  nowMs: () => 0,
  columns: 80,
  isTty: true,
  color: false,
  pager: null,
};

describe('the pager', () => {
  it.each([
    [{}, 'linux', 'less'],
    [{ PAGER: 'less -S' }, 'linux', 'less -S'],
    [{ PAGER: '' }, 'linux', null],
    [{ PAGER: 'cat' }, 'linux', null],
    [{}, 'win32', null],
    [{ PAGER: 'more' }, 'win32', 'more'],
  ] as const)('with %j on %s is %j', (env, platform, pager) => {
    expect(pagerOf(env, platform)).toBe(pager);
  });

  it('gets all that is written, and is waited for', async () => {
    const { out, end } = pagedOutput(io, 'test "$(wc -l)" -eq 3000 || exit 1');
    for (let n = 0; n < 3000; n++) await write(out, `line ${n}\n`);
    await end();
    expect(out.destroyed).toBe(true);
  });

  it('that its reader leaves early ends the output, and is no error', async () => {
    const { out, end } = pagedOutput(io, 'head -n 1 > /dev/null');
    for (let n = 0; n < 100_000 && !out.destroyed; n++) await write(out, 'a line of text\n');
    await end();
    expect(out.destroyed).toBe(true);
  });

  it('is not started where nothing is written', async () => {
    const { end } = pagedOutput(io, 'exit 1');
    await end();
  });
});
