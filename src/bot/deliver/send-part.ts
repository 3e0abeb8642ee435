import type { ClaimedPart } from '../../adapters/store/chat/outbox-claim.js';
import type { Settlement } from '../../adapters/store/chat/settle-part.js';
import type {
  ChatPlatform,
  FindOutcome,
  Lacking,
  Post,
  Refusal,
  SendOutcome,
} from '../../digest/ports/chat-platform.js';
import { DAY_MS, MINUTE_MS, toIso } from '../../digest/time/iso.js';
import { retryDelayMs } from '../../digest/time/retry-delay.js';
import { type DeliverySetting, RETRIES } from './delivery-setting.js';
import { threadTitle, topicOf } from './thread-title.js';

export interface Attempt {
  readonly settlement: Settlement;
  /** The platform's own words, where it refused. */
  readonly refusal: Refusal | null;
  /** It is posted, without something that a person can allow. */
  readonly lacking?: Lacking;
  /** How long the chat accepts nothing from us, to any place (milliseconds). */
  readonly holdMs?: number;
  /** What a platform threw, which it never may. */
  readonly bug: unknown;
}

/** A request may still be under way inside the platform when we have given up on it: it is looked for only after this time. */
const LOOK_AFTER_MS = 20_000;
/** Both ways take time, and the clock of a chat that reports no time may differ from ours: the search for a message begins so much earlier. */
const CLOCKS_DIFFER_MS = 10 * MINUTE_MS;
/** Of the time in which the platform promises to know a key, what we rely on. */
const PROMISE_KEPT = 0.8;
/** After this long without knowing whether it was posted, its revisions are posted again rather than never. */
const GIVE_UP_AFTER_MS = 7 * DAY_MS;

/**
 * One try with a claimed message: it is sent, or, where it may have been posted already, searched for. It is never sent a second time unless
 * the platform recognizes the key, or says that no message has it.
 */
export async function sendPart(
  setting: DeliverySetting,
  platform: ChatPlatform,
  part: ClaimedPart,
): Promise<Attempt> {
  try {
    return part.firstTriedAt === null
      ? await send(setting, platform, part, false)
      : await resolve(setting, platform, part, part.firstTriedAt);
  } catch (bug) {
    return { ...later(setting, part, 'the chat could not be queried', true, LOOK_AFTER_MS), bug };
  }
}

/** For a message that may have been posted already. */
async function resolve(
  setting: DeliverySetting,
  platform: ChatPlatform,
  part: ClaimedPart,
  firstTriedAt: string,
): Promise<Attempt> {
  const nowMs = timeAt(platform, setting.now);
  const isOver = part.staleAt !== null && setting.now() >= Date.parse(part.staleAt);
  const triedMs = Date.parse(firstTriedAt);
  const { find } = platform.capabilities;
  const idempotentMs = await repeatsDetectedMs(platform, part);
  // A slot that is over is only looked at, unless sending is the only way to look.
  if (nowMs < triedMs + idempotentMs * PROMISE_KEPT && !(isOver && find))
    return send(setting, platform, part, true);
  if (!find)
    return isOver ? stale(setting, 'unknown whether it was posted') : waitForEnd(setting, part, triedMs);
  const found = await look(setting, platform, part, triedMs);
  switch (found.kind) {
    case 'found':
      return sent(setting, part, found);
    case 'absent':
      return isOver ? stale(setting, 'it could not be sent in time') : send(setting, platform, part, false);
    case 'unknown':
      if (
        nowMs - triedMs > GIVE_UP_AFTER_MS &&
        setting.now() - Date.parse(part.staleAt ?? firstTriedAt) > GIVE_UP_AFTER_MS
      )
        return stale(setting, 'unknown for a week whether it was posted');
      return later(setting, part, found.message, true, LOOK_AFTER_MS);
    default:
      return found satisfies never;
  }
}

/** For how long the platform detects a repeated message where this one goes. */
async function repeatsDetectedMs(
  { capabilities, detectsRepeats }: ChatPlatform,
  part: ClaimedPart,
): Promise<number> {
  const { idempotentMs } = capabilities;
  if (idempotentMs === 0 || detectsRepeats === undefined) return idempotentMs;
  return (await detectsRepeats({ to: part.to, under: underOf(part) })) ? idempotentMs : 0;
}

/** The time at a chat: its own where it reports one, else ours. */
export function timeAt(platform: Pick<ChatPlatform, 'time'>, now: () => number): number {
  return platform.time() ?? now();
}

/** Looks for a message that was first tried at a moment of the chat's time. */
async function look(
  { now }: DeliverySetting,
  platform: ChatPlatform,
  part: ClaimedPart,
  triedMs: number,
): Promise<FindOutcome> {
  const query = { key: part.postKey, to: part.to, under: underOf(part) };
  const findSince = (ms: number) => platform.find({ ...query, since: toIso(ms - CLOCKS_DIFFER_MS) });
  const knew = platform.time() !== null;
  const found = await findSince(Math.min(triedMs, timeAt(platform, now)));
  const theirsMs = platform.time();
  if (found.kind !== 'absent' || knew || theirsMs === null) return found;
  // Its very first answer reported its time: the try was written down by our clock, which may be ahead of it.
  const aheadMs = now() - theirsMs;
  return aheadMs > 0 ? findSince(triedMs - aheadMs) : found;
}

/** `mayStand`: an earlier try may have posted it. */
async function send(
  setting: DeliverySetting,
  platform: ChatPlatform,
  part: ClaimedPart,
  mayStand: boolean,
): Promise<Attempt> {
  const { view, actions } = setting.show(part.content);
  const outcome: SendOutcome = await platform.send({
    key: part.postKey,
    to: part.to,
    under: underOf(part),
    view,
    actions,
    topic: topicOf(part.content, part.zone),
    content: part.content,
    silent: part.silent,
  });
  switch (outcome.kind) {
    case 'sent': {
      const { lacking } = outcome;
      return { ...sent(setting, part, outcome), ...(lacking === undefined ? {} : { lacking }) };
    }
    case 'unclear': {
      const again = (await repeatsDetectedMs(platform, part)) > 0 ? 0 : LOOK_AFTER_MS;
      return later(setting, part, outcome.message, true, again);
    }
    case 'retryAfter': {
      const { delayMs, isNamed } = outcome;
      const waits = later(setting, part, outcome.message, mayStand, delayMs, isNamed);
      return outcome.everywhere === true ? { ...waits, holdMs: outcome.delayMs } : waits;
    }
    case 'refused': {
      // It is refused now; that says nothing of the try before.
      if (mayStand && outcome.reason !== 'invalid')
        return { ...later(setting, part, outcome.message, true, LOOK_AFTER_MS), refusal: outcome };
      const { reason, message, remedy } = outcome;
      // Kept with what to do: /digest status and /digest now say both.
      const problem = `${message} ${remedy}`.trim();
      const settlement = { kind: 'refused', reason, problem, at: toIso(setting.now()) } as const;
      return { settlement, refusal: outcome, bug: null };
    }
    default:
      return outcome satisfies never;
  }
}

function underOf(part: ClaimedPart): Post['under'] {
  if (part.under === null) return null;
  return { messageId: part.under, title: threadTitle(part.content, part.zone) };
}

function sent(
  setting: DeliverySetting,
  { content, zone }: ClaimedPart,
  { messageId, unlabelled }: { readonly messageId: string; readonly unlabelled?: true },
): Attempt {
  const isUnset = unlabelled === true && topicOf(content, zone).label !== null;
  const label = isUnset ? { unlabelled } : {};
  const settlement = { kind: 'sent', messageId, at: toIso(setting.now()), ...label } as const;
  return { settlement, refusal: null, bug: null };
}

function stale(setting: DeliverySetting, problem: string): Attempt {
  return { settlement: { kind: 'stale', problem, at: toIso(setting.now()) }, refusal: null, bug: null };
}

/** The chat can't be queried any more: what is left is to include it in the next digest. */
function waitForEnd(setting: DeliverySetting, part: ClaimedPart, triedMs: number): Attempt {
  const problem = 'unknown whether it was posted';
  if (part.staleAt === null)
    return setting.now() - triedMs > GIVE_UP_AFTER_MS
      ? stale(setting, problem)
      : later(setting, part, problem, true, RETRIES.longestRequestedMs);
  const at = toIso(setting.now());
  const notBefore = toIso(Math.min(Date.parse(part.staleAt), setting.now() + RETRIES.longestRequestedMs));
  return {
    settlement: { kind: 'later', unclear: true, notBefore, problem, at },
    refusal: null,
    bug: null,
  };
}

function later(
  setting: DeliverySetting,
  part: ClaimedPart,
  problem: string,
  unclear: boolean,
  requestedMs: number,
  isNamed = false,
): Attempt {
  const tried = { failures: part.attempts, requestedMs, isNamed, random: setting.random() };
  const delayMs = retryDelayMs(RETRIES, tried);
  // Whole seconds, never earlier than requested.
  const notBefore = toIso(Math.ceil((setting.now() + delayMs) / 1000) * 1000);
  return {
    settlement: { kind: 'later', unclear, notBefore, problem, at: toIso(setting.now()) },
    refusal: null,
    bug: null,
  };
}
