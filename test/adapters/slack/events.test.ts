import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMessage } from '../../fakes/slack/reading.js';
import type { Json } from '../../fakes/slack/world.js';
import { SIGNING_SECRET } from '../../fakes/slack/world.js';
import { readRequest } from '../../lib/commands.js';
import { type Kind, type RunningSlack, runSlack } from './running-slack.js';
import { answerOf } from './scripted-bot.js';

const LORE = 'https://lore.kernel.org/kvm/1@example.org/';

describe.each<Kind>(['socket', 'http'])('events over %s', (kind) => {
  let running: RunningSlack;
  beforeEach(async () => {
    running = await runSlack(kind);
  });
  afterEach(() => running.close());
  const people = () => running.fake.people;
  const settled = () => new Promise((resolve) => setTimeout(resolve, 150));
  const unfurls = () => running.fake.world.log.filter((one) => one.what === 'chat.unfurl');

  it('shows the card of a series beneath a link, and keeps still where it is none', async () => {
    await people().share('U0ADA', 'C0KVM', [LORE, 'https://lore.kernel.org/kvm/unknown@example.org/']);
    await running.fake.until('the card', () => unfurls().length === 1);
    expect(running.bot.unfurled).toMatchObject([
      { url: LORE, place: { address: 'C0KVM', kind: 'channel' } },
      {},
    ]);
    const message = running.fake.world.messages.find((one) => one.user === 'U0ADA');
    const cards = message?.unfurls as Record<string, { blocks: Json[] }>;
    expect(Object.keys(cards)).toEqual([LORE]);
    expect(readMessage({ text: '', blocks: cards[LORE]?.blocks ?? [] }).text).toContain('The series behind');
  });

  it('shows no card where a message has three links', async () => {
    await people().share('U0ADA', 'C0KVM', [LORE, `${LORE}2`, `${LORE}3`]);
    await settled();
    expect(running.bot.unfurled).toEqual([]);
  });

  it('handles an event once, however often Slack delivers it', async () => {
    for (const attempt of [0, 1, 2]) {
      const retry = attempt === 0 ? {} : { retry: { attempt, reason: 'http_timeout' } };
      const ack = await people().share('U0ADA', 'C0KVM', [LORE], { eventId: 'Ev1', ...retry });
      expect(ack.status).toBe(200);
      await people().openHome('U0ADA', { eventId: 'Ev2', ...retry });
    }
    await running.fake.until('the card', () => unfurls().length === 1);
    await settled();
    expect(running.bot.unfurled).toHaveLength(1);
    expect(running.fake.world.log.filter((one) => one.what === 'views.publish')).toHaveLength(1);
  });

  it('follows the series of a message with a link, by the shortcut', async () => {
    const message = people().say('U0GUS', 'C0KVM', `look: <${LORE}|this>`);
    await people().shortcut('U0ADA', 'follow_series', message);
    await running.fake.until('an answer', () =>
      running.seenBy('U0ADA', 'C0KVM').some((one) => one.ephemeralTo !== null),
    );
    expect(running.bot.invocations).toMatchObject([
      {
        request: { kind: 'options', command: 'follow', options: { what: `series:"${LORE}"` } },
        place: { address: 'C0KVM' },
      },
    ]);
  });

  it('tries the next link where the first is no mail, and says where there is none', async () => {
    running.bot.answers = ({ request }) =>
      readRequest(request).includes('lore')
        ? answerOf('Done.')
        : answerOf('That is no series.', { kind: 'problem' });
    const two = people().say('U0GUS', 'C0KVM', `<https://example.org/> and <${LORE}>`);
    await people().shortcut('U0ADA', 'follow_series', two);
    await running.fake.until('two tries', () => running.bot.invocations.length === 2);
    const none = people().say('U0GUS', 'C0KVM', 'no link at all');
    await people().shortcut('U0ADA', 'follow_series', none);
    const texts = () => running.seenBy('U0ADA', 'C0KVM').map((one) => readMessage(one).text);
    await running.fake.until('the words', () => texts().some((text) => text.includes('no link to a mail')));
  });

  it('answers what is written to it', async () => {
    await people().tell('U0ADA', 'series foll_pin');
    await running.fake.until('an answer', () => running.seenBy('U0ADA', 'D0ADA').length === 1);
    expect(running.bot.invocations).toMatchObject([
      { request: { kind: 'typed', line: 'series foll_pin' }, place: { kind: 'person', address: 'U0ADA' } },
    ]);
  });

  it('forgets a workspace that took the app out, and says so to nobody', async () => {
    running.installations.set('T0ONE', '{}');
    await people().uninstall('T0ONE');
    await running.fake.until('the forgetting', () => running.bot.forgotten.length === 2);
    expect(running.bot.forgotten[0]).toEqual({ tenant: 'T0ONE' });
    expect([...running.installations.keys()]).toEqual([]);
  });

  it('keeps an installation where only a person’s own token ended', async () => {
    await people().event('T0ONE', { type: 'tokens_revoked', tokens: { oauth: ['U0ADA'] } });
    await settled();
    expect(running.bot.forgotten).toEqual([]);
  });
});

describe('signed requests', () => {
  let running: RunningSlack;
  beforeEach(async () => {
    running = await runSlack('http');
  });
  afterEach(() => running.close());

  it.each([
    ['a wrong signature', { signature: `v0=${'0'.repeat(64)}` }],
    ['a signature of another kind', { signature: 'none' }],
    ['a timestamp of ten minutes ago', { ageSec: 600 }],
    ['a timestamp of two minutes to come', { ageSec: -120 }],
  ])('refuses %s', async (_, lie) => {
    const ack = await running.fake.people.share('U0ADA', 'C0KVM', [LORE], lie);
    expect(ack.status).toBe(401);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(running.bot.unfurled).toEqual([]);
  });

  it.each([
    ['GET', '/slack/events', 404],
    ['GET', '/slack/other', 404],
    ['POST', '/slack/../healthz', 404],
    ['GET', '/slack/install', 404],
  ])('answers %s %s with %i', async (method, path, status) => {
    expect((await fetch(running.url + path, { method })).status).toBe(status);
  });

  it('refuses a copy of a command', async () => {
    const body = new URLSearchParams({
      command: '/series',
      text: 'foll_pin',
      team_id: 'T0ONE',
      user_id: 'U0ADA',
      user_name: 'ada',
      channel_id: 'C0KVM',
      channel_name: 'kvm',
      response_url: '',
      trigger_id: '1.2.3',
    }).toString();
    const stamp = String(Math.floor(Date.now() / 1000));
    const hash = createHmac('sha256', SIGNING_SECRET).update(`v0:${stamp}:${body}`).digest('hex');
    const post = () =>
      fetch(`${running.url}/slack/events`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': stamp,
          'x-slack-signature': `v0=${hash}`,
        },
        body,
      });
    expect((await post()).status).toBe(200);
    expect((await post()).status).toBe(401);
    await running.fake.until('the question', () => running.bot.invocations.length > 0);
    expect(running.bot.invocations).toHaveLength(1);
  });

  it('answers Slack’s look at the certificate, and reads nothing else of it', async () => {
    const answer = await fetch(`${running.url}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'ssl_check=1&command=/digest&text=now&user_id=U0ADA&team_id=T0ONE',
    });
    expect(answer.status).toBe(200);
    expect(running.bot.invocations).toEqual([]);
  });

  it('proves to Slack that the address is ours', async () => {
    const ack = await running.fake.deliver('events_api', { type: 'url_verification', challenge: 'abc' });
    expect(ack).toMatchObject({ status: 200, body: { challenge: 'abc' } });
  });

  it('refuses a body that is too long', async () => {
    const ack = await running.fake.deliver('events_api', {
      type: 'event_callback',
      text: 'x'.repeat(2_000_000),
    });
    expect([413, 401, 0]).toContain(ack.status);
  });
});

describe('the socket', () => {
  let running: RunningSlack;
  beforeEach(async () => {
    running = await runSlack('socket');
  });
  afterEach(() => running.close());
  const connected = () => running.fake.world.log.filter((one) => one.what === 'connected').length;

  it.each([
    ['Slack recycles it', () => running.fake.sockets.disconnect()],
    ['the network cuts it', () => running.fake.sockets.cut()],
  ])('is opened again when %s', async (_, end) => {
    end();
    await running.fake.until(
      'a second connection',
      () => connected() === 2 && running.fake.sockets.open() === 1,
    );
    await running.fake.people.command('U0ADA', 'C0KVM', '/series', 'foll_pin');
    await running.fake.until('an answer', () => running.seenBy('U0ADA', 'C0KVM').length === 1);
  });

  it('is opened again after Slack refused a while, whatever its reason', async () => {
    running.fake.faults.failNext('apps.connections.open', { kind: 'error', error: 'invalid_auth' });
    running.fake.faults.failNext('apps.connections.open', { kind: 'http-500' });
    running.fake.sockets.cut();
    await running.fake.until('a second connection', () => connected() === 2);
  });
});
