import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scopeProblem } from '../../../src/adapters/slack/check-token.js';
import { scopes } from '../../../src/adapters/slack/scopes.js';
import { readMessage } from '../../fakes/slack/reading.js';
import { BOT_TOKENS } from '../../fakes/slack/world.js';
import { type Kind, type RunningSlack, runSlack } from './running-slack.js';

const TRIES = /\/series foll_pin[\s\S]*\/follow kvm[\s\S]*\/digest/;

describe.each<Kind>(['socket', 'http'])('over %s', (kind) => {
  let running: RunningSlack;
  beforeEach(async () => {
    running = await runSlack(kind);
  });
  afterEach(() => running.close());
  const people = () => running.fake.people;
  const botOf = (team: string) => running.fake.world.teams.get(team)?.botUserId ?? '';
  const textsFor = (user: string, channel: string) =>
    running.seenBy(user, channel).map((message) => readMessage(message).text);
  const settled = () => new Promise((resolve) => setTimeout(resolve, 150));

  it('answers a mention to the person alone, as plain words', async () => {
    const text = `<@${botOf('T0ONE')}> foll_pin`;
    await people().event('T0ONE', {
      type: 'app_mention',
      user: 'U0ADA',
      channel: 'C0KVM',
      text,
      ts: '1.2',
      event_ts: '1.2',
    });
    await running.fake.until('an answer', () => running.seenBy('U0ADA', 'C0KVM').length === 1);
    expect(running.bot.invocations).toMatchObject([
      { request: { kind: 'typed', line: text }, place: { kind: 'channel', address: 'C0KVM' } },
    ]);
    expect(textsFor('U0GUS', 'C0KVM')).toEqual([]);
  });

  it('says hello once in a channel that it joins, with three things to try, and not where another joins', async () => {
    const joined = (user: string, event: string) =>
      people().event(
        'T0ONE',
        { type: 'member_joined_channel', user, channel: 'C0KVM', channel_type: 'C', team: 'T0ONE' },
        { eventId: event },
      );
    await joined('U0GUS', 'EvJ0');
    await joined(botOf('T0ONE'), 'EvJ1');
    await joined(botOf('T0ONE'), 'EvJ1');
    await running.fake.until('the welcome', () => textsFor('U0ADA', 'C0KVM').length > 0);
    await settled();
    expect(textsFor('U0ADA', 'C0KVM')).toEqual([expect.stringMatching(TRIES)]);
  });

  it('works without the newest scopes, and says in the home what to reauthorise', async () => {
    const team = running.fake.world.teams.get('T0ONE');
    if (team === undefined) throw new Error('no team');
    team.scopes = scopes.map(({ scope }) => scope).filter((scope) => scope !== 'app_mentions:read');
    await people().openHome('U0ADA');
    await running.fake.until('the home', () => running.fake.world.homes.has('U0ADA'));
    const home = JSON.stringify(running.fake.world.homes.get('U0ADA'));
    expect(home).toContain('app_mentions:read');
    expect(home).toContain('OAuth &amp; Permissions');
    expect(await scopeProblem(BOT_TOKENS.T0ONE, running.fake.apiUrl)).toContain('app_mentions:read');
    team.scopes = scopes.map(({ scope }) => scope);
    expect(await scopeProblem(BOT_TOKENS.T0ONE, running.fake.apiUrl)).toBeNull();
  });
});

describe('an installation by OAuth', () => {
  let running: RunningSlack;
  beforeEach(async () => {
    running = await runSlack('oauth');
  });
  afterEach(() => running.close());

  async function install(): Promise<Response> {
    const page = await fetch(`${running.url}/slack/install`, { redirect: 'manual' });
    const consent = new URL(page.headers.get('location') ?? '');
    running.fake.codes.set('code-one', { team: 'T0ONE', enterprise: false });
    const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const state = encodeURIComponent(consent.searchParams.get('state') ?? '');
    return fetch(`${running.url}/slack/oauth_redirect?code=code-one&state=${state}`, { headers: { cookie } });
  }

  it('ends on a page of our own, and says hello to the person who installed', async () => {
    const response = await install();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await response.text()).toMatch(/covernote is installed[\s\S]*\/invite @covernote/);
    await running.fake.until('the welcome', () =>
      running.fake.world.messages.some((one) => TRIES.test(readMessage(one).text)),
    );
  });

  it('ends on a page that says what to do where it failed', async () => {
    const response = await fetch(`${running.url}/slack/oauth_redirect?code=x&state=made-up`);
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/was not installed[\s\S]*\/slack\/install/);
  });

  it('answers a command of a workspace that it is not installed in', async () => {
    const ack = await running.fake.people.command('U0TOVE', 'C0TWO', '/series', 'x');
    expect(ack.status).toBe(200);
    await running.fake.until('an answer', () => running.seenBy('U0TOVE', 'C0TWO').length === 1);
    const [answer] = running.seenBy('U0TOVE', 'C0TWO');
    expect(answer === undefined ? '' : readMessage(answer).text).toContain('not installed in this workspace');
    expect(running.bot.invocations).toEqual([]);
  });
});
