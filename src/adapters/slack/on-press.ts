import type { App, BlockAction } from '@slack/bolt';
import type { Place } from '../../digest/ports/chat-bot.js';
import { HOME, markedPlace } from './home.js';
import { tenantOf } from './installations.js';
import { formOf } from './modals.js';
import { openForm } from './on-command.js';
import { personPlace, placeOf } from './places.js';
import { CHOOSE, IDLE, PRESS } from './render-actions.js';
import { type Act, onBehalf, requestContext, type Scene } from './scene.js';

type PressedAction = BlockAction['actions'][number];

/** Presses of buttons and choices from lists, beneath messages and in the home. */
export function onPresses(app: App, scene: Scene): void {
  app.action({ type: 'block_actions', action_id: new RegExp(`^(?:${PRESS}|${CHOOSE})`) }, async (args) => {
    await args.ack();
    const pressed = pressOf(args.action);
    if (pressed === null) return;
    const act = actOf(args.body, tenantOf(args.context), args.action.block_id);
    await onBehalf(scene, act, 'press', () => press(scene, act, args.body, pressed));
  });
  app.action({ type: 'block_actions', action_id: new RegExp(`^${IDLE}`) }, ({ ack }) => ack());
  app.action(
    { type: 'block_actions', action_id: new RegExp(`^${HOME}`) },
    async ({ ack, body, action, context }) => {
      await ack();
      const act = actOf(body, tenantOf(context), action.block_id);
      await onBehalf(scene, act, 'home', () => pressHome(scene, act, body, action));
    },
  );
}

interface Pressed {
  readonly id: string;
  readonly value: string | null;
}

function pressOf(action: PressedAction): Pressed | null {
  if (action.type === 'button') return action.value === undefined ? null : { id: action.value, value: null };
  if (action.type === 'overflow') return { id: action.selected_option.value, value: null };
  if (action.type !== 'static_select' || !action.action_id.startsWith(CHOOSE)) return null;
  const id = action.action_id.slice(CHOOSE.length).replace(/^\d+:/, '');
  return { id, value: action.selected_option?.value ?? null };
}

/** Who pressed, where, and where the answer goes. */
function actOf(body: BlockAction, tenant: string, blockId: string): Act {
  const actor = { id: body.user.id, tenant, name: body.user.name ?? body.user.username };
  const channel = body.channel?.id ?? null;
  const place: Place =
    body.channel === undefined
      ? (markedPlace(blockId, tenant) ?? personPlace(tenant, body.user.id))
      : placeOf(tenant, body.user.id, body.channel);
  const threadTs: unknown = body.container.thread_ts;
  return {
    actor,
    to: {
      place,
      user: body.user.id,
      responseUrl: body.response_url || null,
      channel,
      threadTs: typeof threadTs === 'string' ? threadTs : null,
    },
  };
}

async function press(scene: Scene, act: Act, body: BlockAction, pressed: Pressed): Promise<void> {
  const context = await requestContext(scene, act);
  const { requester } = context;
  const answer = await scene.bot.press({ ...pressed, ...context });
  if (body.view?.type !== 'home') return scene.replies.answer(act.to, answer);
  const self = personPlace(requester.tenant, requester.id);
  await scene.publishHome(requester, self, answer);
  if (answer.announce !== null) await scene.replies.announce(act.to, answer.announce);
}

/** The home's own buttons: they open a modal, or end a follow. */
async function pressHome(scene: Scene, act: Act, body: BlockAction, action: PressedAction): Promise<void> {
  const { trigger_id: trigger } = body;
  if (action.type === 'overflow') {
    const [verb, ...rest] = (action.selected_option?.value ?? '').split(':');
    const unfollow = rest.join(':');
    if (verb === 'remove') return press(scene, act, body, { id: unfollow, value: null });
    const words = await followedWords(scene, act, unfollow);
    const instead = { unfollow, words };
    await openNamed(scene, act, 'follow', '', trigger, { initial: { what: words }, instead });
    return;
  }
  const isSchedule = action.action_id === `${HOME}schedule`;
  await (isSchedule
    ? openNamed(scene, act, 'digest', 'at', trigger)
    : openNamed(scene, act, 'follow', '', trigger));
}

async function openNamed(
  scene: Scene,
  act: Act,
  command: string,
  form: string,
  trigger: string,
  more: Parameters<typeof openForm>[4] = {},
): Promise<void> {
  const found = formOf(scene.bot.commands, { command, form });
  if (found !== null) await openForm(scene, act, found, trigger, more);
}

/** The words of a follow, by the button that ends it. */
async function followedWords(scene: Scene, { actor }: Act, unfollow: string): Promise<string> {
  const requester = await scene.requesters.of(actor);
  const { places } = await scene.bot.overview(requester, personPlace(actor.tenant, actor.id));
  return places.flatMap((one) => one.follows).find((follow) => follow.unfollow === unfollow)?.words ?? '';
}
