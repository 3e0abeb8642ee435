import { createClients } from '../../../src/adapters/slack/clients.js';
import { createSlackPlatform } from '../../../src/adapters/slack/platform.js';
import type { Address } from '../../../src/digest/ports/chat-platform.js';
import type { Log } from '../../../src/digest/ports/log.js';
import type { ChatWorld, PlatformFailure, StandingMessage } from '../../contract/chat-platform.js';
import { startFakeSlack } from '../../fakes/slack/fake-slack.js';
import type { Fault } from '../../fakes/slack/faults.js';
import { readMessage } from '../../fakes/slack/reading.js';
import { BOT_TOKENS, type FakeMessage, imOf } from '../../fakes/slack/world.js';

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Tokens of the fake's two workspaces. */
export const fakeTokens = {
  tokenFor: async (tenant: string) => (tenant === 'T0ONE' || tenant === 'T0TWO' ? BOT_TOKENS[tenant] : null),
};

export const channelAddress: Address = {
  platform: 'slack',
  tenant: 'T0ONE',
  address: 'C0KVM',
  kind: 'channel',
};
export const personAddress: Address = {
  platform: 'slack',
  tenant: 'T0ONE',
  address: 'U0ADA',
  kind: 'person',
};

const METHODS = {
  send: ['chat.postMessage'],
  find: ['conversations.history', 'conversations.replies'],
  edit: ['chat.update'],
} as const;

function faultOf(failure: PlatformFailure): Fault {
  switch (failure.kind) {
    case 'before':
      return { kind: 'before' };
    case 'reply-lost':
      return { kind: 'lost' };
    case 'slow':
      return { kind: 'slow' };
    case 'internal-error':
      return { kind: 'error', error: 'internal_error' };
    case 'rate-limited':
      return { kind: 'http-429', retryAfterSec: failure.delayMs / 1000 };
    case 'forbidden':
      return { kind: 'error', error: 'not_in_channel' };
    case 'gone':
      return { kind: 'error', error: 'channel_not_found' };
    case 'closed':
      return { kind: 'error', error: 'messages_tab_disabled' };
    case 'invalid':
      return { kind: 'error', error: 'invalid_blocks' };
    default:
      return failure satisfies never;
  }
}

function standingOf(message: FakeMessage): StandingMessage {
  const payload = message.metadata?.event_payload as { key?: string } | undefined;
  return {
    messageId: message.ts,
    key: payload?.key ?? null,
    under: message.threadTs,
    ...readMessage(message),
  };
}

/** The real adapter against the fake Slack, as the contract suite wants it. */
export async function slackWorld(): Promise<ChatWorld> {
  const slack = await startFakeSlack();
  const clients = createClients(fakeTokens, { apiUrl: slack.apiUrl, timeoutMs: 3_000, log: silentLog });
  return {
    platform: createSlackPlatform(clients),
    channel: channelAddress,
    person: personAddress,
    async standing(at) {
      const channel = at.kind === 'channel' ? at.address : imOf(slack.world, at.tenant, at.address).id;
      return slack.world.messages.filter((message) => message.channel === channel).map(standingOf);
    },
    failNext(what, failure) {
      // Whichever way it looks: only the first is taken.
      const [first] = METHODS[what];
      slack.faults.failNext(first, faultOf(failure));
    },
    async close() {
      await slack.close();
      if (slack.world.problems.length > 0)
        throw new Error(`Slack would not have taken this:\n${[...new Set(slack.world.problems)].join('\n')}`);
    },
  };
}
