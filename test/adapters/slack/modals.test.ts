import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OverviewPlace } from '../../../src/digest/ports/chat-bot.js';
import { textView } from '../../contract/chat-views.js';
import { readMessage } from '../../fakes/slack/reading.js';
import { schemaProblems } from '../../fakes/slack/validate.js';
import type { FakeMessage, Json } from '../../fakes/slack/world.js';
import { type Kind, type RunningSlack, runSlack } from './running-slack.js';
import { answerOf } from './scripted-bot.js';

const kvmPlace: OverviewPlace = {
  place: { platform: 'slack', tenant: 'T0ONE', address: 'C0KVM', kind: 'channel', name: '#kvm' },
  zone: 'Europe/Berlin',
  schedule: 'daily at 09:00',
  paused: false,
  setBy: 'ada',
  nextRun: '2026-11-23T08:00:00Z',
  lastResult: 'yesterday: 12 series',
  follows: [
    { text: 'kvm, without RFCs', words: 'kvm -kind:rfc', madeBy: 'ada', unfollow: 'unfollow:7' },
    { text: 'mm <!channel> *bold*', words: 'mm', madeBy: '<@U0ADA>', unfollow: 'unfollow:8' },
  ],
  actions: [{ kind: 'button', id: 'do:n:digest:pause', label: 'Pause', tone: 'plain' }],
};

describe.each<Kind>(['socket', 'http'])('forms and the home over %s', (kind) => {
  let running: RunningSlack;
  beforeEach(async () => {
    running = await runSlack(kind);
  });
  afterEach(() => running.close());
  const people = () => running.fake.people;
  const openModal = async (command: string, text: string) => {
    await people().command('U0ADA', 'C0KVM', command, text);
    return running.fake.until('the modal', () => people().modal('U0ADA'));
  };
  const homeText = () =>
    readMessage({ text: '', blocks: (running.fake.world.homes.get('U0ADA')?.blocks ?? []) as Json[] });
  const home = async (places: readonly OverviewPlace[]) => {
    running.bot.home = { places };
    await people().openHome('U0ADA');
    await running.fake.until('the home', () => running.fake.world.homes.get('U0ADA'));
  };

  it('shows in a form what is set now', async () => {
    running.bot.values = { form: 'full', items: '7', sections: 'new', order: 'size', quiet: '22:00–07:00' };
    const layout = await openModal('/digest', 'layout');
    expect(schemaProblems('modal', layout.view)).toEqual([]);
    const shown = JSON.stringify(layout.view);
    for (const value of ['"initial_value":"7"', '"initial_value":"new"', '"initial_value":"22:00–07:00"'])
      expect(shown).toContain(value);
    expect(shown.match(/"initial_option":\{"value":"(?:full|size)"/g)).toHaveLength(2);
  });

  it.each([
    ['/snooze', '', 'Snooze'],
    ['/me', 'add', 'Add'],
    ['/me', 'remove', 'Remove'],
    ['/digest', 'at', 'Save'],
  ])('says on the button of the form of %s %s what it does', async (command, text, label) => {
    const { view } = await openModal(command, text);
    expect(view).toMatchObject({ submit: { text: label } });
  });

  it('shows the schedule that is set now, also days that are not offered otherwise', async () => {
    running.bot.values = { times: '07:30 18:00', days: 'mon thu', zone: 'Asia/Tokyo' };
    const shown = JSON.stringify((await openModal('/digest', 'at')).view);
    expect(shown).toContain('"initial_time":"07:30"');
    expect(shown).toContain('"initial_value":"18:00"');
    expect(shown).toContain('"initial_option":{"value":"mon thu"');
    expect(shown).toContain('"initial_value":"Asia/Tokyo"');
  });

  it('asks what to follow in a modal, with filters, and follows', async () => {
    const modal = await openModal('/follow', '');
    expect(schemaProblems('modal', modal.view)).toEqual([]);
    running.bot.answers = () =>
      answerOf('Done.', { announce: { view: textView('ada follows kvm here.'), actions: [] } });
    const ack = await people().submit('U0ADA', {
      'field:what': 'kvm',
      'field:kind': 'pull',
      'field:words': 'guest memory',
      'field:bots': ['on'],
    });
    expect(ack).toMatchObject({ status: 200, body: {} });
    await running.fake.until('both messages', () => running.seenBy('U0ADA', 'C0KVM').length === 2);
    expect(running.bot.invocations).toMatchObject([
      {
        request: {
          kind: 'options',
          command: 'follow',
          form: '',
          options: { what: 'kvm', kind: 'pull', words: 'guest memory', bots: true },
        },
        place: { address: 'C0KVM', kind: 'channel', name: '#kvm' },
        requester: { rights: 'manager' },
      },
    ]);
    expect(running.seenBy('U0GUS', 'C0KVM').map((one) => readMessage(one).text)).toEqual([
      'ada follows kvm here.',
    ]);
  });

  it('shows in the modal what was wrong, and leaves it open', async () => {
    await openModal('/follow', '');
    running.bot.answers = () =>
      answerOf('There is no subsystem “kvmm”. Did you mean kvm?', { kind: 'problem' });
    const ack = await people().submit('U0ADA', { 'field:what': 'kvmm' });
    expect(ack.body).toEqual({
      response_action: 'errors',
      errors: { what: 'There is no subsystem “kvmm”. Did you mean kvm?' },
    });
    expect(people().modal('U0ADA')?.open).toBe(true);
    expect(running.seenBy('U0ADA', 'C0KVM')).toEqual([]);
  });

  it('asks in a message where a question has buttons', async () => {
    await openModal('/follow', '');
    running.bot.answers = () =>
      answerOf('Nothing in the last 30 days matches.', {
        kind: 'problem',
        actions: [{ kind: 'button', id: 'do:r:follow:kvm', label: 'Follow it', tone: 'plain' }],
      });
    expect((await people().submit('U0ADA', { 'field:what': 'xyzzy' })).body).toEqual({});
    await running.fake.until('the question', () => running.seenBy('U0ADA', 'C0KVM').length === 1);
    const [question] = running.seenBy('U0ADA', 'C0KVM');
    await people().press('U0ADA', question as FakeMessage, 'Follow it');
    await running.fake.until('the press', () => running.bot.pressed.length === 1);
    expect(running.bot.pressed).toMatchObject([{ id: 'do:r:follow:kvm', place: { address: 'C0KVM' } }]);
  });

  it('asks for the schedule with a time picker in the person’s own zone', async () => {
    const modal = await openModal('/digest', 'at');
    expect(schemaProblems('modal', modal.view)).toEqual([]);
    expect(JSON.stringify(modal.view)).toContain('"timezone":"Europe/Berlin"');
    await people().submit('U0ADA', {
      'field:times': '08:30',
      'field:more-times': '17:00',
      'field:days': 'weekdays',
    });
    await running.fake.until('the question', () => running.bot.invocations.length === 1);
    expect(running.bot.invocations).toMatchObject([
      {
        request: {
          command: 'digest',
          form: 'at',
          options: { times: '08:30 17:00', days: 'weekdays', zone: 'Europe/Berlin' },
        },
      },
    ]);
  });

  it.each([
    ['zone', 'zone', '“marz”: there is no such time zone.'],
    ['times', 'more-times', '“abc” is not a time of day.'],
    ['days', 'days', '“x” is not a day.'],
    [undefined, 'times', 'Something else.'],
  ])('marks the field of the option that is wrong: %s', async (option, field, text) => {
    await openModal('/digest', 'at');
    running.bot.answers = () =>
      answerOf(text, { kind: 'problem', ...(option === undefined ? {} : { option }) });
    const filled = {
      'field:times': '08:30',
      'field:more-times': 'abc',
      'field:days': 'daily',
      'field:zone': 'Marz',
    };
    expect(await people().submit('U0ADA', filled)).toMatchObject({
      body: { response_action: 'errors', errors: { [field]: text } },
    });
  });

  it('answers without a modal where Slack does not open one', async () => {
    running.fake.faults.failNext('views.open', { kind: 'error', error: 'expired_trigger_id' });
    await people().command('U0ADA', 'C0KVM', '/follow', '');
    await running.fake.until('an answer', () => running.seenBy('U0ADA', 'C0KVM').length === 1);
  });

  it('welcomes a newcomer with three things to try', async () => {
    await home([]);
    const { text, mentions } = homeText();
    expect(text).toMatch(/\/series foll_pin[\s\S]*\/follow kvm[\s\S]*\/digest/);
    expect(mentions).toEqual([]);
    await people().pressHome('U0ADA', 'Follow something');
    await running.fake.until('the modal', () => people().modal('U0ADA'));
    await people().submit('U0ADA', { 'field:what': 'kvm' });
    await running.fake.until('the question', () => running.bot.invocations.length === 1);
    expect(running.bot.invocations).toMatchObject([
      { request: { options: { what: 'kvm' } }, place: { kind: 'person', address: 'U0ADA' } },
    ]);
  });

  it('shows what is followed where, when it comes, and what came last', async () => {
    await home([kvmPlace]);
    const { text, mentions } = homeText();
    expect(mentions).toEqual([]);
    for (const shown of [
      '#kvm',
      'kvm, without RFCs',
      'by ada',
      'daily at 09:00',
      'yesterday: 12 series',
      '<!channel>',
    ])
      expect(text).toContain(shown);
  });

  it('removes from the home, tells the channel, and shows what is left', async () => {
    await home([kvmPlace]);
    running.bot.presses = () =>
      answerOf('#kvm no longer follows kvm.', {
        announce: { view: textView('ada unfollowed kvm.'), actions: [] },
      });
    running.bot.home = { places: [] };
    await people().pressHome('U0ADA', 'home:more', 'remove:unfollow:7');
    await running.fake.until('the channel’s word', () => running.seenBy('U0GUS', 'C0KVM').length === 1);
    expect(running.bot.pressed).toMatchObject([
      { id: 'unfollow:7', value: null, place: { address: 'C0KVM', kind: 'channel', name: '#kvm' } },
    ]);
    expect(homeText().text).toContain('#kvm no longer follows kvm.');
  });

  it('tells the channel that an announcement is for, wherever the request came from', async () => {
    await home([kvmPlace]);
    const to = { platform: 'slack', tenant: 'T0ONE', address: 'C0KVM', kind: 'channel' } as const;
    running.bot.answers = () =>
      answerOf('#kvm no longer follows kvm.', {
        announce: { view: textView('ada unfollowed kvm.'), actions: [], to },
      });
    await people().command('U0ADA', 'D0ADA', '/unfollow', 'kvm');
    await running.fake.until('the channel’s word', () => running.seenBy('U0GUS', 'C0KVM').length === 1);
    const [word] = running.seenBy('U0GUS', 'C0KVM');
    expect(word === undefined ? '' : readMessage(word).text).toBe('ada unfollowed kvm.');
  });

  it('edits from the home: the new one first, then the old one ends', async () => {
    await home([kvmPlace]);
    await people().pressHome('U0ADA', 'home:more', 'edit:unfollow:7');
    const modal = await running.fake.until('the modal', () => people().modal('U0ADA'));
    expect(JSON.stringify(modal.view)).toContain('"initial_value":"kvm -kind:rfc"');
    await people().submit('U0ADA', { 'field:in-words': 'kvm' });
    await running.fake.until('the end of the old one', () => running.bot.pressed.length === 1);
    expect(running.bot.invocations).toMatchObject([
      { request: { command: 'follow', options: { what: 'kvm' } }, place: { address: 'C0KVM' } },
    ]);
    expect(running.bot.pressed).toMatchObject([{ id: 'unfollow:7' }]);
  });

  it('ends nothing where an edit is sent as it was opened', async () => {
    await home([kvmPlace]);
    await people().pressHome('U0ADA', 'home:more', 'edit:unfollow:7');
    await running.fake.until('the modal', () => people().modal('U0ADA'));
    await people().submit('U0ADA', { 'field:in-words': 'kvm -kind:rfc', 'field:bots': [] });
    await running.fake.until(
      'the home again',
      () => running.fake.world.log.filter((one) => one.what === 'views.publish').length === 2,
    );
    expect(running.bot.invocations).toHaveLength(1);
    expect(running.bot.pressed).toEqual([]);
  });

  it('keeps to a home’s hundred blocks', async () => {
    const follow = kvmPlace.follows[0];
    if (follow === undefined) throw new Error('no follow');
    const many = Array.from({ length: 30 }, (_, i) => ({ ...follow, unfollow: `unfollow:${i}` }));
    await home(Array.from({ length: 20 }, () => ({ ...kvmPlace, follows: many })));
    expect(homeText().text).toContain('This is not all');
  });
});
