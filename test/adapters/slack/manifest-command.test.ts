import { PassThrough } from 'node:stream';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { slackCommand } from '../../../src/bot/commands/slack.js';

/** What `covernote slack manifest …` prints. Throws what it refuses with. */
async function print(...argv: readonly string[]): Promise<string> {
  const stdout = new PassThrough();
  const program = new Command('covernote').exitOverride();
  slackCommand(program, {
    stdin: new PassThrough(),
    stdout,
    stderr: new PassThrough(),
    env: {},
    nowMs: () => 0,
    columns: 80,
    isTty: false,
    color: false,
  });
  await program.parseAsync(['slack', 'manifest', ...argv], { from: 'user' });
  return String(stdout.read() ?? '');
}

describe('covernote slack manifest', () => {
  it.each([
    [[], '"socket_mode_enabled": true'],
    [['--socket'], '"socket_mode_enabled": true'],
    [
      ['--http', 'https://covernote.example.org'],
      '"request_url": "https://covernote.example.org/slack/events"',
    ],
    [['--prefix', 'cn'], '"command": "/cn-follow"'],
  ])('%j prints %s', async (argv, part) => {
    const printed = await print(...argv);
    expect(printed).toContain(part);
    expect(JSON.parse(printed)).toMatchObject({ features: { bot_user: { display_name: 'covernote' } } });
  });

  it.each([
    [['--http', 'http://example.org'], 'is no address that Slack can call'],
    [['--http', 'covernote.example.org'], 'is no address that Slack can call'],
    [['--prefix', 'Two words'], 'is no prefix for a command'],
    [['--prefix', 'x'.repeat(20)], 'is no prefix for a command'],
    [['--socket', '--http', 'https://x.org'], 'Both --socket and --http'],
  ])('refuses %j', async (argv, message) => {
    await expect(print(...argv)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining(message) as string,
    });
  });
});
