import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textView } from '../../contract/chat-views.js';
import { BOT_TOKENS } from '../../fakes/slack/world.js';
import { type RunningSlack, runSlack } from './running-slack.js';

describe('many workspaces', () => {
  let running: RunningSlack;
  beforeEach(async () => {
    running = await runSlack('oauth');
  });
  afterEach(() => running.close());

  /** What a browser does: the install page, Slack's consent, and back with the cookie. */
  async function install(team: string, enterprise = false): Promise<Response> {
    const page = await fetch(`${running.url}/slack/install`, { redirect: 'manual' });
    const consent = new URL(page.headers.get('location') ?? '');
    expect(consent.origin).toBe(running.fake.origin);
    expect(consent.searchParams.get('scope')).toContain('chat:write');
    const code = `code-${team}`;
    running.fake.codes.set(code, { team, enterprise });
    const cookie = (page.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const state = consent.searchParams.get('state') ?? '';
    return fetch(`${running.url}/slack/oauth_redirect?code=${code}&state=${encodeURIComponent(state)}`, {
      headers: { cookie },
    });
  }
  const post = (tenant: string, address: string) =>
    running.slack.platform.send({
      key: `key-${tenant}`,
      to: { platform: 'slack', tenant, address, kind: 'channel' },
      under: null,
      view: textView('hello'),
      actions: [],
      silent: true,
    });

  it('installs, keeps the token, and uses each workspace’s own', async () => {
    expect((await install('T0ONE')).status).toBe(200);
    expect((await install('T0TWO')).status).toBe(200);
    expect([...running.installations.keys()]).toEqual(['T0ONE', 'T0TWO']);
    expect(await post('T0ONE', 'C0KVM')).toMatchObject({ kind: 'sent' });
    expect(await post('T0TWO', 'C0TWO')).toMatchObject({ kind: 'sent' });
    const posts = running.fake.world.log.filter(
      // Each person who installs it also gets a welcome.
      ({ what, body }) => what === 'chat.postMessage' && String(body.channel).startsWith('C'),
    );
    expect(posts.map((one) => one.team)).toEqual(['T0ONE', 'T0TWO']);
    await running.fake.people.command('U0TOVE', 'C0TWO', '/series', 'foll_pin');
    await running.fake.until('an answer', () => running.seenBy('U0TOVE', 'C0TWO').length === 2);
    expect(running.bot.invocations).toMatchObject([{ requester: { tenant: 'T0TWO', zone: 'Asia/Tokyo' } }]);
  });

  it('refuses to come back without the state that it gave out', async () => {
    running.fake.codes.set('stolen', { team: 'T0ONE', enterprise: false });
    const response = await fetch(`${running.url}/slack/oauth_redirect?code=stolen&state=made-up`);
    expect(response.status).toBe(400);
    expect(running.installations.size).toBe(0);
  });

  it('asks no workspace where it is not installed, and says what to do', async () => {
    expect(await post('T0TWO', 'C0TWO')).toMatchObject({
      kind: 'refused',
      reason: 'gone',
      remedy: expect.stringContaining('Install covernote again') as string,
    });
    expect(running.fake.world.log.filter((one) => one.what === 'chat.postMessage')).toEqual([]);
    const ack = await running.fake.people.command('U0TOVE', 'C0TWO', '/series', 'x');
    expect(ack.status).toBe(200);
    expect(running.bot.invocations).toEqual([]);
  });

  it('forgets one workspace and leaves the other', async () => {
    await install('T0ONE');
    await install('T0TWO');
    await running.fake.people.uninstall('T0ONE');
    await running.fake.until('the end', () => running.installations.size === 1);
    expect(running.bot.forgotten).toContainEqual({ tenant: 'T0ONE' });
    expect(await post('T0ONE', 'C0KVM')).toMatchObject({ kind: 'refused', reason: 'gone' });
    expect(await post('T0TWO', 'C0TWO')).toMatchObject({ kind: 'sent' });
  });

  it('forgets a workspace whose token is refused, though no event reported it', async () => {
    await install('T0ONE');
    await install('T0TWO');
    const team = running.fake.world.teams.get('T0ONE');
    if (team !== undefined) team.state = 'revoked';
    expect(await post('T0ONE', 'C0KVM')).toMatchObject({ kind: 'refused', reason: 'gone' });
    await running.fake.until('the end', () => running.installations.size === 1);
    await running.fake.until('the forgetting', () => running.bot.forgotten.length === 1);
    expect(running.bot.forgotten).toEqual([{ tenant: 'T0ONE' }]);
    expect(await post('T0TWO', 'C0TWO')).toMatchObject({ kind: 'sent' });
    expect(running.lost).toEqual([]);
  });

  it('keeps a workspace one of whose calls alone was refused', async () => {
    await install('T0ONE');
    running.fake.faults.failNext('chat.postMessage', { kind: 'error', error: 'token_revoked' });
    expect(await post('T0ONE', 'C0KVM')).toMatchObject({ kind: 'refused' });
    await running.fake.until('the question', () =>
      running.fake.world.log.some((one) => one.what === 'auth.test' && one.outcome === 'ok'),
    );
    expect(await post('T0ONE', 'C0KVM')).toMatchObject({ kind: 'sent' });
    expect(running.bot.forgotten).toEqual([]);
  });

  it('keeps an enterprise’s installation under the enterprise', async () => {
    const team = running.fake.world.teams.get('T0ONE');
    if (team === undefined) throw new Error('no team');
    running.fake.world.teams.set('T0ONE', { ...team, enterpriseId: 'E0ORG' });
    await install('T0ONE', true);
    expect([...running.installations.keys()]).toEqual(['E0ORG']);
    expect(await post('E0ORG', 'C0KVM')).toMatchObject({ kind: 'sent' });
    expect(JSON.parse(running.installations.get('E0ORG') ?? '{}')).toMatchObject({
      bot: { token: BOT_TOKENS.T0ONE },
      isEnterpriseInstall: true,
    });
  });
});
