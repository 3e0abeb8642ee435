import type { ChatStore } from '../../adapters/store/chat/chat-store.js';
import type { Destination } from '../../adapters/store/chat/destination.js';
import type { Digest } from '../../digest/plan/digest.js';
import type { Asker, Place } from '../../digest/ports/chat-bot.js';
import type { Library } from '../library.js';

/** What the commands work with. */
export interface ChatScene {
  readonly library: Library;
  readonly nowMs: () => number;
  /** TZ_DEFAULT: for who does not tell their own. */
  readonly zone: string;
  readonly digests: ChatDigests;
  readonly sources: () => Promise<readonly SourceStatus[]>;
  /** Gets the thread of a mail that is not here and takes it in; null where nothing can be fetched. */
  readonly fetchThread: FetchThread | null;
  /** Whether anything is ever sent to a place: to a terminal nothing is. */
  readonly delivers: (place: Pick<Place, 'platform'>) => boolean;
  /** What one message takes, as pagesOf counts it; without end where nothing has to fit a message. */
  readonly pageCost: number;
  /** A new id that nobody can guess: at most 24 of `A-Z a-z 0-9 _ -`. */
  readonly newId: () => string;
}

/** Digests, as commands ask for them. */
export interface ChatDigests {
  /** What the next digest of a place would hold if it came now. Nothing is sent, nothing counts as told. */
  preview(destination: Destination): Promise<Digest>;
  /** Plans a digest now; it goes out through the outbox. */
  now(destination: Destination): Promise<DigestNow>;
}

type DigestNow =
  | { readonly kind: 'planned'; readonly digest: Digest }
  /** There is nothing to tell. */
  | { readonly kind: 'empty' }
  /** One was planned at the same moment. */
  | { readonly kind: 'busy' };

/** How a source of mail does. */
export interface SourceStatus {
  /** `lore:kvm`. */
  readonly name: string;
  /** ISO UTC: when it was last read to its end; null: not yet. */
  readonly caughtUpAt: string | null;
  /** ISO UTC: the newest mail that came from it. */
  readonly newest: string | null;
  /** What is wrong with it now, for people; null where nothing is. */
  readonly problem: string | null;
}

/**
 * True where the mail is here now; false where no archive has it. `list`: the one that the link named, as the archive calls it. Throws
 * UserError, and TransientFailure where the archive is away or its answer broke off: what had come whole by then is here.
 */
export type FetchThread = (
  messageId: string,
  wanted: {
    readonly list: string | null;
    /** Who waits for it, see personKey: each has a share. */
    readonly by: string;
  },
) => Promise<boolean>;

/** Where and by whom something is asked. */
export interface Asked {
  readonly scene: ChatScene;
  readonly asker: Asker;
  readonly place: Place;
}

export function chatOf(scene: ChatScene): ChatStore {
  return scene.library.store.chat;
}
