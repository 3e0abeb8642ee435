import { UserError } from '../../digest/failure/failure.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { cliSide, example, on, value, valueOr } from '../cli/cli-side.js';
import { printText } from '../cli/print.js';
import type { Command } from './command.js';

/** Slack takes 32 characters for a command, of which `/`, `-` and the longest name of ours take 12. */
const PREFIX = /^[a-z0-9][a-z0-9_-]{0,18}$/;

/** `covernote slack manifest`: what to paste where Slack asks for an app manifest. */
export const slack: Command = {
  name: 'slack',
  does: 'Print the app manifest for Slack: "Create an app from a manifest" on api.slack.com/apps',
  chat: null,
  cli: cliSide({
    subcommand: 'manifest',
    options: {
      link: on('print a link that opens Slack with the manifest filled in, instead of the manifest'),
      socket: on('for Socket Mode: one workspace, no public address needed (the default)'),
      http: value(
        '<url>',
        'for HTTP mode: the public address of covernote, such as https://covernote.example.org',
      ),
      prefix: valueOr(
        '<name>',
        'begin each command with NAME-, if /follow or /digest is already taken: /NAME-follow',
        '',
      ),
    },
    examples: [
      example('slack manifest', 'for Socket Mode'),
      example('slack manifest --link', 'a link to open in the browser: choose the workspace there'),
      example('slack manifest --http https://covernote.example.org', 'for HTTP mode'),
    ],
    async run({ options: { link, socket, http, prefix } }, context) {
      if (socket && http !== null)
        throw new UserError('usage', 'Both --socket and --http were given.', 'Choose one of them.');
      // Bolt takes 35 MB that no other command needs.
      const { slackManifest } = await import('../../adapters/slack/manifest.js');
      const manifest = slackManifest({
        url: http === null ? null : readUrl(http),
        prefix: readPrefix(prefix),
        commands: context.chatSpecs,
      });
      const text = link ? newAppLink(manifest) : JSON.stringify(manifest, null, 2);
      await printText(context, `${text}\n`);
    },
  }),
};

/** Slack's own form for sharing a manifest: https://docs.slack.dev/app-manifests/ */
function newAppLink(manifest: object): string {
  const query = new URLSearchParams({ new_app: '1', manifest_json: JSON.stringify(manifest) });
  return `https://api.slack.com/apps?${query}`;
}

function readUrl(text: string): string {
  const isLoopback = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?(?:\/|$)/.test(text);
  if (URL.canParse(text) && (/^https:\/\//i.test(text) || isLoopback)) return text;
  throw new UserError(
    'usage',
    `“${shorten(oneLine(text), 80)}” is not an address that Slack can call.`,
    'Write the public one with https, such as https://covernote.example.org.',
  );
}

function readPrefix(text: string): string {
  if (text === '' || PREFIX.test(text)) return text;
  throw new UserError(
    'usage',
    `“${shorten(oneLine(text), 40)}” is not a valid prefix for a command.`,
    'Write up to 19 of a-z, 0-9, - and _, such as cn.',
  );
}
