import { ERRORS } from './faults.js';
import type { FakeInteraction } from './interactions.js';
import { messageObject, withIds } from './objects.js';
import { applyEdit, type Carried, done, type Request, type Site } from './operations.js';
import type { FakeMessage, Json } from './world.js';

const MESSAGE = 4;
const DEFERRED_MESSAGE = 5;
const DEFERRED_UPDATE = 6;
const UPDATE = 7;
const CHOICES = 8;
const FIRST_WITHIN_MS = 3_000;
const EPHEMERAL = 64;

/** The first response: within three seconds, once. */
export function answerInteraction(site: Site, { ids, body }: Request): Carried {
  const interaction = site.interactions.all.get(ids.interaction_id ?? '');
  if (interaction === undefined || interaction.token !== ids.interaction_token)
    return ERRORS.unknownInteraction;
  const afterMs = Date.now() - interaction.madeMs;
  if (interaction.expired || (interaction.first === null && afterMs > FIRST_WITHIN_MS))
    return ERRORS.unknownInteraction;
  if (interaction.first !== null) return ERRORS.alreadyAnswered;
  const type = Number(body.type);
  const given = asObject(body.data);
  interaction.first = { type, data: given, afterMs };
  if (type === MESSAGE) interaction.original = store(site, interaction, given);
  if (type === CHOICES && Array.isArray(given.choices)) interaction.choices = given.choices;
  if ((type === UPDATE || type === DEFERRED_UPDATE) && interaction.source !== null) {
    interaction.original = interaction.source;
    if (type === UPDATE) applyEdit(interaction.source, given);
  }
  return done(undefined, 204);
}

/** A message in addition to the answer; the first after “thinking…” becomes the answer and takes over who sees it. */
export function followUp(site: Site, { ids, body }: Request): Carried {
  const interaction = site.interactions.byToken(ids.webhook_token ?? '');
  if (interaction === null) return ERRORS.unknownWebhook;
  if (interaction.expired || interaction.first === null) return ERRORS.tokenExpired;
  const waits = interaction.first.type === DEFERRED_MESSAGE && interaction.original === null;
  const flags = waits ? withEphemeral(body, interaction.first.data) : body;
  const message = store(site, interaction, flags);
  if (waits) interaction.original = message;
  else interaction.followUps.push(message);
  return done(messageObject(site.world, message));
}

export function editOriginal(site: Site, { ids, body }: Request): Carried {
  const interaction = site.interactions.byToken(ids.webhook_token ?? '');
  if (interaction === null) return ERRORS.unknownWebhook;
  if (interaction.expired || interaction.first === null) return ERRORS.tokenExpired;
  if (interaction.original === null)
    interaction.original = store(site, interaction, withEphemeral(body, interaction.first.data));
  else applyEdit(interaction.original, body);
  return done(messageObject(site.world, interaction.original));
}

function withEphemeral(body: Json, first: Json): Json {
  const isPrivate = (Number(first.flags ?? 0) & EPHEMERAL) !== 0;
  const flags = Number(body.flags ?? 0) & ~EPHEMERAL;
  return { ...body, flags: isPrivate ? flags | EPHEMERAL : flags };
}

/** What only the user sees is in no channel. */
function store({ world }: Site, interaction: FakeInteraction, body: Json): FakeMessage {
  const isPrivate = (Number(body.flags ?? 0) & EPHEMERAL) !== 0;
  return world.addMessage({
    channelId: isPrivate ? `private:${interaction.channelId}` : interaction.channelId,
    body: { ...body, components: withIds(body.components) },
  });
}

function asObject(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}
