import { isDeepStrictEqual } from 'node:util';
import { type REST, type RouteLike, Routes } from 'discord.js';
import { z } from 'zod';
import type { CommandSpec } from '../../digest/ports/command.js';
import { commandBody } from './command-body.js';

export interface Registration {
  /** For deliveries or answers alike: any client with the bot's token. */
  readonly rest: REST;
  readonly applicationId: string;
  /** One server while developing: there a change takes effect immediately. Null: everywhere. */
  readonly guildId: string | null;
  readonly commands: readonly CommandSpec[];
  readonly signal: AbortSignal;
}

const optionSchema = z.object({
  type: z.number(),
  name: z.string(),
  description: z.string(),
  required: z.boolean().default(false),
  autocomplete: z.boolean().default(false),
  choices: z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) })).default([]),
  get options() {
    return z.array(optionSchema).default([]);
  },
});

/** What Discord gives back for a command, with what it fills in itself made equal. */
const commandSchema = z.object({
  type: z.number().default(1),
  name: z.string(),
  description: z.string().default(''),
  options: z.array(optionSchema).default([]),
  default_member_permissions: z.union([z.string(), z.number()]).nullish().transform(permissions),
  contexts: z
    .array(z.number())
    .nullish()
    .transform((contexts) => [...(contexts ?? [])].sort()),
  integration_types: z
    .array(z.number())
    .nullish()
    .transform((types) => [...(types ?? [])].sort()),
});

function permissions(value: string | number | null | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}

/** Tells Discord of the commands where what it knows differs: a new registration shows late at some readers. Throws what the requests throw. */
export async function registerCommands(registration: Registration): Promise<'changed' | 'unchanged'> {
  const { rest, applicationId, guildId, signal } = registration;
  const route: RouteLike =
    guildId === null
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const body = registration.commands.map(commandBody);
  const registered = z.array(commandSchema).safeParse(await rest.get(route, { signal }));
  if (
    registered.success &&
    isDeepStrictEqual(byName(registered.data), byName(z.array(commandSchema).parse(body)))
  )
    return 'unchanged';
  await rest.put(route, { body, signal });
  return 'changed';
}

function byName<T extends { readonly name: string }>(commands: readonly T[]): T[] {
  return [...commands].sort((a, b) => (a.name < b.name ? -1 : 1));
}
