import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClients } from '../../../src/adapters/slack/clients.js';
import { createSlackPlatform } from '../../../src/adapters/slack/platform.js';
import type { ChatPlatform, Post } from '../../../src/digest/ports/chat-platform.js';
import { textView } from '../../contract/chat-views.js';
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/fake-slack.js';
import type { Fault } from '../../fakes/slack/faults.js';
import { channelAddress, fakeTokens, personAddress, silentLog } from './slack-world.js';

const post: Post = {
  key: 'key',
  to: channelAddress,
  under: null,
  view: textView('hello'),
  actions: [],
  silent: true,
};
const error = (code: string, more: object = {}): Fault => ({ kind: 'error', error: code, more: { ...more } });

describe('what Slack says to a message', () => {
  let fake: FakeSlack;
  let platform: ChatPlatform;
  const platformWithin = (timeoutMs: number): ChatPlatform =>
    createSlackPlatform(createClients(fakeTokens, { apiUrl: fake.apiUrl, timeoutMs, log: silentLog }));
  beforeAll(async () => {
    fake = await startFakeSlack();
    platform = platformWithin(60_000);
  });
  beforeEach(() => fake.faults.clear());
  afterAll(() => fake.close());

  it.each<[Fault, string, string]>([
    [error('not_in_channel'), 'forbidden', 'Run `/invite @covernote` in #kvm.'],
    [error('is_archived'), 'forbidden', 'Unarchive #kvm'],
    [error('channel_not_found'), 'gone', 'run `/invite @covernote` in #kvm, then `/digest now`'],
    [
      error('missing_scope', { needed: 'chat:write', provided: 'commands' }),
      'forbidden',
      'covernote slack manifest',
    ],
    [error('token_revoked'), 'gone', 'Install covernote again'],
    [error('account_inactive'), 'gone', 'Install covernote again'],
    [error('invalid_auth'), 'forbidden', 'copy the bot token (xoxb-) again'],
    [error('restricted_action'), 'forbidden', 'A manager of #kvm can let apps post'],
    [error('messages_tab_disabled'), 'closed', 'allow its messages'],
    [error('user_not_found'), 'gone', 'Someone else'],
    [error('msg_too_long'), 'invalid', 'Please report it'],
    [error('some_code_of_tomorrow'), 'invalid', 'Please report it'],
  ])('%j is refused as %s: %s', async (fault, reason, remedy) => {
    fake.faults.failNext('chat.postMessage', fault);
    expect(await platform.send(post)).toMatchObject({
      kind: 'refused',
      reason,
      remedy: expect.stringContaining(remedy) as string,
    });
  });

  it.each<[Fault, number]>([
    [{ kind: 'http-429', retryAfterSec: 7 }, 7000],
    [{ kind: 'http-429', retryAfterSec: null }, 30_000],
    [{ kind: 'http-429', retryAfterSec: 0 }, 30_000],
    [error('ratelimited'), 30_000],
    [error('rate_limited'), 30_000],
    [error('message_limit_exceeded'), 30_000],
  ])('%j is tried again after %i ms', async (fault, delayMs) => {
    fake.faults.failNext('chat.postMessage', fault);
    expect(await platform.send(post)).toMatchObject({ kind: 'retryAfter', delayMs });
  });

  it.each<[Fault]>([
    [error('internal_error')],
    [error('fatal_error')],
    [error('service_unavailable')],
    [{ kind: 'http-500' }],
    [{ kind: 'before' }],
    [{ kind: 'lost' }],
    [{ kind: 'slow' }],
    [{ kind: 'page' }],
  ])('%j is unclear, and is requested once', async (fault) => {
    const before = fake.world.log.length;
    fake.faults.failNext('chat.postMessage', fault);
    // Short only where a time-out is what is tested.
    const asking = fault.kind === 'slow' ? platformWithin(3_000) : platform;
    expect(await asking.send(post)).toMatchObject({ kind: 'unclear' });
    const sends = fake.world.log.slice(before).filter((one) => one.what === 'chat.postMessage');
    expect(sends).toHaveLength(1);
  });

  it('goes without its picture where Slack cannot fetch that, and is refused where that is not why', async () => {
    const picture = { url: 'https://covernote.example.org/s/mm/weeks.png', alt: 'Weeks' };
    const shown = { ...post, view: { ...post.view, picture } };
    const before = fake.world.log.length;
    const sends = () => fake.world.log.slice(before).filter((one) => one.what === 'chat.postMessage').length;
    fake.faults.failNext('chat.postMessage', error('invalid_blocks'));
    expect(await platform.send(shown)).toMatchObject({ kind: 'sent' });
    expect(sends()).toBe(2);
    fake.faults.failNext('chat.postMessage', error('invalid_blocks'), 2);
    expect(await platform.send(shown)).toMatchObject({ kind: 'refused', reason: 'invalid' });
    fake.faults.failNext('chat.postMessage', error('is_archived'));
    expect(await platform.send(shown)).toMatchObject({ kind: 'refused', reason: 'forbidden' });
    fake.faults.failNext('chat.postMessage', error('internal_error'));
    expect(await platform.send(shown)).toMatchObject({ kind: 'unclear' });
    expect(sends()).toBe(6);
  });

  it('is certainly not posted where nobody could be reached', async () => {
    const closed = await startFakeSlack();
    await closed.close();
    const nobody = createClients(fakeTokens, {
      apiUrl: closed.apiUrl,
      timeoutMs: 3_000,
      log: silentLog,
    });
    expect(await createSlackPlatform(nobody).send(post)).toMatchObject({ kind: 'retryAfter' });
  });

  it('is certainly not posted where the conversation could not be opened', async () => {
    fake.faults.failNext('conversations.open', { kind: 'lost' });
    expect(await platform.send({ ...post, to: personAddress })).toMatchObject({ kind: 'retryAfter' });
  });

  it('needs no membership to tell a real channel from one that is not there', async () => {
    const to = (address: string) => ({ ...post, to: { ...channelAddress, address } });
    expect(await platform.send(to('C0OUT'))).toMatchObject({
      reason: 'forbidden',
      remedy: 'Run `/invite @covernote` in #random.',
    });
    expect(await platform.send(to('C0SECRET'))).toMatchObject({ reason: 'gone' });
    expect(await platform.send(to('C0TWO'))).toMatchObject({ reason: 'gone' });
  });

  it('looks for the newest first, and gives up with a word rather than a guess', async () => {
    fake.faults.failNext('conversations.history', error('missing_scope', { needed: 'channels:history' }));
    expect(await platform.find({ ...post, since: '2020-01-01T00:00:00Z' })).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('channels:history') as string,
    });
  });
});
