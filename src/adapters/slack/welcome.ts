import type { Log } from '../../digest/ports/log.js';
import { welcomeView } from '../../digest/view/welcome-view.js';
import type { SlackClients } from './clients.js';
import { describeError } from './log.js';
import { QUIET } from './platform.js';
import { renderMessage } from './render-message.js';

/** Says hello to the person who installed the app, in a direct message. What fails is logged: nothing depends on it. */
export async function welcomePerson(
  clients: SlackClients,
  tenant: string,
  user: string,
  log: Log,
): Promise<void> {
  try {
    const client = await clients.for(tenant);
    const { channel } = await client.conversations.open({ users: user });
    const message = renderMessage(welcomeView('person'), []);
    await client.chat.postMessage({ channel: channel?.id ?? user, ...message, ...QUIET });
  } catch (error) {
    log.warn({ tenant, error: describeError(error) }, 'slack.welcome_failed');
  }
}

/** Says hello in a channel that the app was added to. */
export async function welcomeChannel(clients: SlackClients, tenant: string, channel: string): Promise<void> {
  const client = await clients.for(tenant);
  await client.chat.postMessage({ channel, ...renderMessage(welcomeView('channel'), []), ...QUIET });
}
