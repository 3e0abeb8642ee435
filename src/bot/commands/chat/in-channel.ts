import type { Action, Answer, ChannelName, Request } from '../../../digest/ports/chat-bot.js';
import { refusal } from '../access.js';
import { inChannelWords, takeChannel } from '../channel-words.js';
import { channelOptionOf, type Form } from '../command.js';
import type { CommandContext } from '../context.js';
import { idOf, readId } from './action-ids.js';
import { labelOf, nameFor, problem } from './answers.js';

type Options = Extract<Request, { kind: 'options' }>;

/**
 * The channel that was chosen in a form's own option, or typed behind its first one (`what:kvm in #kvm`), and the request without it; null
 * if none was named.
 */
export function takeChosenChannel(
  form: Form,
  request: Options,
): { readonly channel: ChannelName | null; readonly request: Options } {
  const option = channelOptionOf(form);
  if (option === null) return { channel: null, request };
  const chosen = request.options[option];
  if (typeof chosen === 'string' && chosen !== '') return { channel: { id: chosen, name: '' }, request };
  const [first = ''] = Object.keys(form.options);
  const typed = request.options[first];
  if (typeof typed !== 'string') return { channel: null, request };
  const { words, channel } = takeChannel(typed);
  return { channel, request: { ...request, options: { ...request.options, [first]: words } } };
}

/**
 * Runs a form for another channel than the one where it was typed: `/follow kvm in #kvm`. The chat says what the user may do there and
 * whether covernote can post there; a change is announced there.
 */
export async function answerIn(
  channel: ChannelName,
  form: Form,
  context: CommandContext,
  run: (context: CommandContext) => Answer | Promise<Answer>,
): Promise<Answer> {
  const { findChannel, place } = context;
  const wrong = ({ message, remedy }: { readonly message: string; readonly remedy: string }): Answer => ({
    ...problem(message, remedy),
    option: channelOptionOf(form) ?? '',
  });
  if (findChannel === undefined)
    return wrong({ message: 'There are no channels here.', remedy: 'Leave out “in” and what follows it.' });
  const found = await findChannel(channel);
  if (found.kind === 'problem') return wrong(found);
  if (found.place.kind === place.kind && found.place.address === place.address) return run(context);
  const there: CommandContext = {
    ...context,
    requester: found.requester,
    place: found.place,
    isElsewhere: true,
  };
  // Who may change nothing there need not hear what the bot lacks.
  const refused = refusal(form.right, there) ?? (form.posts ? found.cannotPost : null);
  return refused === null ? relayed(await run(there), there) : wrong(refused);
}

/** Buttons that type a command do so for the channel that the answer is about. */
function relayed(answer: Answer, { place }: CommandContext): Answer {
  return { ...answer, actions: answer.actions.flatMap((action) => forChannel(action, place)) };
}

function forChannel(action: Action, { address, name }: CommandContext['place']): Action[] {
  const pressed = action.kind === 'button' ? readId(action.id) : null;
  if (action.kind !== 'button' || pressed?.kind !== 'command') return [action];
  const id = idOf({ ...pressed, words: `${pressed.words} ${inChannelWords(address)}`.trim() });
  if (id === null) return [];
  const label = action.label.startsWith('/')
    ? labelOf(`${action.label} in ${nameFor(name, 'that channel')}`)
    : action.label;
  return [{ ...action, id, label }];
}
