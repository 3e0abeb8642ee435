import type { App } from '@slack/bolt';
import type { CommandSpec, FormSpec } from '../../digest/ports/command.js';
import { tenantOf } from './installations.js';
import { type FormState, formModal, keepPlace } from './modals.js';
import { placeOf } from './places.js';
import { type Act, onBehalf, openModal, requestContext, type Scene } from './scene.js';

/**
 * A slash command as a typed line. Its name may be another than ours, as the manifest was made (`/cn-follow`); any name that ends
 * in none of our words is `/covernote` itself.
 */
export function lineOf(commands: readonly CommandSpec[], command: string, text: string): string {
  const typed = command.replace(/^\//, '').toLowerCase();
  const own = commands.find(
    ({ name }) => typed === name || typed.endsWith(`-${name}`) || typed.endsWith(`_${name}`),
  );
  return `/${own?.name ?? 'covernote'} ${text}`;
}

/** Slash commands: acknowledged immediately, answered in private. */
export function onCommands(app: App, scene: Scene): void {
  app.command(/^\/[\w-]+$/, async ({ command, ack, context }) => {
    await ack();
    const tenant = tenantOf(context);
    const place = placeOf(tenant, command.user_id, { id: command.channel_id, name: command.channel_name });
    const act: Act = {
      actor: { id: command.user_id, tenant, name: command.user_name },
      to: {
        place,
        user: command.user_id,
        responseUrl: command.response_url,
        channel: command.channel_id,
        threadTs: null,
      },
    };
    const line = lineOf(scene.bot.commands, command.command, command.text ?? '');
    await onBehalf(scene, act, 'command', async () => {
      const empty = scene.bot.emptyForm(line);
      if (empty !== null && (await openForm(scene, act, empty, command.trigger_id))) return;
      const answer = await scene.bot.answer({
        request: { kind: 'typed', line },
        ...(await requestContext(scene, act)),
      });
      await scene.replies.answer(act.to, answer);
    });
  });
}

/** Opens the modal of a form; false if it could not, so that the words are requested in another way. */
export async function openForm(
  scene: Scene,
  { actor, to }: Act,
  { command, form }: { readonly command: CommandSpec; readonly form: FormSpec },
  triggerId: string,
  more: { readonly initial?: Readonly<Record<string, string>>; readonly instead?: FormState['instead'] } = {},
): Promise<boolean> {
  const requester = await scene.requesters.of(actor);
  const state: FormState = {
    command: command.name,
    form: form.name,
    place: keepPlace(to.place),
    responseUrl: to.responseUrl,
    channel: to.channel,
    instead: more.instead ?? null,
  };
  const named = { command: command.name, form: form.name };
  const values = await scene.bot.formValues(named, { requester, place: to.place });
  const initial = { ...values, ...more.initial };
  return openModal(scene, actor.tenant, triggerId, formModal(command, form, state, requester, initial));
}
