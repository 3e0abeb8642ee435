import type { App } from '@slack/bolt';
import type { Suggestion } from '../../digest/ports/chat-bot.js';
import { tenantOf } from './installations.js';
import { LIMITS } from './limits.js';
import { describeError } from './log.js';
import { FIELD } from './modal-fields.js';
import { readState } from './on-form.js';
import { plain } from './render-actions.js';
import type { Scene } from './scene.js';

/** Slack shows an error after three seconds. */
const SUGGEST_WITHIN_MS = 2_000;

/** What is typed into a field of a form that has suggestions. What was typed can always be picked as it is. */
export function onSuggestions(app: App, scene: Scene): void {
  app.options(new RegExp(`^${FIELD}`), async ({ ack, body, options, context }) => {
    const typed = options.value;
    const option = options.action_id.slice(FIELD.length);
    const late = new Promise<readonly Suggestion[]>((resolve) => {
      setTimeout(() => resolve([]), SUGGEST_WITHIN_MS).unref();
    });
    const suggestions = suggestFor(scene, {
      metadata: body.view?.private_metadata ?? '',
      actor: { id: body.user.id, tenant: tenantOf(context), name: body.user.name },
      option,
      typed,
    });
    await ack({ options: optionsOf(await Promise.race([suggestions, late]), typed) });
  });
}

interface SuggestionRequest {
  readonly metadata: string;
  readonly actor: { readonly id: string; readonly tenant: string; readonly name: string };
  readonly option: string;
  readonly typed: string;
}

async function suggestFor(
  { bot, requesters, log }: Scene,
  { metadata, actor, option, typed }: SuggestionRequest,
): Promise<readonly Suggestion[]> {
  const state = readState(metadata);
  if (state === null) return [];
  const place = { platform: 'slack', ...state.place, tenant: actor.tenant } as const;
  try {
    const requester = await requesters.of(actor);
    return await bot.suggest({ command: state.command, option, typed, requester, place });
  } catch (error) {
    log.warn({ error: describeError(error) }, 'command.suggest_failed');
    return [];
  }
}

/** A value that ends in a colon is only the beginning of one, and cannot be typed on once it is picked. */
function optionsOf(found: readonly Suggestion[], typed: string) {
  const whole = found.filter(({ value }) => !value.endsWith(':') && value.length <= LIMITS.optionValue);
  const asTyped = typed.trim();
  const isThere = asTyped === '' || whole.some(({ value }) => value === asTyped);
  const own = { label: `“${asTyped}”, as typed`, value: asTyped };
  const all = isThere || asTyped.length > LIMITS.optionValue ? whole : [...whole, own];
  return all
    .slice(0, LIMITS.options)
    .map(({ label, value }) => ({ text: plain(label, LIMITS.optionText), value }));
}
