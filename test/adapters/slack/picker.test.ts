import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Suggestion } from '../../../src/digest/ports/chat-bot.js';
import { type Kind, type RunningSlack, runSlack } from './running-slack.js';
import { answerOf } from './scripted-bot.js';

const WHAT = 'field:what';

describe.each<Kind>(['socket', 'http'])('the picker of the follow form, over %s', (kind) => {
  let running: RunningSlack;
  let suggests: (typed: string) => readonly Suggestion[] = () => [];
  const requests: object[] = [];
  beforeEach(async () => {
    requests.length = 0;
    running = await runSlack(kind);
    running.bot.suggest = async (request) => {
      requests.push(request);
      return suggests(request.typed);
    };
    await running.fake.people.command('U0ADA', 'C0KVM', '/follow', '');
    await running.fake.until('the modal', () => running.fake.people.modal('U0ADA'));
  });
  afterEach(() => running.close());

  const options = async (typed: string) => {
    const { body } = await running.fake.people.suggest('U0ADA', WHAT, typed);
    const given = body.options as { text: { type: string; text: string }; value: string }[];
    return given.map(({ text, value }) => [text.text, value]);
  };

  it('suggests what the command itself would, for this person and place', async () => {
    suggests = () => [
      { label: 'kvm · KVM', value: 'kvm' },
      { label: 'kind: such as kind:rfc', value: 'kind:' },
    ];
    // What only begins a filter cannot be typed on; what was typed can be taken as it is.
    expect(await options('k')).toEqual([
      ['kvm · KVM', 'kvm'],
      ['“k”, as typed', 'k'],
    ]);
    expect(requests).toMatchObject([
      {
        command: 'follow',
        option: 'what',
        typed: 'k',
        place: { address: 'C0KVM' },
        requester: { id: 'U0ADA' },
      },
    ]);
  });

  it.each([
    ['nothing', '', []],
    ['what is suggested already', 'kvm', [['KVM', 'kvm']]],
    [
      'all of the grammar',
      'kvm OR mm',
      [
        ['KVM', 'kvm'],
        ['“kvm OR mm”, as typed', 'kvm OR mm'],
      ],
    ],
    ['what is too long for a value', 'x'.repeat(151), [['KVM', 'kvm']]],
  ] as const)('offers what was typed beside: %s', async (_, typed, expected) => {
    suggests = (text) => (text === '' ? [] : [{ label: 'KVM', value: 'kvm' }]);
    expect(await options(typed)).toEqual(expected);
  });

  it('stays within what Slack takes, and offers nothing where the bot fails', async () => {
    suggests = () =>
      Array.from({ length: 130 }, (_, i) => ({ label: `${i} ${'x'.repeat(100)}`, value: `${i}` }));
    const many = await options('x');
    expect(many).toHaveLength(100);
    expect(many.every(([text = '']) => text.length <= 75)).toBe(true);
    suggests = () => {
      throw new Error('a bug');
    };
    expect(await options('')).toEqual([]);
  });

  it('gives all that was picked and typed as one line', async () => {
    const filled = { [WHAT]: ['kvm -kind:rfc', 'mm'], 'field:in-words': 'author:jane@example.org' };
    await running.fake.people.submit('U0ADA', filled);
    await running.fake.until('the question', () => running.bot.invocations.length === 1);
    expect(running.bot.invocations).toMatchObject([
      { request: { options: { what: 'kvm -kind:rfc, mm, author:jane@example.org' } } },
    ]);
  });

  it('works without suggestions: an app made before them loads none, and takes words', async () => {
    running.bot.answers = () => answerOf('“kvmm”?', { kind: 'problem', option: 'what' });
    const ack = await running.fake.people.submit('U0ADA', { 'field:in-words': 'kvmm' });
    expect(ack.body).toEqual({ response_action: 'errors', errors: { 'in-words': '“kvmm”?' } });
  });
});
