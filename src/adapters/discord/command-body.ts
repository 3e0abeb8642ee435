import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  PermissionFlagsBits,
} from 'discord.js';
import type { CommandSpec, FormSpec, OptionSpec } from '../../digest/ports/command.js';
import { shorten } from '../../digest/text/inert.js';
import { LIMITS } from './limits.js';

interface OptionBody {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly autocomplete?: boolean;
  readonly channel_types?: readonly number[];
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
  readonly options?: readonly OptionBody[];
}

export interface CommandBody {
  readonly type: number;
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionBody[];
  /** Permission bits as text; null: everyone. */
  readonly default_member_permissions: string | null;
  readonly contexts: readonly number[];
  readonly integration_types: readonly number[];
}

/** It requires a permission that Discord itself checks: every form of it changes what a channel gets. */
function isGated(spec: CommandSpec): boolean {
  return spec.forms.every((form) => form.changes);
}

/** One command of the specification for Discord: in servers and in direct messages with the bot. Pure. */
export function commandBody(spec: CommandSpec): CommandBody {
  const [only] = spec.forms;
  const options =
    spec.forms.length === 1 && only !== undefined && only.name === ''
      ? optionsOf(only)
      : spec.forms.map(subcommand);
  return {
    type: ApplicationCommandType.ChatInput,
    name: spec.name,
    description: describe(spec.does),
    options,
    default_member_permissions: isGated(spec) ? String(PermissionFlagsBits.ManageChannels) : null,
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  };
}

function subcommand(form: FormSpec): OptionBody {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: form.name,
    description: describe(form.does),
    options: optionsOf(form),
  };
}

/** Discord wants those first that must be given. */
function optionsOf({ options }: FormSpec): OptionBody[] {
  return [...options].sort((a, b) => Number(b.required) - Number(a.required)).map(option);
}

const TYPES = {
  text: ApplicationCommandOptionType.String,
  integer: ApplicationCommandOptionType.Integer,
  flag: ApplicationCommandOptionType.Boolean,
  channel: ApplicationCommandOptionType.Channel,
} as const;

/** Channels and threads that take messages. */
const POSTABLE: readonly number[] = [
  ChannelType.GuildText,
  ChannelType.GuildVoice,
  ChannelType.GuildAnnouncement,
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.GuildStageVoice,
  ChannelType.GuildForum,
];

function option(spec: OptionSpec): OptionBody {
  return {
    type: TYPES[spec.kind],
    name: spec.name,
    description: describe(spec.does),
    ...(spec.required ? { required: true } : {}),
    ...(spec.kind === 'channel' ? { channel_types: POSTABLE } : {}),
    ...(spec.choices.length > 0
      ? {
          choices: spec.choices.map(({ label, value }) => ({
            name: shorten(label, LIMITS.choiceText),
            value,
          })),
        }
      : {}),
    ...(spec.suggests !== null && spec.choices.length === 0 ? { autocomplete: true } : {}),
  };
}

function describe(text: string): string {
  return shorten(text, LIMITS.commandText);
}
