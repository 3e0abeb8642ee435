import type { App } from '@slack/bolt';
import type { Answer, Place } from '../../digest/ports/chat-bot.js';
import type { OptionValue } from '../../digest/ports/command.js';
import { tenantOf } from './installations.js';
import { blockOfOption, formValues } from './modal-fields.js';
import { FORM, type FormState, formOf, formStateSchema } from './modals.js';
import { cleanText } from './mrkdwn.js';
import { personPlace } from './places.js';
import { type Act, onBehalf, requestContext, type Scene } from './scene.js';

/** Slack waits three seconds for the word on a sent modal. */
const DECIDE_WITHIN_MS = 2300;
const ERROR_LENGTH = 900;

/** Sent modals: a problem is shown in the modal, which stays open; else it closes and the answer comes. */
export function onForms(app: App, scene: Scene): void {
  app.view(
    { callback_id: new RegExp(`^${FORM}`), type: 'view_submission' },
    async ({ ack, body, view, context }) => {
      const state = readState(view.private_metadata);
      const found = state === null ? null : formOf(scene.bot.commands, state);
      if (state === null || found === null) return ack();
      const tenant = tenantOf(context);
      const place: Place = { platform: 'slack', ...state.place, tenant };
      const act: Act = {
        actor: { id: body.user.id, tenant, name: body.user.name },
        to: {
          place,
          user: body.user.id,
          responseUrl: state.responseUrl,
          channel: state.channel,
          threadTs: null,
        },
      };
      const options = formValues(view.state.values);
      const { command, form } = state;
      const inputs = view.blocks.flatMap((block) => (block.type === 'input' ? [block.block_id ?? ''] : []));
      const request = { kind: 'options', command, form, options } as const;
      const answering = requestContext(scene, act).then((context) =>
        scene.bot.answer({ request, ...context }),
      );
      const early = await Promise.race([
        answering.catch(() => null),
        new Promise<null>((resolve) => setTimeout(() => resolve(null), DECIDE_WITHIN_MS).unref()),
      ]);
      // A problem with buttons and about no field is a question: it is sent as a message, where they can be pressed.
      const isQuestion = early?.option === undefined && (early?.actions.length ?? 0) > 0;
      if (early?.kind === 'problem' && !isQuestion) {
        const text = cleanText(early.view.fallback, ERROR_LENGTH, 'This was not understood.');
        return ack({ response_action: 'errors', errors: { [fieldOf(early.option, options, inputs)]: text } });
      }
      await ack();
      await onBehalf(scene, act, 'form', async () => finish(scene, act, state, options, await answering));
    },
  );
}

/** The field that a problem is shown at: that of the option that is wrong; the first where it is about none. */
function fieldOf(
  option: string | undefined,
  given: Readonly<Record<string, OptionValue>>,
  inputs: readonly string[],
): string {
  const wrong = option === undefined ? undefined : blockOfOption(option, given, inputs);
  return inputs.find((block) => block === wrong) ?? inputs[0] ?? 'what';
}

export function readState(metadata: string): FormState | null {
  try {
    const read = formStateSchema.safeParse(JSON.parse(metadata));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

async function finish(
  scene: Scene,
  act: Act,
  state: FormState,
  options: Readonly<Record<string, OptionValue>>,
  answer: Answer,
): Promise<void> {
  const { actor, to } = act;
  const requester = await scene.requesters.of(actor);
  const fromHome = state.channel === null;
  const { instead } = state;
  if (fromHome && answer.announce !== null) await scene.replies.announce(to, answer.announce);
  if (!fromHome) await scene.replies.answer(to, answer);
  if (instead !== null && answer.kind === 'done' && !isUnchanged(instead.words, options)) {
    const ended = await scene.bot.press({ id: instead.unfollow, value: null, requester, place: to.place });
    if (ended.announce !== null) await scene.replies.announce(to, ended.announce);
  }
  if (fromHome) await scene.publishHome(requester, personPlace(actor.tenant, actor.id), answer);
}

/** Sent as it was opened: what is followed and nothing else is filled in. */
function isUnchanged(words: string, options: Readonly<Record<string, OptionValue>>): boolean {
  const filled = Object.values(options).filter((value) => value !== false);
  return options.what === words && filled.length === 1;
}
