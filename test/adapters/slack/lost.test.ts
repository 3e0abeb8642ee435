import { afterEach, describe, expect, it } from 'vitest';
import { textView } from '../../contract/chat-views.js';
import { type Kind, type RunningSlack, runSlack } from './running-slack.js';

describe.each<Kind>(['socket', 'http'])('the one workspace, by %s', (kind) => {
  let running: RunningSlack;
  afterEach(() => running.close());

  it('is lost when a call tells that its token was revoked', async () => {
    running = await runSlack(kind);
    const team = running.fake.world.teams.get('T0ONE');
    if (team !== undefined) team.state = 'revoked';
    const outcome = await running.slack.platform.send({
      key: 'key',
      to: { platform: 'slack', tenant: 'T0ONE', address: 'C0KVM', kind: 'channel' },
      under: null,
      view: textView('hello'),
      actions: [],
      silent: false,
    });
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'gone' });
    await running.fake.until('the end', () => running.lost.length > 0);
    expect(running.lost).toEqual(['slack-lost']);
    // What was followed waits for a new token.
    expect(running.bot.forgotten).toEqual([]);
    expect(running.logged.join()).toContain('SLACK_BOT_TOKEN');
  });

  it('is lost and forgotten when the app is taken out', async () => {
    running = await runSlack(kind);
    await running.fake.people.uninstall('T0ONE');
    await running.fake.until('the end', () => running.lost.length > 0);
    expect(running.lost).toEqual(['slack-lost']);
    expect(running.bot.forgotten).toContainEqual({ tenant: 'T0ONE' });
  });

  it('is not lost by what one channel refuses', async () => {
    running = await runSlack(kind);
    const change = {
      to: { platform: 'slack', tenant: 'T0ONE', address: 'C0KVM', kind: 'channel' },
      under: null,
      messageId: '1.2',
      view: textView('hello'),
      actions: [],
    } as const;
    expect(await running.slack.platform.edit(change)).toMatchObject({ kind: 'refused' });
    expect(running.lost).toEqual([]);
  });
});

describe('Socket Mode', () => {
  it('ends where Slack takes its own token no more', async () => {
    const running = await runSlack('socket');
    running.fake.faults.failNext('apps.connections.open', { kind: 'error', error: 'invalid_auth' }, 3);
    running.fake.sockets.disconnect();
    await running.fake.until('the end', () => running.lost.length > 0);
    expect(running.lost).toEqual(['slack-app-token']);
    await running.close();
  });
});
