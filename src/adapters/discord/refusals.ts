import { postLabels } from '../../digest/plan/post-label.js';
import type { Refusal, RetryLater, Unclear } from '../../digest/ports/chat-platform.js';
import type { RequestFailure } from './read-error.js';

/** Where something was refused, for the words that a person reads. */
export interface RefusedPlace {
  /** `#kvm`, `the thread below the digest in #kvm`, `your direct messages`. */
  readonly name: string;
  /** Its channel, where `name` is that of a thread. */
  readonly channel?: string;
  /** Names of the permissions that we lack there, as Discord's settings show them; empty if that is not known. */
  readonly missing: readonly string[];
}

/** Discord's JSON codes that are distinguished: https://docs.discord.com/developers/topics/opcodes-and-status-codes */
const CODES = {
  unknownChannel: 10003,
  unknownGuild: 10004,
  unknownMessage: 10008,
  unknownUser: 10013,
  slowMode: 20016,
  writeLimit: 20028,
  editLimit: 30046,
  dmTooFast: 40003,
  serviceLimited: 40062,
  missingAccess: 50001,
  foreignMessage: 50005,
  closed: 50007,
  noText: 50008,
  missingPermission: 50013,
  archived: 50083,
  noMutualServer: 50278,
  twoFactor: 60003,
  overloaded: 130000,
  tagRequired: 40067,
  threadLocked: 160005,
  tooManyThreads: 160006,
  autoMod: 200000,
  linksFilter: 240000,
} as const;

const LATER: ReadonlySet<number> = new Set([
  CODES.slowMode,
  CODES.writeLimit,
  CODES.editLimit,
  CODES.dmTooFast,
  CODES.serviceLimited,
  CODES.overloaded,
]);
const LATER_MS = 60_000;
/** A token that is refused counts against the address: 10,000 refused requests in ten minutes ban it. */
const BAD_TOKEN_MS = 300_000;
const UNREACHABLE_MS = 10_000;

/** What a failed request means for a delivery, in words for the person who set it up. */
export function toOutcome(failure: RequestFailure, place: RefusedPlace): Refusal | RetryLater | Unclear {
  switch (failure.kind) {
    case 'rateLimited':
      return {
        kind: 'retryAfter',
        delayMs: failure.delayMs,
        isNamed: true,
        message: 'Discord is limiting our messages for a while',
        everywhere: failure.global,
      };
    case 'unreachable':
      return {
        kind: 'retryAfter',
        delayMs: UNREACHABLE_MS,
        message: `Discord cannot be reached (${failure.message})`,
      };
    case 'server':
      return { kind: 'unclear', message: `Discord answered ${failure.status}` };
    case 'broken':
      return { kind: 'unclear', message: `no answer came (${failure.message})` };
    case 'api':
      return fromCode(failure, place);
    default:
      return failure satisfies never;
  }
}

function fromCode(
  { code, status, message }: Extract<RequestFailure, { kind: 'api' }>,
  place: RefusedPlace,
): Refusal | RetryLater {
  if (LATER.has(code))
    return { kind: 'retryAfter', delayMs: LATER_MS, message: 'Discord is limiting our requests' };
  if (status === 401)
    return { kind: 'retryAfter', delayMs: BAD_TOKEN_MS, message: 'Discord does not accept the bot’s token' };
  const known = refusal(code, place);
  if (known !== null) return known;
  if (status === 403) return lacks(place);
  if (status === 404) return gone(place);
  return refused(
    'invalid',
    `Discord refused the message for ${place.name} (${code}: ${message.slice(0, 200)}).`,
    BUG,
  );
}

const BUG = 'This is a bug in covernote: please report it with the line of the log that names it.';

function refusal(code: number, place: RefusedPlace): Refusal | null {
  switch (code) {
    case CODES.unknownChannel:
    case CODES.unknownGuild:
    case CODES.unknownUser:
      return gone(place);
    case CODES.unknownMessage:
      return refused(
        'gone',
        `The message in ${place.name} was deleted.`,
        'No action needed: the next digest comes as usual, and `/digest last` shows the last one.',
      );
    case CODES.missingAccess:
      return place.missing.length > 0
        ? lacks(place)
        : refused(
            'forbidden',
            `I can't see ${place.name}.`,
            `Allow me “View Channel” in ${place.name}, then \`/digest now\`.`,
          );
    case CODES.missingPermission:
    case CODES.foreignMessage:
      return lacks(place);
    case CODES.closed:
    case CODES.noMutualServer:
      return refused(
        'closed',
        "You don't take direct messages from me.",
        'Allow direct messages from members of a server that we share (its menu, Privacy Settings), then `/digest now`.',
      );
    case CODES.tagRequired:
      return refused(
        'forbidden',
        `${capital(place.name)} requires a tag on each post, and has none that I can use.`,
        `Allow me “Manage Channels” in ${place.name}, or make the tags ${postLabels.map((label) => `“${label}”`).join(', ')} there; then \`/digest now\`.`,
      );
    case CODES.noText:
      return refused('forbidden', `${place.name} accepts no messages.`, 'Use `/follow` in a text channel.');
    case CODES.archived:
    case CODES.threadLocked:
      return refused(
        'forbidden',
        `${place.name} is locked.`,
        'Unlock it, or allow me “Manage Threads” there; the next digest gets a thread of its own.',
      );
    case CODES.tooManyThreads:
      return refused(
        'forbidden',
        `No more threads can be open in the server of ${place.name}.`,
        'Archive some that are no longer needed; the next digest then gets its thread.',
      );
    case CODES.autoMod:
    case CODES.linksFilter:
      return refused(
        'forbidden',
        `A filter of the server blocked the message for ${place.name}.`,
        'Let my role pass in Server Settings, AutoMod, then `/digest now`.',
      );
    case CODES.twoFactor:
      return refused(
        'forbidden',
        'The server asks moderators for two-factor authentication.',
        'The owner of the bot must switch it on for their account.',
      );
    default:
      return null;
  }
}

function refused(reason: Refusal['reason'], message: string, remedy: string): Refusal {
  return { kind: 'refused', reason, message, remedy };
}

function gone({ name }: RefusedPlace): Refusal {
  return refused(
    'gone',
    `${capital(name)} no longer exists.`,
    'Use `/follow` in another channel to get digests there.',
  );
}

/** Permissions are the channel's, also those for its threads. `then`: what to do with them. */
export function lacks({ name, channel, missing }: RefusedPlace, then = 'use `/digest now`'): Refusal {
  const required = missing.length > 0 ? missing : ['View Channel', 'Send Messages'];
  const names = required.map((permission) => `“${permission}”`);
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('');
  return refused(
    'forbidden',
    `I can't post in ${name}: I need ${list} there.`,
    `Allow ${list} for covernote's role in the permissions of ${channel ?? name}, then ${then}.`,
  );
}

/** With a capital at the beginning of a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
