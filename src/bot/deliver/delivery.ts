import type { EndedSlot } from '../../adapters/store/chat/end-slot.js';
import type { ClaimedPart } from '../../adapters/store/chat/outbox-claim.js';
import type { Settlement } from '../../adapters/store/chat/settle-part.js';
import type { Log } from '../../digest/ports/log.js';
import { MINUTE_MS, toIso } from '../../digest/time/iso.js';
import { deliverEdits } from './deliver-edits.js';
import { type DeliverySetting, RETRIES } from './delivery-setting.js';
import { onLacking, onRefusedDigest } from './refused-place.js';
import { type Attempt, sendPart, timeAt } from './send-part.js';

export interface Delivery {
  /** Sends everything that is due now, until nothing is; returns how many tries that took. */
  turn(): Promise<number>;
  /** Takes turns from now on, until `stop`. */
  start(): void;
  wake(): void;
  /** Finishes what is being sent, releases what was not begun, and ends. */
  stop(): Promise<void>;
}

/** Longer than any call to a platform takes. */
const LEASE_MS = 2 * MINUTE_MS;
/** A chat that asks for a longer wait is tried again then; also how long a hold may last after the clock was set back. */
const LONGEST_HOLD_MS = RETRIES.longestRequestedMs * 1.5;
const CONCURRENCY = 16;
const SHORTEST_REST_MS = 500;
const LONGEST_REST_MS = 15_000;

export function createDelivery(setting: DeliverySetting): Delivery {
  const { outbox, log, now } = setting;
  const stopping = new AbortController();
  const held: Held = new Map();
  let nap = new AbortController();
  let running: Promise<void> = Promise.resolve();
  let turning: Promise<number> | null = null;

  const turn = async (): Promise<number> => {
    const recovered = await outbox.recover(toIso(now()));
    if (recovered > 0) log.warn({ count: recovered }, 'delivery.recovered');
    for (const slot of await outbox.expire(toIso(now()))) noteEnd(setting, slot);
    const tries = await sendAll(setting, held, stopping.signal);
    const edits = await deliverEdits(setting, stopping.signal);
    setting.metrics.depth(await outbox.depth());
    return tries + edits;
  };

  const loop = async (): Promise<void> => {
    let restMs = SHORTEST_REST_MS;
    while (!stopping.signal.aborted) {
      nap = new AbortController();
      try {
        turning = turn();
        restMs = (await turning) > 0 ? SHORTEST_REST_MS : Math.min(restMs * 2, LONGEST_REST_MS);
      } catch (error) {
        log.error({ error }, 'delivery.turn_failed');
        restMs = LONGEST_REST_MS;
      }
      if (stopping.signal.aborted) return;
      await setting.sleep(restMs, AbortSignal.any([nap.signal, stopping.signal]));
      if (nap.signal.aborted) restMs = SHORTEST_REST_MS;
    }
  };

  return {
    turn,
    start: () => {
      running = loop();
    },
    wake: () => nap.abort(),
    async stop() {
      stopping.abort();
      await turning?.catch(() => undefined);
      await running;
    },
  };
}

/** Until when a chat takes nothing from us at all (milliseconds since 1970). */
type Held = Map<string, number>;

/** Messages of one kind that are under way, and those claimed with them that wait for a lane. */
interface Lanes {
  readonly width: number;
  readonly under: Set<Promise<void>>;
  waiting: ClaimedPart[];
}

/** Keeps the lanes filled until nothing can be claimed any more. */
async function sendAll(setting: DeliverySetting, held: Held, stop: AbortSignal): Promise<number> {
  const total = setting.concurrency ?? CONCURRENCY;
  const lanesOf = (share: number): Lanes => ({
    width: Math.max(1, Math.floor(total * share)),
    under: new Set(),
    waiting: [],
  });
  const fresh = lanesOf(0.75);
  const again = lanesOf(0.25);
  const failures: unknown[] = [];
  let tries = 0;
  while (!stop.aborted && failures.length === 0) {
    for (const part of await claim(setting, held, partsToClaim(fresh), partsToClaim(again)))
      (part.again ? again : fresh).waiting.push(part);
    for (const lanes of [fresh, again])
      while (lanes.under.size < lanes.width) {
        const part = lanes.waiting.shift();
        if (part === undefined) break;
        tries++;
        const work: Promise<void> = sendOne(setting, held, part, stop)
          .catch((error: unknown) => void failures.push(error))
          .finally(() => lanes.under.delete(work));
        lanes.under.add(work);
      }
    if (fresh.under.size + again.under.size === 0) break;
    await Promise.race([...fresh.under, ...again.under]);
  }
  await Promise.all([...fresh.under, ...again.under]);
  for (const part of [...fresh.waiting, ...again.waiting])
    await setting.outbox.release(part.id, part.attempts, part);
  if (failures.length > 0) throw failures[0];
  return tries;
}

function isHeld(held: Held, name: string, nowMs: number): boolean {
  const until = held.get(name) ?? 0;
  return until > nowMs && until <= nowMs + LONGEST_HOLD_MS;
}

/** Claiming costs a look at everything that is due: it is done for several at a time. */
function partsToClaim({ width, under, waiting }: Lanes): number {
  return waiting.length > 0 || under.size === width ? 0 : 2 * width - under.size;
}

function claim(
  { outbox, platforms, now }: DeliverySetting,
  held: Held,
  fresh: number,
  again: number,
): Promise<ClaimedPart[]> {
  const free = platforms.filter(({ name }) => !isHeld(held, name, now()));
  return outbox.claim({
    now: toIso(now()),
    leaseUntil: toIso(now() + LEASE_MS),
    platforms: free.map(({ name }) => name),
    chatTimes: new Map(free.map((platform) => [platform.name, toIso(timeAt(platform, now))])),
    fresh,
    again,
  });
}

async function sendOne(
  setting: DeliverySetting,
  held: Held,
  part: ClaimedPart,
  stop: AbortSignal,
): Promise<void> {
  const { outbox, log, metrics } = setting;
  const platform = setting.platforms.find((candidate) => candidate.name === part.to.platform);
  const startedMs = setting.now();
  // It waited so long to be sent that its lease might end meanwhile.
  const isLate = startedMs > Date.parse(part.leaseUntil) - LEASE_MS / 2;
  if (platform === undefined || stop.aborted || isLate || isHeld(held, part.to.platform, startedMs))
    return outbox.release(part.id, part.attempts, part);
  const attempt = await sendPart(setting, platform, part);
  if (attempt.holdMs !== undefined)
    held.set(platform.name, setting.now() + Math.min(attempt.holdMs, LONGEST_HOLD_MS));
  metrics.sent(part.to.platform, attempt.settlement.kind, (setting.now() - startedMs) / 1000);
  const names = {
    part: part.id,
    slot: part.slotId,
    destination: part.destinationId,
    attempts: part.attempts,
  };
  if (attempt.bug !== null) log.error({ ...names, error: attempt.bug }, 'message.send_failed');
  const ended = await outbox.settle(part.id, part.attempts, attempt.settlement);
  logAttempt(log, names, attempt);
  if (attempt.lacking !== undefined) await onLacking(setting, part, attempt.lacking);
  if (ended === null) return;
  noteEnd(setting, ended);
  if (attempt.refusal !== null) await onRefusedDigest(setting, ended, attempt.refusal);
}

function logAttempt(log: Log, names: Readonly<Record<string, unknown>>, { settlement }: Attempt): void {
  const kind: Settlement['kind'] = settlement.kind;
  if (kind === 'sent') log.debug(names, 'message.sent');
  else
    log.warn(
      { ...names, outcome: kind, problem: 'problem' in settlement ? settlement.problem : null },
      'message.not_sent',
    );
}

function noteEnd({ log, metrics }: DeliverySetting, ended: EndedSlot): void {
  const names = { slot: ended.slotId, destination: ended.destinationId };
  if (ended.kind === 'now') {
    if (ended.state !== 'sent') log.warn({ ...names, state: ended.state }, 'news.left_to_digest');
    return;
  }
  metrics.digest(ended.state);
  if (ended.state === 'sent') log.info(names, 'digest.sent');
  else log.warn({ ...names, state: ended.state }, 'digest.incomplete');
}
