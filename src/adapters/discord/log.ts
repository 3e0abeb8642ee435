/** What this adapter writes to: pino's loggers have this shape. Never with a token or an interaction's token in the fields. */
export interface DiscordLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
