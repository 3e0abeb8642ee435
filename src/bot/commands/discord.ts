import type { Command } from 'commander';
import { UserError } from '../../digest/failure.js';
import { contextOf } from '../cli/context.js';
import { type CliIo, write, writeJson } from '../cli/io.js';

/** `covernote discord invite`: the link that takes the bot into a server. */
export function discordCommand(program: Command, io: CliIo): void {
  const discord = program.command('discord').description('set covernote up on Discord').exitOverride();
  discord
    .command('invite')
    .description('print the link that invites the bot into a server, with the least permissions')
    .option('--application <id>', 'the application’s id (default: read from DISCORD_TOKEN)')
    .action(async (options: { application?: string }, command: Command) => {
      const context = contextOf(command, io);
      // discord.js takes 50 MB that no other command needs.
      const { applicationIdOf, inviteUrl } = await import('../../adapters/discord/invite.js');
      const token = context.config.discord?.token ?? null;
      const url = inviteUrl(applicationId(options.application, token, applicationIdOf));
      if (context.json) await writeJson(io, { url });
      else await write(io.stdout, `${url}\n`);
    });
}

function applicationId(
  said: string | undefined,
  token: string | null,
  idOf: (token: string) => string | null,
): string {
  if (said !== undefined) {
    if (/^\d{17,20}$/.test(said)) return said;
    throw new UserError(
      'usage',
      `“${said.slice(0, 40)}” is no application id.`,
      'Copy it from General Information in the developer portal: 17 to 20 digits.',
    );
  }
  const id = token === null ? null : idOf(token);
  if (id !== null) return id;
  throw new UserError(
    'no-application',
    token === null ? 'DISCORD_TOKEN is not set.' : 'DISCORD_TOKEN does not look like a bot’s token.',
    'Set it (docs/discord.md says where it stands), or name the application: covernote discord invite --application ID',
  );
}
