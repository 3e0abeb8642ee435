import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { Place, Requester } from '../../digest/ports/chat-bot.js';
import type { CommandSpec, FormSpec } from '../../digest/ports/command.js';
import { LIMITS } from './limits.js';
import { inputsOf } from './modal-fields.js';
import { plain } from './render-actions.js';

/** Names our modals among those of other apps. */
export const FORM = 'form:';
export const formStateSchema = z.object({
  command: z.string(),
  form: z.string(),
  place: z.object({
    tenant: z.string(),
    address: z.string(),
    kind: z.enum(['channel', 'person']),
    name: z.string(),
  }),
  responseUrl: z.string().nullable(),
  channel: z.string().nullable(),
  /** The button that ends what is being edited, and what it was. */
  instead: z.object({ unfollow: z.string(), words: z.string() }).nullable(),
});
export type FormState = z.infer<typeof formStateSchema>;

/** A modal for one form of a command, with what is known filled in. */
export function formModal(
  spec: CommandSpec,
  form: FormSpec,
  state: FormState,
  requester: Requester,
  initial: Readonly<Record<string, string>> = {},
): types.ModalView {
  const inputs = form.options.flatMap((option) => inputsOf(option, initial[option.name] ?? '', requester));
  // What changes nothing in a place is for the user who opened it.
  const where = form.changes
    ? `${state.place.kind === 'person' ? 'For you, in private' : `For ${state.place.name || 'this channel'}`}. `
    : '';
  return {
    type: 'modal',
    callback_id: `${FORM}${spec.name}:${form.name}`,
    title: plain(TITLES[`${spec.name} ${form.name}`.trim()] ?? spec.name, LIMITS.modalTitle),
    submit: plain(
      // What is changed was there before, whatever the form is for otherwise.
      state.instead === null ? (SUBMITS[`${spec.name} ${form.name}`.trim()] ?? 'Save') : 'Save',
      LIMITS.modalLabel,
    ),
    close: plain('Cancel', LIMITS.modalLabel),
    private_metadata: metadataOf(state),
    blocks: [{ type: 'context', elements: [plain(`${where}${form.does}.`, LIMITS.contextText)] }, ...inputs],
  };
}

/** What a form does, on its button; the others save a setting. */
const SUBMITS: Readonly<Record<string, string>> = {
  follow: 'Follow',
  snooze: 'Snooze',
  'me add': 'Add',
  'me remove': 'Remove',
};

const TITLES: Readonly<Record<string, string>> = {
  follow: 'Follow',
  'digest at': 'When digests come',
  'digest layout': 'How digests look',
  snooze: 'Snooze a series',
  'me add': 'Add your address',
  'me remove': 'Remove your address',
  'covernote unfurl': 'Cards below links',
};

/** A response_url is the only long part; without it the answer comes as a message. */
function metadataOf(state: FormState): string {
  const whole = JSON.stringify(state);
  return whole.length <= LIMITS.privateMetadata ? whole : JSON.stringify({ ...state, responseUrl: null });
}

/** The command of a modal's callback id, and its form. */
export function formOf(
  commands: readonly CommandSpec[],
  state: Pick<FormState, 'command' | 'form'>,
): { readonly command: CommandSpec; readonly form: FormSpec } | null {
  const command = commands.find(({ name }) => name === state.command);
  const form = command?.forms.find(({ name }) => name === state.form);
  return command === undefined || form === undefined ? null : { command, form };
}

/** The place as modals keep it, and back. */
export function keepPlace({ tenant, address, kind, name }: Place): FormState['place'] {
  return { tenant, address, kind, name };
}
