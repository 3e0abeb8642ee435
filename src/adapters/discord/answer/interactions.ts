import { randomUUID } from 'node:crypto';
import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type REST,
  Routes,
  type StringSelectMenuInteraction,
} from 'discord.js';
import type { Answer, ChatBot, Place, Requester, Suggestion } from '../../../digest/ports/chat-bot.js';
import type { Address } from '../../../digest/ports/chat-platform.js';
import type { CommandSpec, FormSpec, OptionValue } from '../../../digest/ports/command.js';
import type { Log } from '../../../digest/ports/log.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { openPost } from '../forum/open-post.js';
import { LIMITS } from '../limits.js';
import { isForum, type Places } from '../places.js';
import { readError } from '../read-error.js';
import { toOutcome } from '../refusals.js';
import { keyIdsOf } from '../render/message-key.js';
import type { MessageBody } from '../render-message.js';
import type { CommandGrants } from './command-grants.js';
import { channelFinder } from './find-channel.js';
import { placeOf, requesterOf } from './requester.js';
import { respond, type Used } from './respond.js';
import { createResponder } from './responder.js';

export interface InteractionOptions {
  readonly bot: ChatBot;
  /** Without retries of its own. */
  readonly rest: REST;
  readonly log: Log;
  readonly grants: Pick<CommandGrants, 'mayChange' | 'memberMayChange'>;
  readonly places: Pick<Places, 'missing' | 'known'>;
  /** After this an answer is announced instead of given. */
  readonly deferAfterMs: number;
}

/** Half-typed words get suggestions within this, or none. */
const SUGGEST_WITHIN_MS = 2_000;
/** How many interactions are remembered: a resumed connection may repeat one. */
const MAX_SEEN = 1000;

/** Carries interactions to the bot and its answers back. Never throws. */
export function createInteractions({ bot, rest, log, grants, places, deferAfterMs }: InteractionOptions) {
  const seen = new Set<string>();

  async function handle(interaction: Interaction): Promise<void> {
    if (seen.has(interaction.id)) return;
    if (seen.size >= MAX_SEEN) seen.clear();
    seen.add(interaction.id);
    try {
      if (interaction.isChatInputCommand()) await answerCommand(interaction);
      else if (interaction.isAutocomplete()) await answerTyping(interaction);
      else if (interaction.isButton() || interaction.isStringSelectMenu()) await answerPress(interaction);
    } catch (error) {
      note(interaction, error);
    }
  }

  /** For /follow itself Discord has checked. */
  async function requesterFor(interaction: Interaction, command: string | null): Promise<Requester> {
    return requesterOf(interaction, command === 'follow' ? true : await grants.mayChange(interaction));
  }

  async function answerCommand(interaction: ChatInputCommandInteraction): Promise<void> {
    const known = formOf(bot.commands, interaction);
    if (known === null) return;
    const pending = bot.answer({
      request: {
        kind: 'options',
        command: known.spec.name,
        form: known.form.name,
        options: valuesOf(interaction),
      },
      requester: await requesterFor(interaction, known.spec.name),
      place: placeOf(interaction),
      findChannel: channelFinder(interaction, { places, grants }),
    });
    await give(interaction, { kind: 'command' }, pending);
  }

  async function answerPress(interaction: Pressed): Promise<void> {
    const pending = bot.press({
      id: interaction.customId,
      value: interaction.isStringSelectMenu() ? (interaction.values[0] ?? null) : null,
      requester: await requesterFor(interaction, null),
      place: placeOf(interaction),
      findChannel: channelFinder(interaction, { places, grants }),
    });
    const components = interaction.message.components.map((one) => ('toJSON' in one ? one.toJSON() : one));
    await give(interaction, { kind: 'press', ids: keyIdsOf(components) }, pending);
  }

  async function give(
    interaction: ChatInputCommandInteraction | Pressed,
    used: Used,
    pending: Promise<Answer>,
  ): Promise<void> {
    const answered = pending.catch((error: unknown) => {
      const reference = randomUUID().slice(0, 8);
      log.error({ error: error, reference }, 'command.failed');
      return broken(reference);
    });
    await respond(createResponder(rest, interaction), used, answered, deferAfterMs, {
      requestAddress: placeOf(interaction).address,
      post: postElsewhere,
    });
  }

  async function postElsewhere(to: Address, body: MessageBody, title: string): Promise<string | null> {
    const type = places.known(to.address)?.type;
    try {
      if (type !== undefined && isForum(type))
        await openPost(rest, to.address, { title, tags: [], message: body });
      else await rest.post(Routes.channelMessages(to.address), { body });
      return null;
    } catch (error) {
      const outcome = toOutcome(readError(error), { name: 'that channel', missing: [] });
      return outcome.message;
    }
  }

  async function answerTyping(interaction: AutocompleteInteraction): Promise<void> {
    const known = formOf(bot.commands, interaction);
    const { name, value } = interaction.options.getFocused(true);
    const timer = new Promise<readonly Suggestion[]>((resolve) => {
      setTimeout(() => resolve([]), SUGGEST_WITHIN_MS).unref();
    });
    const found =
      known === null
        ? []
        : await Promise.race([
            timer,
            suggestionPlace(interaction, known.form)
              .then((place) =>
                bot.suggest({
                  command: known.spec.name,
                  requester: requesterOf(interaction, null),
                  place,
                  option: name,
                  typed: String(value),
                }),
              )
              .catch((error: unknown) => {
                log.warn({ error: error }, 'command.suggest_failed');
                return [];
              }),
          ]);
    await createResponder(rest, interaction).suggest(choices(found));
  }

  /** The channel that was chosen already, where the person sees it: what is followed there is suggested. */
  async function suggestionPlace(interaction: AutocompleteInteraction, form: FormSpec): Promise<Place> {
    const option = form.options.find(({ kind }) => kind === 'channel');
    const id = option === undefined ? undefined : interaction.options.get(option.name)?.value;
    if (typeof id !== 'string') return placeOf(interaction);
    const found = await channelFinder(interaction, { places, grants })({ id, name: '' });
    return found.kind === 'found' ? found.place : placeOf(interaction);
  }

  function note(interaction: Interaction, error: unknown): void {
    const failure = readError(error);
    const fields = { interaction: interaction.id, kind: interaction.type, failure };
    if (failure.kind === 'api' && EXPIRED.has(failure.code)) log.info(fields, 'discord.interaction_expired');
    else if (failure.kind === 'api' && failure.status < 500)
      log.error({ ...fields, error: error instanceof Error ? error.message : '' }, 'discord.answer_refused');
    else log.warn(fields, 'discord.answer_failed');
  }

  return { handle };
}

/** Unknown interaction, unknown webhook, invalid webhook token: the three seconds or the fifteen minutes are over. */
const EXPIRED: ReadonlySet<number> = new Set([10062, 10015, 50027]);

type Pressed = ButtonInteraction | StringSelectMenuInteraction;
type WithOptions = ChatInputCommandInteraction | AutocompleteInteraction;

function formOf(
  specs: readonly CommandSpec[],
  interaction: WithOptions,
): { spec: CommandSpec; form: FormSpec } | null {
  const spec = specs.find((one) => one.name === interaction.commandName);
  const name = interaction.options.getSubcommand(false) ?? '';
  const form = spec?.forms.find((one) => one.name === name);
  return spec === undefined || form === undefined ? null : { spec, form };
}

function valuesOf({ options }: ChatInputCommandInteraction): Record<string, OptionValue> {
  const given = options.getSubcommand(false) === null ? options.data : (options.data[0]?.options ?? []);
  return Object.fromEntries(
    given.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])),
  );
}

/** Discord refuses all of them where one is empty, too long or there twice. */
function choices(found: readonly Suggestion[]): Suggestion[] {
  const values = new Set<string>();
  return found.flatMap(({ label, value }) => {
    if (value === '' || value.length > LIMITS.choiceText || values.has(value)) return [];
    values.add(value);
    return [
      { label: shorten(oneLine(label), LIMITS.choiceText) || shorten(value, LIMITS.choiceText), value },
    ];
  });
}

function broken(reference: string): Answer {
  const text = `Something went wrong in covernote, and it is not your fault. Try again; if it happens again, give the operator this reference: ${reference}.`;
  return {
    kind: 'problem',
    view: { fallback: text, blocks: [{ kind: 'paragraph', spans: [{ text }] }] },
    actions: [],
    visibility: 'private',
    replaces: false,
    announce: null,
  };
}
