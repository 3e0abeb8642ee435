import { describe, expect, it } from 'vitest';
import { cli } from '../../lib/cli-io.js';

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
    const { stdout } = await cli(['slack', 'manifest', ...argv]);
    expect(stdout).toContain(part);
    expect(JSON.parse(stdout)).toMatchObject({ features: { bot_user: { display_name: 'covernote' } } });
  });

  it('prints a link that opens Slack with the manifest filled in', async () => {
    const { stdout } = await cli(['slack', 'manifest', '--link']);
    const link = new URL(stdout.trim());
    expect(link.origin + link.pathname).toBe('https://api.slack.com/apps');
    expect(link.searchParams.get('new_app')).toBe('1');
    const { stdout: whole } = await cli(['slack', 'manifest']);
    expect(JSON.parse(link.searchParams.get('manifest_json') ?? '')).toEqual(JSON.parse(whole));
  });

  it.each([
    [['--http', 'http://example.org'], 'is not an address that Slack can call'],
    [['--http', 'covernote.example.org'], 'is not an address that Slack can call'],
    [['--prefix', 'Two words'], 'is not a valid prefix for a command'],
    [['--prefix', 'x'.repeat(20)], 'is not a valid prefix for a command'],
    [['--socket', '--http', 'https://x.org'], 'Both --socket and --http'],
  ])('refuses %j', async (argv, message) => {
    const { status, stderr } = await cli(['slack', 'manifest', ...argv]);
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
});
