import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelName, FoundChannel } from '../../../src/digest/ports/chat-bot.js';
import { schemaProblems } from '../../fakes/slack/validate.js';
import { type Kind, type RunningSlack, runSlack } from './running-slack.js';
import { answerOf } from './scripted-bot.js';

const named = (id: string, name = ''): ChannelName => ({ id, name });

describe.each<Kind>(['socket', 'http'])('another channel that a request names, over %s', (kind) => {
  let running: RunningSlack;
  let found: FoundChannel | undefined;
  beforeEach(async () => {
    running = await runSlack(kind);
  });
  afterEach(() => running.close());

  /** Asks for a channel as a person, in a channel where the app is. */
  const find = async (user: string, channel: ChannelName): Promise<FoundChannel | undefined> => {
    found = undefined;
    const before = running.bot.invocations.length;
    running.bot.answers = async ({ findChannel }) => {
      found = await findChannel?.(channel);
      return answerOf('Asked.');
    };
    await running.fake.people.command(user, 'C0KVM', '/following', '');
    await running.fake.until(
      'the question',
      () => running.bot.invocations.length > before && found !== undefined,
    );
    return found;
  };

  it('is found with its name, and what the person may do there', async () => {
    expect(await find('U0ADA', named('C0MM', 'mm'))).toEqual({
      kind: 'found',
      place: { platform: 'slack', tenant: 'T0ONE', address: 'C0MM', kind: 'channel', name: '#mm' },
      requester: expect.objectContaining({ id: 'U0ADA', rights: 'manager' }) as object,
      cannotPost: null,
    });
    expect(await find('U0GUS', named('C0MM', 'mm'))).toMatchObject({ requester: { rights: 'guest' } });
  });

  it.each([
    ['that both are in', 'C0CORE', 'found'],
    ['that the person is not in', 'C0STAFF', 'problem'],
    ['that the app is not in', 'C0SECRET', 'problem'],
    ['of another workspace', 'C0TWO', 'problem'],
    ['that there is not', 'C0NONE', 'problem'],
    ['that is a conversation', 'D0ADA', 'problem'],
  ])('%s, by its id: %s: %s', async (_, id, kindOfAnswer) => {
    expect(await find('U0ADA', named(id))).toMatchObject({ kind: kindOfAnswer });
  });

  it('reads the same where there is none and where the person is not in it', async () => {
    expect(await find('U0ADA', named('C0STAFF'))).toEqual(await find('U0ADA', named('C0NONE')));
  });

  it.each([
    [
      'C0OUT',
      'I can’t post in #random: I’m not a member.',
      'Run /invite @covernote in #random, then try again.',
    ],
    ['C0OLD', '#old is archived.', 'Unarchive it, or choose another channel.'],
  ])('says what keeps the app from posting in %s', async (id, message, remedy) => {
    expect(await find('U0ADA', named(id))).toMatchObject({ kind: 'found', cannotPost: { message, remedy } });
  });

  it('is requested by an id: a bare name is no channel to Slack', async () => {
    expect(await find('U0ADA', { id: null, name: 'mm' })).toMatchObject({
      kind: 'problem',
      message: expect.stringContaining('#mm') as string,
    });
  });

  it('is no trouble where Slack does not answer', async () => {
    running.fake.faults.failNext('conversations.info', { kind: 'error', error: 'internal_error' });
    expect(await find('U0ADA', named('C0MM'))).toMatchObject({
      kind: 'problem',
      remedy: 'Try again in a moment.',
    });
  });

  it('is chosen in the form too', async () => {
    const { people } = running.fake;
    await people.command('U0ADA', 'C0KVM', '/follow', '');
    const modal = await running.fake.until('the modal', () => people.modal('U0ADA'));
    expect(schemaProblems('modal', modal.view)).toEqual([]);
    expect(JSON.stringify(modal.view)).toContain('"conversations_select"');
    await people.submit('U0ADA', { 'field:what': ['kvm'], 'field:in': 'C0MM' });
    await running.fake.until('the question', () => running.bot.invocations.length === 1);
    expect(running.bot.invocations).toMatchObject([{ request: { options: { what: 'kvm', in: 'C0MM' } } }]);
  });
});
