import type { ChatStore } from '../../adapters/store/chat/chat-store.js';
import type { Destination } from '../../adapters/store/chat/destination.js';
import type { Answer, FindChannel, Place, Requester } from '../../digest/ports/chat-bot.js';
import type { CommandSpec } from '../../digest/ports/command.js';
import type { DigestNow, Tick } from '../deliver/tick.js';
import type { Library } from '../library.js';

/** What the running bot gives its commands to work with. */
export interface BotServices {
  /** Every command of the chats, in the order of help. */
  readonly commands: readonly CommandSpec[];
  readonly library: Library;
  readonly nowMs: () => number;
  /** TZ_DEFAULT: for people whose own zone is not known. */
  readonly zone: string;
  readonly digests: Pick<Tick, 'digestPreview'> & {
    readonly digestNow: (destination: Destination) => Promise<DigestNow>;
  };
  readonly sources: () => Promise<readonly SourceStatus[]>;
  /** Fetches the thread of a mail that is not here and stores it; null if nothing can be fetched. */
  readonly fetchThread: FetchThread | null;
  /** Whether anything is ever sent to a place: to a terminal nothing is. */
  readonly delivers: (place: Pick<Place, 'platform'>) => boolean;
  /** What one message takes, as pagesOf counts it; infinite if nothing has to fit a message. */
  readonly pageCost: number;
  /** A new id that cannot be guessed: at most 24 of `A-Z a-z 0-9 _ -`. */
  readonly newId: () => string;
}

/** What a bot is created from. */
export interface BotOptions extends Omit<BotServices, 'commands' | 'pageCost'> {
  /** What one message takes, as pagesOf counts it; by default that of the narrower chat. */
  readonly pageCost?: number;
  /** Called for bugs: what was thrown, the id that the user got, and what was requested, without names. */
  readonly onBug: (error: unknown, bug: { readonly reference: string; readonly operation: string }) => void;
  /** Called before each command and press; what it returns is called with the outcome. */
  readonly onAnswer?: (name: string) => (outcome: Answer['kind'] | 'failed') => void;
}

/** One request in a chat: who makes it, where, and what the bot works with to answer it. */
export interface CommandContext extends BotServices {
  readonly requester: Requester;
  readonly place: Place;
  /** The place is not where the command was typed: the answer names it, and a change is announced there. */
  readonly isElsewhere?: true;
  /** Absent if the chat has no channels. */
  readonly findChannel?: FindChannel;
}

/** The state of a source of mail. */
export interface SourceStatus {
  /** `lore:kvm`. */
  readonly name: string;
  /** ISO UTC: when it was last read to its end; null: not yet. */
  readonly caughtUpAt: string | null;
  /** ISO UTC: the newest mail that came from it. */
  readonly newest: string | null;
  /** What is wrong with it now, for people; null if nothing is. */
  readonly problem: string | null;
}

/**
 * True if the mail is here now; false if no archive has it. `list`: the one that the link named, as the archive calls it. Throws
 * UserError, and TransientFailure where the archive cannot be reached or its answer broke off: what had arrived completely by then is stored.
 */
export type FetchThread = (
  messageId: string,
  request: {
    readonly list: string | null;
    /** Who waits for it, see personKey: each has a share. */
    readonly by: string;
  },
) => Promise<boolean>;

/** The part of the store that holds places, follows, schedules and what was sent. */
export function chatOf({ library }: Pick<BotServices, 'library'>): ChatStore {
  return library.store.chat;
}
