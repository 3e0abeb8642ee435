import { webApi } from '@slack/bolt';
import type { Refusal, RetryLater, Unclear } from '../../digest/ports/chat-platform.js';

/** No token is kept for the workspace: the app was never installed there, or was removed. */
export class NotInstalled extends Error {
  override readonly name = 'NotInstalled';
  readonly tenant: string;
  constructor(tenant: string) {
    super(`covernote is not installed in ${tenant}`);
    this.tenant = tenant;
  }
}

const DEFAULT_WAIT_MS = 30_000;
const UNREACHABLE_WAIT_MS = 15_000;

const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

type RefusalText = readonly [
  reason: Refusal['reason'],
  message: (place: string) => string,
  remedy: (place: string) => string,
];

const inInstall = 'Install covernote again: docs/slack.md says how.';
const workspaceGone: RefusalText = [
  'gone',
  () => 'covernote was removed from this workspace.',
  () => `${inInstall} Its follows must be set up again.`,
];
const badToken: RefusalText = [
  'forbidden',
  () => 'Slack does not accept covernote’s token for this workspace.',
  () =>
    'The operator must copy the bot token (xoxb-) again from OAuth & Permissions, or install the app again.',
];
const noPerson: RefusalText = [
  'gone',
  () => 'This person is no longer in the workspace.',
  () => 'Someone else can set up the same follow with /follow.',
];
const closed: RefusalText = [
  'closed',
  () => 'This person does not accept messages from covernote.',
  () => 'Open covernote under Apps and allow its messages, or follow in a channel.',
];
const mayNotPost: RefusalText = [
  'forbidden',
  (place) => `${place} restricts who may post.`,
  (place) => `A manager of ${place} can let apps post, under the channel’s settings.`,
];
const threadGone: RefusalText = [
  'gone',
  (place) => `The message in ${place} was deleted.`,
  () => 'No action needed: the next digest is a new message.',
];
const ours: RefusalText = [
  'invalid',
  (place) => `Slack rejected the message for ${place}: a bug in covernote.`,
  () => 'Please report it; the log holds the reason.',
];

/** What each of Slack's error codes means for a message (docs.slack.dev, chat.postMessage and related methods). */
const REFUSALS: Readonly<Record<string, RefusalText>> = {
  not_in_channel: [
    'forbidden',
    (place) => `covernote is not a member of ${place}.`,
    (place) => `Run \`/invite @covernote\` in ${place}.`,
  ],
  channel_not_found: [
    'gone',
    (place) =>
      `covernote can’t see ${place}: it was deleted, or it is private and covernote is not a member.`,
    (place) => `If it still exists, run \`/invite @covernote\` in ${place}, then \`/digest now\`.`,
  ],
  is_archived: [
    'forbidden',
    (place) => `${place} is archived.`,
    (place) => `Unarchive ${place}, or follow the same in another channel.`,
  ],
  token_revoked: workspaceGone,
  account_inactive: workspaceGone,
  app_not_installed: workspaceGone,
  team_not_found: workspaceGone,
  invalid_auth: badToken,
  not_authed: badToken,
  token_expired: badToken,
  not_allowed_token_type: badToken,
  org_login_required: badToken,
  team_access_not_granted: badToken,
  user_not_found: noPerson,
  users_not_found: noPerson,
  user_disabled: noPerson,
  user_not_visible: noPerson,
  users_list_not_supplied: ours,
  cannot_dm_bot: closed,
  messages_tab_disabled: closed,
  cannot_dm_user: closed,
  restricted_action: mayNotPost,
  restricted_action_read_only_channel: mayNotPost,
  restricted_action_thread_only_channel: mayNotPost,
  restricted_action_non_threadable_channel: mayNotPost,
  restricted_action_thread_locked: mayNotPost,
  not_allowed: mayNotPost,
  access_denied: mayNotPost,
  message_not_found: threadGone,
  thread_not_found: threadGone,
  cant_update_message: threadGone,
  edit_window_closed: threadGone,
};

const codesOf = (...texts: readonly RefusalText[]): ReadonlySet<string> =>
  new Set(Object.keys(REFUSALS).filter((code) => texts.some((text) => text === REFUSALS[code])));

/** The codes by which a workspace says that the app has no place there any more. */
export const GONE_CODES = codesOf(workspaceGone);

/** The codes by which Slack refuses the token itself, whatever the request. */
export const DEAD_TOKEN_CODES: ReadonlySet<string> = new Set([
  ...codesOf(workspaceGone, badToken),
  'user_removed_from_team',
  'team_disabled',
]);

const WAITS = new Set([
  'ratelimited',
  'rate_limited',
  'message_limit_exceeded',
  'accesslimited',
  'team_added_to_org',
]);
const INSIDE = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_is_being_migrated',
]);

/** What went wrong with a call, as an outcome. `place` is how people call the destination: `#kvm`. */
export function outcomeOf(error: unknown, place: string): Refusal | RetryLater | Unclear {
  if (error instanceof NotInstalled) return refusal(workspaceGone, place);
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { ...wait(error.retryAfter * 1000, 'Slack is limiting our requests.'), isNamed: true };
  if (error instanceof webApi.WebAPIPlatformError) return platformOutcome(error, place);
  if (error instanceof webApi.WebAPIHTTPError)
    return error.statusCode >= 500
      ? { kind: 'unclear', message: `Slack had an internal error (HTTP ${error.statusCode}).` }
      : wait(DEFAULT_WAIT_MS, `Slack refuses connections (HTTP ${error.statusCode}).`);
  const code = networkCode(error);
  if (code !== null && NEVER_SENT.has(code))
    return wait(UNREACHABLE_WAIT_MS, `Slack cannot be reached (${code}).`);
  return { kind: 'unclear', message: `The connection to Slack ended (${code ?? 'no reason given'}).` };
}

/** The error code of a reply, for who has to tell one from another; null if there was none. */
export function slackCode(error: unknown): string | null {
  return error instanceof webApi.WebAPIPlatformError ? String(error.data.error) : null;
}

function platformOutcome(error: webApi.WebAPIPlatformError, place: string): Refusal | RetryLater | Unclear {
  const code = String(error.data.error);
  if (WAITS.has(code)) {
    const seconds = error.data.response_metadata?.retryAfter;
    return wait(
      typeof seconds === 'number' ? seconds * 1000 : DEFAULT_WAIT_MS,
      'Slack is limiting our requests.',
    );
  }
  if (INSIDE.has(code)) return { kind: 'unclear', message: `Slack had an internal error (${code}).` };
  if (code === 'missing_scope') return missingScope(error);
  const known = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  if (known !== undefined) return refusal(known, place);
  // An answer without a code is the page of a proxy in between: the fate of the call is unknown.
  if (!/^[a-z][a-z_]{1,80}$/.test(code))
    return { kind: 'unclear', message: 'Something other than Slack answered.' };
  const [reason, message, remedy] = ours;
  return { kind: 'refused', reason, message: `${message(place)} (${code})`, remedy: remedy(place) };
}

function missingScope(error: webApi.WebAPIPlatformError): Refusal {
  const scope = 'needed' in error.data ? String(error.data.needed) : '';
  const needed = /^[\w:.,-]{1,100}$/.test(scope) ? ` ${scope}` : '';
  return {
    kind: 'refused',
    reason: 'forbidden',
    message: `covernote lacks a permission in this workspace: the scope${needed}.`,
    remedy:
      'Ask an app manager to add it under OAuth & Permissions (`covernote slack manifest` lists all scopes) and to reinstall the app.',
  };
}

function refusal([reason, message, remedy]: RefusalText, place: string): Refusal {
  return { kind: 'refused', reason, message: message(place), remedy: remedy(place) };
}

function wait(delayMs: number, message: string): RetryLater {
  return { kind: 'retryAfter', delayMs, message };
}

/** `ECONNRESET`, `UND_ERR_SOCKET`, `TimeoutError` …, from anywhere in the chain of causes. */
function networkCode(error: unknown): string | null {
  let at: unknown = error;
  for (let depth = 0; depth < 6 && at instanceof Error; depth++) {
    if ('code' in at && typeof at.code === 'string' && !at.code.startsWith('slack_')) return at.code;
    if (at.name === 'TimeoutError' || at.name === 'AbortError') return 'timed out';
    at = at.cause;
  }
  return null;
}
