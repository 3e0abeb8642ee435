/** An error is in the field `error`, what to do about it in `remedy`; never a token. */
type LogFields = Readonly<Record<string, unknown>>;

/** Where the program reports what it does: a stable event name such as `digest.sent`, and fields for everything that differs. */
export interface Log {
  debug(fields: LogFields, event: string): void;
  info(fields: LogFields, event: string): void;
  warn(fields: LogFields, event: string): void;
  error(fields: LogFields, event: string): void;
}
