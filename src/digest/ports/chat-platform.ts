import type { PartContent } from '../plan/part-content.js';
import type { PostLabel } from '../plan/post-label.js';
import type { Action } from '../view/action.js';
import type { View } from '../view/view.js';
import type { Address, PlatformName } from './address.js';

export type { Address, PlatformName } from './address.js';

/** A message to post at a destination. */
export interface Post {
  /** Our key: the same whenever the same message is sent again, and different for every other message. At most 25 of `A-Z a-z 0-9 _ -`. */
  readonly key: string;
  readonly to: Address;
  /**
   * The message whose thread it goes into; null for a top-level message. A platform without threads posts it without one.
   * `title` names the thread where it has to be made.
   */
  readonly under: { readonly messageId: string; readonly title: string } | null;
  readonly view: View;
  readonly actions: readonly Action[];
  /** Title and label, if top-level messages are posts that have them, as in a forum. Absent: none. */
  readonly topic?: Topic;
  /** What the view was made from, for receivers that are programs. */
  readonly content?: PartContent;
  /** No sound and no badge, if the platform supports that. */
  readonly silent: boolean;
}

/** The title and label of a forum post. */
export interface Topic {
  readonly title: string;
  /** For a message in its thread: the post's label from now on. null: unchanged. */
  readonly label: PostLabel | null;
}

/** Why a platform does not accept a message, however often it is sent. */
export type RefusalReason =
  /** The channel, the thread or the person is no longer there, or the app was removed. */
  | 'gone'
  /** We lack permission, until someone changes a setting. */
  | 'forbidden'
  /** The person accepts no messages from apps. */
  | 'closed'
  /** The message itself is wrong: a bug of ours. */
  | 'invalid';

export interface Refusal {
  readonly kind: 'refused';
  readonly reason: RefusalReason;
  /** For the person who set it up: what happened, and what to do now. */
  readonly message: string;
  readonly remedy: string;
}

/** Certainly not posted; it may be tried again after this long. */
export interface RetryLater {
  readonly kind: 'retryAfter';
  readonly delayMs: number;
  readonly message: string;
  /** The chat named the time itself (`Retry-After`): it is used unchanged. Absent: a guess, longer with each failure. */
  readonly isNamed?: boolean;
  /** The limit applies to everything that we send, to any place; absent: only to this place. */
  readonly everywhere?: boolean;
}

/** It may have been posted or not: a time-out, a socket that closed, an internal error. */
export interface Unclear {
  readonly kind: 'unclear';
  readonly message: string;
}

/** What a message that was posted lacks: what happened, and what to do. */
export interface Lacking {
  readonly message: string;
  readonly remedy: string;
}

export type SendOutcome =
  /**
   * `lacking`: posted without something that only a person can allow; they are notified once. `unlabelled`: the label of its post could not
   * be set; an edit of the message tries again.
   */
  | {
      readonly kind: 'sent';
      readonly messageId: string;
      readonly lacking?: Lacking;
      readonly unlabelled?: true;
    }
  | Refusal
  | RetryLater
  | Unclear;

export type EditOutcome = { readonly kind: 'edited' } | Refusal | RetryLater | Unclear;

export type FindOutcome =
  /** `unlabelled`: as with a send. */
  | { readonly kind: 'found'; readonly messageId: string; readonly unlabelled?: true }
  /** The platform answered that no message since that moment has the key. */
  | { readonly kind: 'absent' }
  /** It could not be reached now, or cannot say. */
  | { readonly kind: 'unknown'; readonly message: string };

/** What a platform can do; the contract suite tests it. */
export interface PlatformCapabilities {
  /** How long after a first send another send with the same key returns the posted message. 0: never. */
  readonly idempotentMs: number;
  readonly find: boolean;
  readonly edit: boolean;
  readonly threads: boolean;
}

/**
 * A chat that digests are delivered to. No method throws for anything that the platform does: outcomes are values; a throw is a bug.
 * Each call ends within its own time-out. The client's own retries must be off for sends that are not idempotent.
 */
export interface ChatPlatform {
  readonly name: PlatformName;
  readonly capabilities: PlatformCapabilities;
  /** The platform's own time (milliseconds since 1970), from its last answer; null if none had it. Our clock may be wrong. */
  time(): number | null;
  send(post: Post): Promise<SendOutcome>;
  /** Whether `idempotentMs` applies where this is posted; absent: everywhere. False if that is not known. */
  detectsRepeats?(post: Pick<Post, 'to' | 'under'>): Promise<boolean>;
  /** Looks for a message of ours by its key, among those posted at the destination (and under `under`) since a moment of the platform's time (ISO UTC). */
  find(query: Pick<Post, 'key' | 'to' | 'under'> & { readonly since: string }): Promise<FindOutcome>;
  /** Makes a posted message show another view. Repeating an edit changes nothing. */
  edit(
    change: Pick<Post, 'to' | 'under' | 'view' | 'actions' | 'topic'> & { readonly messageId: string },
  ): Promise<EditOutcome>;
  /** Whether a view fits into one message. Pure; the core splits a digest by it. A single item always fits: the renderer shortens it. */
  fits(view: View, actions: readonly Action[]): boolean;
}
