import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textView } from '../../contract/chat-views.js';
import { readMessage } from '../../fakes/slack/reading.js';
import { readRequest } from '../../lib/commands.js';
import { type Kind, type RunningSlack, runSlack } from './running-slack.js';
import { answerOf, share } from './scripted-bot.js';

const textOf = (running: RunningSlack, user = 'U0ADA', channel = 'C0KVM') =>
  running.seenBy(user, channel).map((message) => readMessage(message).text);

describe.each<Kind>(['socket', 'http'])('commands over %s', (kind) => {
  let running: RunningSlack;
  beforeEach(async () => {
    running = await runSlack(kind);
  });
  afterEach(() => running.close());
  const arrived = (n = 1) =>
    running.fake.until('an answer', () => running.seenBy('U0ADA', 'C0KVM').length >= n);

  it('acknowledges at once and answers in private', async () => {
    let finish = () => {};
    running.bot.answers = () =>
      new Promise((resolve) => {
        finish = () => resolve(answerOf('Here is foll_pin.'));
      });
    const ack = await running.fake.people.command('U0ADA', 'C0KVM', '/series', 'foll_pin');
    expect(ack).toMatchObject({ status: 200, body: {} });
    await running.fake.until('the question', () => running.bot.invocations.length === 1);
    finish();
    await arrived();
    const [message] = running.seenBy('U0ADA', 'C0KVM');
    expect(message).toMatchObject({ ephemeralTo: 'U0ADA', threadTs: null });
    expect(running.bot.invocations).toMatchObject([
      {
        request: { kind: 'typed', line: '/series foll_pin' },
        requester: { id: 'U0ADA', tenant: 'T0ONE', name: 'ada', zone: 'Europe/Berlin', rights: 'manager' },
        place: { platform: 'slack', tenant: 'T0ONE', address: 'C0KVM', kind: 'channel', name: '#kvm' },
      },
    ]);
  });

  it.each([
    ['/series', 'foll_pin', 'series', 'foll_pin'],
    ['/covernote', 'series foll_pin', 'series', 'foll_pin'],
    ['/covernote', '/follow kvm', 'follow', 'kvm'],
    ['/cn-follow', 'kvm', 'follow', 'kvm'],
    ['/acme', 'follow kvm', 'follow', 'kvm'],
    ['/covernote', '', 'covernote', 'help'],
    ['/follow', 'help', 'covernote', 'help follow'],
    ['/covernote', 'digest help', 'covernote', 'help digest'],
    ['/follow', '\u201cguest memory\u201d', 'follow', '"guest memory"'],
    [
      '/series',
      '<https://lore.kernel.org/kvm/1@x.org/|lore.kernel.org/kvm>',
      'series',
      'https://lore.kernel.org/kvm/1@x.org/',
    ],
    [
      '/follow',
      '<#C0KVM|kvm> author:<mailto:jane@example.org|jane@example.org>',
      'follow',
      'kvm author:jane@example.org',
    ],
    ['/follow', 'kvm v&gt;=2', 'follow', 'kvm v>=2'],
    ['/covernote', 'folow kvm', 'problem:', 'Unknown command “folow”.'],
  ])('reads %s %s as %s %s', async (command, text, name, words) => {
    await running.fake.people.command('U0ADA', 'C0KVM', command, text);
    await running.fake.until('the question', () => running.bot.invocations.length === 1);
    expect(running.bot.invocations.map(({ request }) => readRequest(request))).toEqual([`${name} ${words}`]);
    await arrived();
  });

  it('takes a person’s own conversation for their own place', async () => {
    await running.fake.people.command('U0ADA', 'D0ADA', '/following', '');
    await running.fake.until('the question', () => running.bot.invocations.length === 1);
    expect(running.bot.invocations).toMatchObject([
      { place: { kind: 'person', address: 'U0ADA', tenant: 'T0ONE' } },
    ]);
  });

  it('tells the bot that a guest is one', async () => {
    await running.fake.people.command('U0GUS', 'C0KVM', '/follow', 'kvm');
    await running.fake.until('the question', () => running.bot.invocations.length === 1);
    expect(running.bot.invocations).toMatchObject([
      { requester: { rights: 'guest', zone: 'America/New_York' } },
    ]);
  });

  it('asks Slack once who somebody is', async () => {
    for (const text of ['one', 'two', 'three'])
      await running.fake.people.command('U0ADA', 'C0KVM', '/series', text);
    await arrived(3);
    expect(running.fake.world.log.filter((one) => one.what === 'users.info').length).toBeLessThanOrEqual(3);
    await running.fake.people.command('U0ADA', 'C0KVM', '/series', 'four');
    await arrived(4);
    const lookups = running.fake.world.log.filter((one) => one.what === 'users.info').length;
    expect(lookups).toBeLessThanOrEqual(3);
  });

  it('announces to everybody what changed, and answers whoever changed it in private', async () => {
    running.bot.answers = () =>
      answerOf('Done: #kvm follows kvm.', {
        announce: {
          view: textView('ada follows kvm here.'),
          actions: [{ kind: 'button', id: 'undo:1', label: 'Undo', tone: 'plain' }],
        },
      });
    await running.fake.people.command('U0ADA', 'C0KVM', '/follow', 'kvm');
    await arrived(2);
    expect(
      running.seenBy('U0ADA', 'C0KVM').map((one) => [one.ephemeralTo, readMessage(one).text.split('\n')[0]]),
    ).toEqual([
      ['U0ADA', 'Done: #kvm follows kvm.'],
      [null, 'ada follows kvm here.'],
    ]);
  });

  it('says at once where it cannot post', async () => {
    running.bot.answers = () =>
      answerOf('Done.', { announce: { view: textView('ada follows kvm here.'), actions: [] } });
    await running.fake.people.command('U0ADA', 'C0OUT', '/follow', 'kvm');
    await running.fake.until('the hint', () => textOf(running, 'U0ADA', 'C0OUT').length === 3);
    expect(textOf(running, 'U0ADA', 'C0OUT')[2]).toContain('/invite @covernote');
  });

  it('answers as a message of its own where response_url has expired', async () => {
    running.fake.faults.failNext('response_url', { kind: 'http-500' });
    await running.fake.people.command('U0ADA', 'C0KVM', '/series', 'foll_pin');
    await arrived();
    expect(running.seenBy('U0ADA', 'C0KVM')).toMatchObject([{ ephemeralTo: 'U0ADA' }]);
    running.fake.faults.failNext('response_url', { kind: 'http-500' });
    await running.fake.people.command('U0ADA', 'C0OUT', '/series', 'foll_pin');
    await running.fake.until('a direct message', () => textOf(running, 'U0ADA', 'D0ADA').length === 1);
  });

  it('says with a reference that something failed inside', async () => {
    running.bot.answers = () => {
      throw new Error('xoxb-secret-in-a-message');
    };
    await running.fake.people.command('U0ADA', 'C0KVM', '/series', 'foll_pin');
    await arrived();
    expect(textOf(running)[0]).toMatch(/wrong in covernote[\s\S]*reference: [0-9a-f]{8}/);
    expect(running.logged.join('\n')).not.toContain('xoxb-secret');
  });

  it('shares in the channel, replaces, and answers choices', async () => {
    running.bot.answers = () =>
      answerOf('The card.', {
        actions: [
          share,
          { kind: 'button', id: 'series:v:patches:abc', label: 'Patches', tone: 'plain' },
          { kind: 'button', id: 'series:v:card:abc', label: 'Card', tone: 'plain', current: true },
          { kind: 'link', label: 'Archive', url: 'https://lore.kernel.org/kvm/1@example.org/' },
          {
            kind: 'select',
            id: 'series:pick',
            placeholder: 'Pick one',
            options: [{ value: 'abc', label: 'One', describes: 'v2 by Ada' }],
          },
        ],
      });
    await running.fake.people.command('U0ADA', 'C0KVM', '/series', 'foll_pin');
    await arrived();
    const [card] = running.seenBy('U0ADA', 'C0KVM');
    if (card === undefined) throw new Error('no card');

    running.bot.presses = () => answerOf('The patches.', { replaces: true });
    expect((await running.fake.people.press('U0ADA', card, 'Patches')).status).toBe(200);
    await running.fake.until('the other view', () => card.edits === 1);
    expect(running.seenBy('U0ADA', 'C0KVM')).toHaveLength(1);

    card.blocks = [
      {
        type: 'actions',
        elements: [{ type: 'button', action_id: 'press:0', value: share.id, text: { text: share.label } }],
      },
    ];
    running.bot.presses = () => answerOf('The card for all.', { visibility: 'public' });
    await running.fake.people.press('U0ADA', card, 'Share in channel');
    await arrived(2);
    expect(running.seenBy('U0GUS', 'C0KVM')).toMatchObject([{ ephemeralTo: null }]);
    expect(running.bot.pressed).toMatchObject([
      { id: 'series:v:patches:abc', value: null, place: { address: 'C0KVM', name: '#kvm' } },
      { id: share.id, value: null },
    ]);
  });

  it('hands a choice over, and keeps still for links and the open view', async () => {
    running.bot.answers = () =>
      answerOf('Choose.', {
        actions: [
          {
            kind: 'select',
            id: 'series:pick',
            placeholder: 'Pick one',
            options: [{ value: 'abc', label: 'One', describes: '' }],
          },
          { kind: 'button', id: 'series:v:card:abc', label: 'Card', tone: 'plain', current: true },
        ],
      });
    await running.fake.people.command('U0ADA', 'C0KVM', '/series', 'kvm');
    await arrived();
    const [list] = running.seenBy('U0ADA', 'C0KVM');
    if (list === undefined) throw new Error('no list');
    expect((await running.fake.people.press('U0ADA', list, '✓ Card')).status).toBe(200);
    await running.fake.people.press('U0ADA', list, 'series:pick', 'abc');
    await running.fake.until('the choice', () => running.bot.pressed.length === 1);
    expect(running.bot.pressed).toMatchObject([{ id: 'series:pick', value: 'abc' }]);
    await arrived(2);
  });
});
