import type { Address } from '../mail/mail.js';

export const stateNames = [
  'new',
  'under-review',
  'changes-requested',
  'applied',
  'merged',
  'superseded',
  'rejected',
  'stale',
] as const;

/** The possible states of a posting; `stale` depends on the clock and is never claimed. */
export type StateName = (typeof stateNames)[number];

export const publicClaims = [
  'applied',
  'will-apply',
  'unapplied',
  'changes-requested',
  'author-will-change',
  'rejected',
  'withdrawn',
  'superseded',
] as const;

/**
 * What a mail says about a posting. `author-will-change` and `withdrawn` count only from its author; `merged` is applied to the
 * mainline, and `open` is patchwork's word that it is under review again: people say neither.
 */
export type ClaimSays = (typeof publicClaims)[number] | 'merged' | 'open';

/** Who or what makes a claim: bots by the form of their notices, people as `person`. */
export type ClaimSource =
  | 'pw-bot'
  | 'patchwork-bot'
  | 'tip-bot'
  | 'b4-ty'
  | 'mm'
  | 'stable'
  | 'pr-tracker'
  | 'commit'
  | 'announced'
  | 'pull-request'
  | 'person';

/** One patch that a notice names. */
export interface ClaimedPatch {
  readonly index: number | null;
  /** '' if the notice gives only a number. */
  readonly title: string;
  readonly commit: string | null;
  /** Who wrote the patch, if the notice says so: it joins a notice that answers no mail. */
  readonly author?: Address;
  /** The mail that it was posted in, if the notice links to it. */
  readonly messageId?: string;
}

/** What one mail says about a posting; whether it counts is decided where the posting is known. */
export interface StateClaim {
  readonly says: ClaimSays;
  readonly source: ClaimSource;
  readonly by: Address;
  readonly tree: string | null;
  readonly branch: string | null;
  /** Empty: everything that the mail answers. */
  readonly patches: readonly ClaimedPatch[];
  /** The words are about the whole series, even if the mail answers one patch of it. */
  readonly whole?: boolean;
  /** They count only in a direct answer to the posting: deeper in a thread they are about something else. */
  readonly direct?: boolean;
  /** 0 to 1: how certain the words are, before the sender is known. */
  readonly confidence: number;
  /** The line that says so, for people. */
  readonly quote: string;
}
