/** What goes wrong with a request, on demand. */
export type Fault =
  /** Discord's own error, before anything is carried out: 10003, 50001, 50013, 50007, 10062 … */
  | { readonly kind: 'error'; readonly status: number; readonly code: number; readonly message: string }
  | { readonly kind: 'rateLimited'; readonly retryAfterMs: number; readonly global?: boolean }
  /** A plain 502 of the edge; nothing is carried out. */
  | { readonly kind: 'badGateway'; readonly carriedOut?: boolean }
  /** The socket closes before anything is carried out. */
  | { readonly kind: 'dropBefore' }
  /** It is carried out, and the socket closes before the reply. */
  | { readonly kind: 'dropAfter' }
  /** It is carried out, and the reply comes late. */
  | { readonly kind: 'slow'; readonly ms: number };

interface Armed {
  readonly operation: string;
  readonly matches: (path: string) => boolean;
  readonly fault: Fault;
  left: number;
}

export interface Faults {
  /** The next `times` requests of an operation (`POST /channels/{channel_id}/messages`) fail. */
  arm(operation: string, fault: Fault, times?: number, matches?: (path: string) => boolean): void;
  /** The fault of this request, used up by it. */
  take(operation: string, path: string): Fault | null;
  clear(): void;
}

export function createFaults(): Faults {
  let armed: Armed[] = [];
  return {
    arm(operation, fault, times = 1, matches = () => true) {
      armed.push({ operation, matches, fault, left: times });
    },
    take(operation, path) {
      const found = armed.find((one) => one.operation === operation && one.matches(path));
      if (found === undefined) return null;
      found.left--;
      armed = armed.filter((one) => one.left > 0);
      return found.fault;
    },
    clear() {
      armed = [];
    },
  };
}

/** Discord's errors by name, with the status that goes with each. */
export const ERRORS = {
  unknownChannel: { kind: 'error', status: 404, code: 10003, message: 'Unknown Channel' },
  unknownMessage: { kind: 'error', status: 404, code: 10008, message: 'Unknown Message' },
  unknownUser: { kind: 'error', status: 404, code: 10013, message: 'Unknown User' },
  unknownMember: { kind: 'error', status: 404, code: 10007, message: 'Unknown Member' },
  unknownWebhook: { kind: 'error', status: 404, code: 10015, message: 'Unknown Webhook' },
  unknownInteraction: { kind: 'error', status: 404, code: 10062, message: 'Unknown interaction' },
  alreadyAnswered: {
    kind: 'error',
    status: 400,
    code: 40060,
    message: 'Interaction has already been acknowledged.',
  },
  missingAccess: { kind: 'error', status: 403, code: 50001, message: 'Missing Access' },
  foreignMessage: {
    kind: 'error',
    status: 403,
    code: 50005,
    message: 'Cannot edit a message authored by another user',
  },
  closed: { kind: 'error', status: 403, code: 50007, message: 'Cannot send messages to this user' },
  missingPermissions: { kind: 'error', status: 403, code: 50013, message: 'Missing Permissions' },
  wrongChannelType: {
    kind: 'error',
    status: 400,
    code: 50024,
    message: 'Cannot execute action on this channel type',
  },
  invalidBody: { kind: 'error', status: 400, code: 50035, message: 'Invalid Form Body' },
  archived: { kind: 'error', status: 400, code: 50083, message: 'Thread is archived' },
  threadExists: {
    kind: 'error',
    status: 400,
    code: 160004,
    message: 'A thread has already been created for this message',
  },
  tagRequired: {
    kind: 'error',
    status: 400,
    code: 40067,
    message: 'A tag is required to create a forum post in this channel',
  },
  threadLocked: { kind: 'error', status: 400, code: 160005, message: 'Thread is locked' },
  badToken: { kind: 'error', status: 401, code: 0, message: '401: Unauthorized' },
  tokenExpired: { kind: 'error', status: 401, code: 50027, message: 'Invalid Webhook Token' },
} as const satisfies Record<string, Fault>;
