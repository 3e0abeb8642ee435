export type PlatformName = 'discord' | 'slack' | 'webhook' | 'terminal' | 'memory';

/** A channel or a person on one platform, as it is keyed everywhere. */
export interface Address {
  readonly platform: PlatformName;
  /** A Discord server, a Slack enterprise or team, `dm` (a person on Discord) or `local` (the terminal). */
  readonly tenant: string;
  /** The platform's id of the channel, or of the person. */
  readonly address: string;
  readonly kind: 'channel' | 'person';
}
