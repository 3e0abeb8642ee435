import type { AllMiddlewareArgs, App, SlackEventMiddlewareArgs, types } from '@slack/bolt';
import type { Place } from '../../digest/ports/chat-bot.js';
import { tenantOf } from './installations.js';
import { describeError } from './log.js';
import { personPlace, placeOf } from './places.js';
import { renderMessage } from './render-message.js';
import { type Act, onBehalf, requestContext, type Scene } from './scene.js';
import type { KeptInstallations, SeenEvents } from './settings.js';
import { welcomeChannel } from './welcome.js';

/** A message with this many links is a list of links, and cards would bury it. */
const TOO_MANY_LINKS = 3;

export interface EventSettings {
  readonly seenEvents: SeenEvents;
  readonly installations: KeptInstallations;
  readonly now: () => string;
  /** After everything of a workspace was deleted, since the app was removed from it. */
  readonly onEnded: (tenant: string) => void;
}

/** Events: the home, links to mails, direct messages, the end of an installation. Each is handled once however often it comes. */
export function onEvents(app: App, scene: Scene, settings: EventSettings): void {
  app.event(
    'app_home_opened',
    once(settings, async ({ event, context }) => {
      if (event.tab !== 'home') return;
      const tenant = tenantOf(context);
      await quietly(scene, 'home', async () => {
        const requester = await scene.requesters.of({ id: event.user, tenant, name: '' });
        await scene.publishHome(requester, personPlace(tenant, event.user), null);
      });
    }),
  );
  app.event(
    'link_shared',
    once(settings, async ({ event, context }) => {
      if (event.links.length >= TOO_MANY_LINKS || event.user === context.botUserId) return;
      await quietly(scene, 'unfurl', () => unfurl(scene, event, tenantOf(context)));
    }),
  );
  app.event(
    'message',
    once(settings, async ({ event, context }) => {
      if (event.channel_type !== 'im' || event.subtype !== undefined || event.bot_id !== undefined) return;
      await answerMessage(scene, tenantOf(context), event.user, event.channel, event.text ?? '');
    }),
  );
  app.event(
    'app_mention',
    once(settings, async ({ event, context }) => {
      if (event.user === undefined || event.bot_id !== undefined) return;
      await answerMention(scene, tenantOf(context), { ...event, user: event.user });
    }),
  );
  app.event(
    'member_joined_channel',
    once(settings, async ({ event, context }) => {
      if (event.user !== context.botUserId) return;
      await quietly(scene, 'welcome', () => welcomeChannel(scene.clients, tenantOf(context), event.channel));
    }),
  );
  // Deleting twice is the same as once, and must not be missed because it was seen.
  app.event('app_uninstalled', async ({ context }) => {
    await end(scene, settings, tenantOf(context));
  });
  app.event('tokens_revoked', async ({ event, context }) => {
    if ((event.tokens.bot ?? []).length > 0) await end(scene, settings, tenantOf(context));
  });
}

type EventArgs<Type extends string> = SlackEventMiddlewareArgs<Type> & AllMiddlewareArgs;

function once<Type extends string>(
  { seenEvents, now }: EventSettings,
  handle: (args: EventArgs<Type>) => Promise<void>,
): (args: EventArgs<Type>) => Promise<void> {
  return async (args) => {
    const { event_id: id } = args.body;
    if (id !== undefined && !(await seenEvents.first('slack', id, now()))) return;
    await handle(args);
  };
}

/** No one waits for an answer to an event: what fails is logged. */
async function quietly(scene: Scene, what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    scene.log.error({ what, error: describeError(error) }, 'slack.event_failed');
  }
}

/** A message's links as cards beneath it. In the composer Slack asks before the message is posted. */
async function unfurl(scene: Scene, event: types.LinkSharedEvent, tenant: string): Promise<void> {
  const inComposer = event.source === 'composer' || event.channel === 'COMPOSER';
  const place: Place = inComposer
    ? personPlace(tenant, event.user)
    : placeOf(tenant, event.user, { id: event.channel });
  const unfurls: Record<string, types.MessageAttachment> = {};
  for (const { url } of event.links) {
    const card = await scene.bot.unfurl(url.replaceAll('&amp;', '&'), place, event.user);
    if (card !== null) unfurls[url] = { blocks: renderMessage(card.view, card.actions).blocks };
  }
  if (Object.keys(unfurls).length === 0) return;
  const client = await scene.clients.for(tenant);
  await (inComposer && event.unfurl_id !== undefined
    ? client.chat.unfurl({ source: 'composer', unfurl_id: event.unfurl_id, unfurls })
    : client.chat.unfurl({ channel: event.channel, ts: event.message_ts, unfurls }));
}

/** `@covernote foll_pin` in a channel: answered to the person alone, in the thread where it was written. */
async function answerMention(
  scene: Scene,
  tenant: string,
  { user, channel, text, thread_ts: threadTs }: Mention,
): Promise<void> {
  const place = placeOf(tenant, user, { id: channel });
  const act: Act = {
    actor: { id: user, tenant, name: '' },
    to: { place, user, responseUrl: null, channel, threadTs: threadTs ?? null },
  };
  await onBehalf(scene, act, 'mention', async () => {
    const request = { kind: 'typed', line: text } as const;
    await scene.replies.answer(
      act.to,
      await scene.bot.answer({ request, ...(await requestContext(scene, act)) }),
    );
  });
}

interface Mention {
  readonly user: string;
  readonly channel: string;
  readonly text: string;
  readonly thread_ts?: string;
}

/** Commands can be written to the app as plain messages, without the slash. */
async function answerMessage(
  scene: Scene,
  tenant: string,
  user: string,
  channel: string,
  text: string,
): Promise<void> {
  const place = personPlace(tenant, user);
  const act: Act = {
    actor: { id: user, tenant, name: '' },
    to: { place, user, responseUrl: null, channel, threadTs: null },
  };
  await onBehalf(scene, act, 'message', async () => {
    const request = { kind: 'typed', line: text } as const;
    await scene.replies.answer(
      act.to,
      await scene.bot.answer({ request, ...(await requestContext(scene, act)) }),
    );
  });
}

/** The app was removed from a workspace: its token and everything stored about it are deleted. */
export async function end(
  scene: Scene,
  { installations, onEnded }: Pick<EventSettings, 'installations' | 'onEnded'>,
  tenant: string,
): Promise<void> {
  await quietly(scene, 'end', async () => {
    await installations.remove('slack', tenant);
    await scene.bot.forget({ platform: 'slack', tenant });
    scene.log.info({ tenant }, 'slack.uninstalled');
  });
  onEnded(tenant);
}
