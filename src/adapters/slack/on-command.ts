import type { App } from '@slack/bolt';
import { parseLine } from '../../digest/command/parse-line.js';
import type { Invocation } from '../../digest/ports/chat-bot.js';
import { type CommandName, commandNames } from '../../digest/ports/command.js';
import { tenantOf } from './installations.js';
import { type FormState, formModal, keepPlace } from './modals.js';
import { placeOf } from './places.js';
import { type Act, onBehalf, openModal, type Scene } from './scene.js';

/** What somebody asks for: a command with its words. */
export type Wanted = Pick<Invocation, 'command' | 'words'>;

/**
 * What a slash command means. Its name may be another than ours, as the manifest was made (`/cn-follow`); any name that ends in
 * none of our words is `/covernote` itself.
 */
export function wantedBy(command: string, text: string): Wanted {
  const name = command.replace(/^\//, '').toLowerCase();
  const own = commandNames.find(
    (one) => name === one || name.endsWith(`-${one}`) || name.endsWith(`_${one}`),
  );
  return wantedLine(own === undefined || own === 'covernote' ? text : `${own} ${text}`);
}

/** What a typed line means, `help` behind any command included. */
export function wantedLine(line: string): Wanted {
  const parsed = parseLine(`covernote ${line}`);
  // The bot knows what was near a word that is no command.
  if (parsed.kind === 'problem') return { command: 'covernote', words: line };
  const isHelp = /^(?:help|\?|-h|--help)$/i.test(parsed.words) && parsed.command !== 'covernote';
  return isHelp
    ? { command: 'covernote', words: `help ${parsed.command}` }
    : { command: parsed.command, words: parsed.words };
}

/** The form that a command without the words it needs is asked with; null where none is needed. */
function formWanted({ command, words }: Wanted): { command: CommandName; form: string } | null {
  if (command === 'follow' && words === '') return { command, form: '' };
  if (command === 'digest' && /^(?:at|schedule)$/i.test(words)) return { command, form: 'at' };
  return null;
}

/** Slash commands: acknowledged at once, answered in private. */
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
    const wanted = wantedBy(command.command, command.text ?? '');
    await onBehalf(scene, act, 'command', async () => {
      const asker = await scene.askers.of(act.actor);
      const form = formWanted(wanted);
      if (form !== null && (await openForm(scene, act, form, command.trigger_id))) return;
      await scene.replies.answer(act.to, await scene.bot.answer({ ...wanted, asker, place }));
    });
  });
}

/** Opens the modal of a form; false where it could not, so that the words are asked for in another way. */
export async function openForm(
  scene: Scene,
  { actor, to }: Act,
  wanted: { command: CommandName; form: string },
  triggerId: string,
  more: { readonly initial?: Readonly<Record<string, string>>; readonly instead?: FormState['instead'] } = {},
): Promise<boolean> {
  const spec = scene.bot.commands.find(({ name }) => name === wanted.command);
  const form = spec?.forms.find(({ name }) => name === wanted.form);
  if (spec === undefined || form === undefined) return false;
  const asker = await scene.askers.of(actor);
  const state: FormState = {
    command: spec.name,
    form: form.name,
    place: keepPlace(to.place),
    responseUrl: to.responseUrl,
    channel: to.channel,
    instead: more.instead ?? null,
  };
  return openModal(scene, actor.tenant, triggerId, formModal(spec, form, state, asker, more.initial));
}
