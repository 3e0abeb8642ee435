import type { Command } from 'commander';
import { UserError } from '../../digest/failure.js';
import { oneLine, shorten } from '../../digest/text/inert.js';
import { type CliIo, write } from '../cli/io.js';
import { specs } from './commands.js';

/** Slack takes 32 characters for a command, of which `/`, `-` and the longest name of ours take 12. */
const PREFIX = /^[a-z0-9][a-z0-9_-]{0,18}$/;

/** `covernote slack manifest`: what to paste where Slack asks for an app manifest. */
export function slackCommand(program: Command, io: CliIo): void {
  const slack = program.command('slack').description('set covernote up on Slack').exitOverride();
  slack
    .command('manifest')
    .description('print the app manifest, for "Create an app from a manifest" on api.slack.com/apps')
    .option('--socket', 'for Socket Mode: one workspace, no address that Slack has to reach (the default)')
    .option(
      '--http <url>',
      'for HTTP mode: the public address of covernote, such as https://covernote.example.org',
    )
    .option(
      '--prefix <name>',
      'begin each command with NAME-, where /follow or /digest is taken: /NAME-follow',
    )
    .exitOverride()
    .action(async (options: { socket?: true; http?: string; prefix?: string }) => {
      if (options.socket === true && options.http !== undefined)
        throw new UserError('usage', 'Both --socket and --http were given.', 'Choose one of them.');
      // Bolt takes 35 MB that no other command needs.
      const { slackManifest } = await import('../../adapters/slack/manifest.js');
      const manifest = slackManifest({
        url: options.http === undefined ? null : readUrl(options.http),
        prefix: readPrefix(options.prefix ?? ''),
        commands: specs,
      });
      await write(io.stdout, `${JSON.stringify(manifest, null, 2)}\n`);
    });
}

function readUrl(text: string): string {
  const isLoopback = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?(?:\/|$)/.test(text);
  if (URL.canParse(text) && (/^https:\/\//i.test(text) || isLoopback)) return text;
  throw new UserError(
    'usage',
    `“${shorten(oneLine(text), 80)}” is no address that Slack can call.`,
    'Write the public one with https, such as https://covernote.example.org.',
  );
}

function readPrefix(text: string): string {
  if (text === '' || PREFIX.test(text)) return text;
  throw new UserError(
    'usage',
    `“${shorten(oneLine(text), 40)}” is no prefix for a command.`,
    'Write up to 19 of a-z, 0-9, - and _, such as cn.',
  );
}
