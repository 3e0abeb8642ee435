import type { DueEdit } from '../../adapters/store/chat/outbox-edits.js';
import { ownLocks, whileAlone } from '../../adapters/store/engine/locks.js';
import { toIso } from '../../digest/time/iso.js';
import { retryDelayMs } from '../../digest/time/retry-delay.js';
import { type DeliverySetting, RETRIES } from './delivery-setting.js';
import { topicOfEdit } from './thread-title.js';

const AT_ONCE = 4;
const BATCH = 20;
/** About a day and a half of trying: an outage is over by then. */
const TRIES = 120;

/**
 * Makes posted messages show what changed since, one batch each turn, so that new messages need not wait for them; returns how many were tried.
 */
export async function deliverEdits(setting: DeliverySetting, stop: AbortSignal): Promise<number> {
  if (stop.aborted) return 0;
  const names = setting.platforms.map((platform) => platform.name);
  const dueNow = (limit: number) => setting.outbox.dueEdits(toIso(setting.now()), names, limit);
  if ((await dueNow(1)).length === 0) return 0;
  const tried = await whileAlone(setting.locks ?? ownLocks, 'edits', async () =>
    editAll(setting, await dueNow(BATCH), stop),
  );
  return tried ?? 0;
}

async function editAll(
  setting: DeliverySetting,
  due: readonly DueEdit[],
  stop: AbortSignal,
): Promise<number> {
  for (let from = 0; from < due.length && !stop.aborted; from += AT_ONCE)
    await Promise.all(due.slice(from, from + AT_ONCE).map((edit) => editOne(setting, edit)));
  return due.length;
}

async function editOne(setting: DeliverySetting, edit: DueEdit): Promise<void> {
  const { outbox, log, metrics } = setting;
  const platform = setting.platforms.find((candidate) => candidate.name === edit.to.platform);
  if (platform === undefined || !platform.capabilities.edit) return outbox.endEdit(edit, null);
  const { view, actions } = setting.show(edit.content);
  const topic = await topicOfEdit(edit.content, () => outbox.isLastInThread(edit.id));
  const under = edit.under === null ? null : { messageId: edit.under, title: topic.title };
  const { to, messageId } = edit;
  const outcome = await platform.edit({ to, under, messageId, view, actions, topic });
  metrics.edited(edit.to.platform, outcome.kind);
  if (outcome.kind === 'edited') return outbox.endEdit(edit, null);
  log.debug({ part: edit.id, outcome: outcome.kind }, 'message.edit_failed');
  if (outcome.kind === 'refused' || edit.attempts >= TRIES) return outbox.endEdit(edit, outcome.message);
  const wait =
    outcome.kind === 'retryAfter' ? { requestedMs: outcome.delayMs, isNamed: outcome.isNamed === true } : {};
  const tried = { failures: edit.attempts + 1, random: setting.random(), ...wait };
  const delayMs = retryDelayMs(RETRIES, tried);
  return outbox.postponeEdit(
    edit,
    toIso(Math.ceil((setting.now() + delayMs) / 1000) * 1000),
    outcome.message,
  );
}
