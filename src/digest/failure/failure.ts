/**
 * A failure that the person can fix: what happened, why, and what to do now. Shown to them unchanged.
 * What a retry fixes is a TransientFailure; a bug is any other Error.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: string;
  /** What to do now; '' if the message says it already. */
  readonly remedy: string;
  constructor(code: string, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
  }
}

/** A failure that a retry fixes: a server that is away, busy or talks nonsense. The work is tried again, not before `retryAfterMs`. */
export class TransientFailure extends Error {
  override readonly name = 'TransientFailure';
  /** `timeout`, `refused`, `rate-limited`, `challenge-page`, `truncated` …: what is counted and tested. */
  readonly code: string;
  /** The delay that the other side requested; null if it named none. */
  readonly retryAfterMs: number | null;
  constructor(
    code: string,
    message: string,
    options: ErrorOptions & { readonly retryAfterMs?: number | null } = {},
  ) {
    super(message, options);
    this.code = code;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
