import type { Answer } from '../../../digest/ports/chat-bot.js';
import type { Address } from '../../../digest/ports/chat-platform.js';
import type { View } from '../../../digest/view/view.js';
import { EPHEMERAL } from '../limits.js';
import type { KeyIds } from '../render/message-key.js';
import { type MessageBody, renderMessage } from '../render-message.js';
import type { Responder } from './responder.js';

/** What was used: a command, or a button or a list below a message with these ids of ours. */
export type Used = { readonly kind: 'command' } | { readonly kind: 'press'; readonly ids: KeyIds | null };

/**
 * Answers in time: directly if the answer is ready within `deferAfterMs`, else by announcing it. Discord waits 3 seconds for the first
 * response and 15 minutes for the rest. Throws what the requests throw.
 */
export async function respond(
  responder: Responder,
  used: Used,
  pending: Promise<Answer>,
  deferAfterMs: number,
  elsewhere: Elsewhere,
): Promise<void> {
  const early = await within(pending, deferAfterMs);
  if (early !== null) await atOnce(responder, used, early);
  else if (used.kind === 'command') await laterReply(responder, pending);
  else await laterUpdate(responder, used, pending);
  const { announce } = await pending;
  if (announce === null) return;
  const body = renderMessage(announce.view, announce.actions);
  if (announce.to === undefined || announce.to.address === elsewhere.requestAddress)
    return responder.followUp(body);
  const failure = await elsewhere.post(announce.to, body, announce.view.fallback);
  if (failure !== null)
    await responder.followUp(renderMessage(notAnnounced(failure), [], { ephemeral: true }));
}

/** Another channel than the one where the command was used, for a change that was made from there. */
export interface Elsewhere {
  /** The address where the command was used. */
  readonly requestAddress: string;
  /** Posts a message of the bot's own, in a forum under this title; returns why it could not, null if it was posted. */
  post(to: Address, body: MessageBody, title: string): Promise<string | null>;
}

function notAnnounced(failure: string): View {
  const text = `The change is made, but it could not be announced there: please tell the others yourself. ${failure}`;
  return { fallback: text, blocks: [{ kind: 'paragraph', spans: [{ text }] }] };
}

async function atOnce(responder: Responder, used: Used, answer: Answer): Promise<void> {
  if (used.kind === 'press' && answer.replaces) await responder.update(replacing(answer, used.ids));
  else await responder.reply(messageOf(answer));
}

/** Whether only the user sees it had to be decided before the answer was known: they do, and what is public follows. */
async function laterReply(responder: Responder, pending: Promise<Answer>): Promise<void> {
  await responder.deferReply(EPHEMERAL);
  const answer = await pending;
  if (answer.visibility === 'private') return responder.editOriginal(replacing(answer, null));
  await responder.editOriginal(renderMessage(POSTED, []));
  await responder.followUp(messageOf(answer));
}

const POSTED = {
  fallback: 'Posted in the channel.',
  blocks: [{ kind: 'paragraph', spans: [{ text: 'Posted in the channel.' }] }],
} as const;

async function laterUpdate(
  responder: Responder,
  used: Extract<Used, { kind: 'press' }>,
  pending: Promise<Answer>,
): Promise<void> {
  await responder.deferUpdate();
  const answer = await pending;
  if (answer.replaces) await responder.editOriginal(replacing(answer, used.ids));
  else await responder.followUp(messageOf(answer));
}

function messageOf({ view, actions, visibility }: Answer) {
  return renderMessage(view, actions, { ephemeral: visibility === 'private' });
}

/** The message keeps the mark by which it is found again. */
function replacing({ view, actions }: Answer, ids: KeyIds | null) {
  return renderMessage(view, actions, { ids });
}

async function within<T>(pending: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([pending, late]);
  } finally {
    clearTimeout(timer);
  }
}
