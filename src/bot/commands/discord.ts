import { UserError } from '../../digest/failure/failure.js';
import { cliSide, example, value } from '../cli/cli-side.js';
import { printJson, printText } from '../cli/print.js';
import type { Command } from './command.js';

/** `covernote discord invite`: the link that invites the bot into a server. */
export const discord: Command = {
  name: 'discord',
  does: 'Print the link that invites the bot into a Discord server, with the least permissions',
  chat: null,
  cli: cliSide({
    subcommand: 'invite',
    options: { application: value('<id>', 'the application’s id (default: read from DISCORD_TOKEN)') },
    examples: [example('discord invite --application 123456789012345678', 'for an application by its id')],
    async run({ options: { application } }, context) {
      // discord.js takes 50 MB that no other command needs.
      const { applicationIdOf, inviteUrl } = await import('../../adapters/discord/invite.js');
      const token = context.config.discord?.token ?? null;
      const url = inviteUrl(applicationId(application, token, applicationIdOf));
      if (context.json) await printJson(context, { url });
      else await printText(context, `${url}\n`);
    },
  }),
};

function applicationId(
  typed: string | null,
  token: string | null,
  idOf: (token: string) => string | null,
): string {
  if (typed !== null) {
    if (/^\d{17,20}$/.test(typed)) return typed;
    throw new UserError(
      'usage',
      `“${typed.slice(0, 40)}” is not an application id.`,
      'Copy it from General Information in the developer portal: 17 to 20 digits.',
    );
  }
  const id = token === null ? null : idOf(token);
  if (id !== null) return id;
  throw new UserError(
    'no-application',
    token === null ? 'DISCORD_TOKEN is not set.' : 'DISCORD_TOKEN does not look like a bot’s token.',
    'Set it (docs/discord.md says where to find it), or name the application: covernote discord invite --application ID',
  );
}
