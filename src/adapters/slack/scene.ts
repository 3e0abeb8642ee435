import type { types } from '@slack/bolt';
import type { ChatBot, Invocation, Place, Requester } from '../../digest/ports/chat-bot.js';
import type { Log } from '../../digest/ports/log.js';
import type { SlackClients } from './clients.js';
import { channelFinder } from './find-channel.js';
import type { HomeNews } from './home.js';
import { describeError } from './log.js';
import { problemView, type Replies, type ReplyTo } from './replies.js';
import type { Actor, Requesters } from './requesters.js';

/** What the handlers of Slack's requests work with. */
export interface Scene {
  readonly bot: ChatBot;
  readonly clients: SlackClients;
  readonly requesters: Requesters;
  readonly replies: Replies;
  readonly log: Log;
  readonly newReference: () => string;
  publishHome(requester: Requester, self: Place, news: HomeNews | null): Promise<void>;
}

export interface Act {
  readonly actor: Actor;
  readonly to: ReplyTo;
}

/** Who asks and where, with the other channels that they may name: what every request to the bot begins with. */
export async function requestContext(
  { requesters, clients }: Pick<Scene, 'requesters' | 'clients'>,
  { actor, to }: Act,
): Promise<Required<Pick<Invocation, 'requester' | 'place' | 'findChannel'>>> {
  const requester = await requesters.of(actor);
  return { requester, place: to.place, findChannel: channelFinder(clients, requester) };
}

/**
 * Does something for a person. A failure, by a bug or by Slack, is reported to them with a reference, and logged under it: a button
 * that does nothing is the worst answer.
 */
export async function onBehalf(
  scene: Scene,
  { actor, to }: Act,
  what: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const reference = scene.newReference();
    scene.log.error({ reference, what, tenant: actor.tenant, error: describeError(error) }, 'command.failed');
    const view = problemView(
      'Something went wrong in covernote, and it is not your fault.',
      `Try again; if it happens again, give the operator this reference: ${reference}.`,
    );
    await scene.replies
      .sendPrivately(to, view)
      .catch((second: unknown) =>
        scene.log.error({ reference, error: describeError(second) }, 'slack.error_report_failed'),
      );
  }
}

/** Opens a modal; false if Slack does not take it any more (a trigger lives three seconds). */
export async function openModal(
  scene: Scene,
  tenant: string,
  triggerId: string,
  view: types.ModalView,
): Promise<boolean> {
  try {
    const client = await scene.clients.for(tenant);
    await client.views.open({ trigger_id: triggerId, view });
    return true;
  } catch (error) {
    scene.log.warn({ tenant, error: describeError(error) }, 'slack.modal_failed');
    return false;
  }
}
