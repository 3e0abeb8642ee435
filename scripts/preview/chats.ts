import { commandBody } from '../../src/adapters/discord/command-body.js';
import {
  fits as fitsDiscord,
  renderMessage as renderDiscord,
} from '../../src/adapters/discord/render-message.js';
import { renderHome } from '../../src/adapters/slack/home.js';
import { formModal } from '../../src/adapters/slack/modals.js';
import { fits as fitsSlack, renderMessage as renderSlack } from '../../src/adapters/slack/render-message.js';
import { chatCommands, specOf } from '../../src/bot/commands/command.js';
import { commands } from '../../src/bot/commands/commands.js';
import type { Overview, Place } from '../../src/digest/ports/chat-bot.js';
import type { CommandSpec, FormSpec } from '../../src/digest/ports/command.js';
import type { FitsView } from '../../src/digest/view/part-view.js';
import * as discordRules from '../../test/fakes/discord/limits.js';
import { schemaProblems as discordSchema } from '../../test/fakes/discord/validate.js';
import { messageProblems, schemaProblems as slackSchema } from '../../test/fakes/slack/validate.js';
import { discordForm, discordMessage, discordPage, discordPost } from './discord-page.js';
import type { SceneMessage } from './scene.js';
import { slackMessage, slackPage, slackView } from './slack-page.js';

/** How one chat is drawn, and what its own rules have against what is sent to it. */
export interface PreviewChat {
  readonly name: 'slack' | 'discord';
  readonly fits: FitsView;
  readonly message: (title: string, message: SceneMessage) => Drawn;
  readonly form: (title: string, command: CommandSpec, form: FormSpec) => Drawn;
  /** The app's home for one person; null if the chat has none: there it is what /following shows. */
  readonly home: ((title: string, overview: Overview, self: Place) => Drawn) | null;
  readonly page: (parts: readonly string[]) => string;
}

interface Drawn {
  readonly html: string;
  readonly problems: readonly string[];
}

const slack: PreviewChat = {
  name: 'slack',
  fits: fitsSlack,
  message(title, { view, actions, inThread }) {
    const message = renderSlack(view, actions);
    const args = { channel: 'C1', ...message, unfurl_links: false, unfurl_media: false };
    const problems = [...slackSchema('chat.postMessage', args), ...messageProblems('chat.postMessage', args)];
    return { html: slackMessage(title, message, inThread), problems };
  },
  form(title, command, form) {
    const place = { tenant: 'T1', address: 'C1', kind: 'channel', name: '#kvm' } as const;
    const state = {
      command: command.name,
      form: form.name,
      place,
      responseUrl: null,
      channel: 'C1',
      instead: null,
    };
    const requester = {
      id: 'U1',
      tenant: 'T1',
      name: 'jane',
      zone: 'Europe/Berlin',
      rights: 'manager',
      rightsHold: 'here',
    } as const;
    const view = formModal(command, form, state, requester);
    return { html: slackView(title, view), problems: slackSchema('views.open', { trigger_id: '1', view }) };
  },
  home(title, overview, self) {
    const view = renderHome(overview, self, null);
    return { html: slackView(title, view), problems: slackSchema('views.publish', { user_id: 'U1', view }) };
  },
  page: slackPage,
};

const discord: PreviewChat = {
  name: 'discord',
  fits: fitsDiscord,
  message(title, { view, actions, inThread, topic }) {
    const body = renderDiscord(view, actions);
    if (topic !== undefined) {
      const post = { name: topic.title, message: body };
      const operation = 'POST /channels/{channel_id}/threads';
      const problems = [...discordSchema(operation, post), ...discordRules.postProblems(post)];
      return { html: discordPost(topic, discordMessage(title, body)), problems };
    }
    const problems = [
      ...discordSchema('POST /channels/{channel_id}/messages', body),
      ...discordRules.messageProblems({ ...body }),
    ];
    return { html: discordMessage(inThread ? `${title} (in the thread)` : title, body), problems };
  },
  form(title, command, form) {
    const body = commandBody(command);
    const options = body.options?.find(({ name }) => name === form.name) ?? body;
    const fields = 'options' in options ? (options.options ?? []) : [];
    return { html: discordForm(title, form.does, fields as Parameters<typeof discordForm>[2]), problems: [] };
  },
  home: null,
  page: discordPage,
};

export const previewChats: readonly PreviewChat[] = [slack, discord];

/** The forms that are shown to be filled in, by the words that open them. */
export function previewForms(): {
  readonly title: string;
  readonly command: CommandSpec;
  readonly form: FormSpec;
}[] {
  return chatCommands(commands)
    .map(specOf)
    .flatMap((command) =>
      command.forms
        .filter(({ asksForWords }) => asksForWords)
        .map((form) => ({ title: `/${command.name} ${form.name}`.trim(), command, form })),
    );
}
