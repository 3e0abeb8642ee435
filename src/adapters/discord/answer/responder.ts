import { InteractionResponseType, type REST, type RouteLike, Routes } from 'discord.js';
import type { Suggestion } from '../../../digest/ports/chat-bot.js';
import { LIMITS } from '../limits.js';
import { readError } from '../read-error.js';
import type { MessageBody } from '../render-message.js';

/** Discord's ways to answer one interaction. Each throws what its request throws, except if a first answer already exists. */
export interface Responder {
  /** A message; with the flag for it, only for the user. */
  reply(body: MessageBody): Promise<void>;
  /** “covernote is thinking…”, only for the user: that cannot be changed afterwards. */
  deferReply(flags: number): Promise<void>;
  /** The message whose button was pressed shows this instead. */
  update(body: MessageBody): Promise<void>;
  /** As `update`, later. */
  deferUpdate(): Promise<void>;
  suggest(choices: readonly Suggestion[]): Promise<void>;
  editOriginal(body: MessageBody): Promise<void>;
  followUp(body: MessageBody): Promise<void>;
}

const ALREADY_ANSWERED = 40060;

/** `rest` must not retry by itself: a follow-up has no key, and would be posted twice. */
export function createResponder(
  rest: REST,
  { id, token, applicationId }: { id: string; token: string; applicationId: string },
): Responder {
  const callback = (type: InteractionResponseType, body?: object) =>
    onceMore(() =>
      rest.post(Routes.interactionCallback(id, token), {
        body: body === undefined ? { type } : { type, data: body },
        auth: false,
      }),
    ).catch((error: unknown) => {
      const failure = readError(error);
      // The first try was carried out, though its answer was lost.
      if (failure.kind !== 'api' || failure.code !== ALREADY_ANSWERED) throw error;
    });
  const original: RouteLike = Routes.webhookMessage(applicationId, token, '@original');
  return {
    reply: async (body) => void (await callback(InteractionResponseType.ChannelMessageWithSource, body)),
    deferReply: async (flags) =>
      void (await callback(InteractionResponseType.DeferredChannelMessageWithSource, { flags })),
    update: async (body) => void (await callback(InteractionResponseType.UpdateMessage, body)),
    deferUpdate: async () => void (await callback(InteractionResponseType.DeferredMessageUpdate)),
    suggest: async (choices) =>
      void (await callback(InteractionResponseType.ApplicationCommandAutocompleteResult, {
        choices: choices.slice(0, LIMITS.choices).map(({ label, value }) => ({ name: label, value })),
      })),
    editOriginal: async (body) => void (await onceMore(() => rest.patch(original, { body, auth: false }))),
    followUp: async (body) =>
      void (await rest.post(Routes.webhook(applicationId, token), { body, auth: false })),
  };
}

/** For what may be carried out twice: Discord's servers answer 502 now and then. */
async function onceMore<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    const { kind } = readError(error);
    if (kind !== 'server' && kind !== 'broken' && kind !== 'unreachable') throw error;
    return request();
  }
}
