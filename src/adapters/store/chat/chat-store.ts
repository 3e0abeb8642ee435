import type { Db } from '../schema.js';
import { createDestinations, type Destinations } from './destinations.js';
import { createFollows, type Follows } from './follows.js';
import { createLedger, type Ledger, requeueParts } from './ledger.js';
import { createMutes, type Mutes } from './mutes.js';
import { createOutbox, type Outbox } from './outbox.js';
import { createPeople, type People } from './people.js';
import { createSlots, type Slots } from './slots.js';
import { createAnchors, createInstallations, createSeenEvents, createUndo } from './small-tables.js';
import { createSnoozes, type Snoozes } from './snoozes.js';
import { type OpenThread, threadsOf } from './threads.js';
import { createTouchedReader, type TouchedReader } from './touched.js';

/** What chats need remembered: who follows what and when, what was posted for them, what is still to be sent. */
export interface ChatStore {
  readonly destinations: Destinations;
  readonly follows: Follows;
  readonly slots: Slots;
  readonly ledger: Ledger;
  readonly touched: TouchedReader;
  readonly outbox: Outbox;
  readonly mutes: Mutes;
  /** The threads of a destination that were opened for any of these (RevisionRecord.id), the oldest first. */
  threadsOf(destinationId: number, keys: readonly string[]): Promise<OpenThread[]>;
  readonly people: People;
  readonly snoozes: Snoozes;
  readonly undo: ReturnType<typeof createUndo>;
  readonly anchors: ReturnType<typeof createAnchors>;
  readonly seenEvents: ReturnType<typeof createSeenEvents>;
  readonly installations: ReturnType<typeof createInstallations>;
  /** `requeueParts` in its own transaction. */
  requeue(outboxIds: readonly number[]): Promise<void>;
  /**
   * Runs several changes completely or not at all. The work uses only the store that it is given: it has the connection to itself until it
   * ends, and everything else waits.
   */
  inTransaction<T>(work: (chat: ChatStore) => Promise<T>): Promise<T>;
}

/** The tables of chats on a database. `inTransaction` runs its work completely or not at all. */
export function createChatStore(
  db: Db,
  inTransaction: <T>(work: (on: Db) => Promise<T>) => Promise<T>,
): ChatStore {
  const ledger = createLedger(db);
  return {
    destinations: createDestinations(db, inTransaction),
    follows: createFollows(db, inTransaction),
    slots: createSlots(db, inTransaction, ledger),
    ledger,
    touched: createTouchedReader(db),
    outbox: createOutbox(db, inTransaction),
    mutes: createMutes(db),
    threadsOf: (destinationId, keys) => threadsOf(db, destinationId, keys),
    people: createPeople(db),
    snoozes: createSnoozes(db),
    undo: createUndo(db),
    anchors: createAnchors(db),
    seenEvents: createSeenEvents(db),
    installations: createInstallations(db),
    requeue: (outboxIds) => inTransaction((on) => requeueParts(on, outboxIds)),
    inTransaction: (work) => inTransaction((on) => work(createChatStore(on, (within) => within(on)))),
  };
}
