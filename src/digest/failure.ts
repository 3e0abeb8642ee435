/**
 * A failure that the person can mend: what happened, why, and what to do now. Shown to them as it stands.
 * A bug is any other Error.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: string;
  /** What to do now; '' where the message says it already. */
  readonly remedy: string;
  constructor(code: string, message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.remedy = remedy;
  }
}
