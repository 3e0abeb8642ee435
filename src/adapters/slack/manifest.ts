import type { CommandSpec } from '../../digest/ports/command.js';
import { shorten } from '../../digest/text/inert.js';
import { FOLLOW_SERIES } from './on-shortcut.js';
import { botEvents, scopes, unfurlDomains } from './scopes.js';

export interface ManifestOptions {
  /** Null: Socket Mode. Else where Slack reaches the server: `https://covernote.example.org`. */
  readonly url: string | null;
  /** Put before each command's name: `cn` makes `/cn-follow`. '' for the names as they are. */
  readonly prefix: string;
  readonly commands: readonly CommandSpec[];
}

/** Slack's own limits on what a command shows of itself (app manifest schema; long ones are refused). */
const DESCRIPTION = 2000;
const USAGE = 1000;

const LONG_DESCRIPTION = `covernote reads kernel-style mailing lists, understands the patch series on them, and tells people what is new in what they follow, once a day or as they like: what each series does, what changed since its last version, how big it is, who has reviewed it and where to read on. Ask about one series with /series, follow a subsystem with /follow, look at what comes next with /digest. covernote reads public mail; in Slack it reads only commands, button presses, links to mail archives, and messages sent to it.`;

/** The app's manifest: paste it under "Create an app from a manifest". Valid by Slack's schema; its scopes are explained in docs/slack.md. */
export function slackManifest({ url, prefix, commands }: ManifestOptions) {
  const requests = url === null ? null : new URL('/slack/events', url).href;
  return {
    display_information: {
      name: 'covernote',
      description: 'Follow kernel mailing lists: patch series, their versions and what became of them',
      background_color: '#1d3557',
      long_description: LONG_DESCRIPTION,
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: 'covernote', always_online: true },
      shortcuts: [
        {
          name: 'Follow this series',
          type: 'message',
          callback_id: FOLLOW_SERIES,
          description: 'Follow the series behind the lore link in this message',
        },
      ],
      slash_commands: commands.map((spec) => ({
        command: commandName(spec, prefix),
        description: shorten(spec.does, DESCRIPTION),
        ...(spec.usage === '' ? {} : { usage_hint: shorten(spec.usage, USAGE) }),
        // Channels come with their names, and no one is mentioned.
        should_escape: true,
        ...(requests === null ? {} : { url: requests }),
      })),
      unfurl_domains: [...unfurlDomains],
    },
    oauth_config: {
      scopes: { bot: scopes.map(({ scope }) => scope) },
      ...(url === null ? {} : { redirect_urls: [new URL('/slack/oauth_redirect', url).href] }),
    },
    settings: {
      event_subscriptions: {
        bot_events: [...botEvents],
        ...(requests === null ? {} : { request_url: requests }),
      },
      interactivity: {
        is_enabled: true,
        // Suggestions in forms are loaded from an address of their own.
        ...(requests === null ? {} : { request_url: requests, message_menu_options_url: requests }),
      },
      org_deploy_enabled: url !== null,
      socket_mode_enabled: url === null,
      token_rotation_enabled: false,
    },
  };
}

/** `/follow`, `/cn-follow`; `/covernote` keeps its name, so that one always works. */
function commandName({ name }: CommandSpec, prefix: string): string {
  return name === 'covernote' || prefix === '' ? `/${name}` : `/${prefix}-${name}`;
}
