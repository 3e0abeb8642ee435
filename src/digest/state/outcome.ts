import type { ClaimSays, StateName } from '../claims/claim.js';

/** A mail that proves a state. */
export interface StateEvidence {
  readonly messageId: string | null;
  readonly url: string | null;
  readonly by: { readonly name: string; readonly email: string };
  /** ISO UTC. */
  readonly date: string | null;
  /** Who or what says so: a ClaimSource, `reply` or `newer-version`. */
  readonly source: string;
  /** What the mail says about the posting; absent if only its existence counts. */
  readonly says?: ClaimSays;
  readonly tree: string | null;
  readonly branch: string | null;
  /** 0 to 1. */
  readonly confidence: number;
  readonly quote: string;
}

/** A mail that states an outcome of a posting and is not believed. */
export interface StateDoubt {
  readonly messageId: string | null;
  readonly by: { readonly name: string; readonly email: string };
  readonly says: ClaimSays;
  /** When, ISO UTC; null if the mail does not say, absent in records of older rules. */
  readonly date?: string | null;
  /** The sender is not entitled to it, or DKIM or DMARC failed at the receiving host. */
  readonly reason: 'not-entitled' | 'not-authenticated';
}

/** A state with the mails that prove it, surest first; `url` is null until code that knows the archive fills it. */
export interface StateOutcome {
  readonly name: StateName;
  readonly evidence: StateEvidence[];
  /** How many of the patches are known to be in a tree (`3 of 5 applied`); null if the state is neither applied nor merged. */
  readonly applied: { readonly patches: number; readonly total: number } | null;
  /** Absent if every claim is believed. */
  readonly disbelieved?: readonly StateDoubt[];
}
