import type { ParsedMail, RawMail } from './mail-parser.js';

/** What goes to the parser at a time: little, so that what it read is sent on while it is still young to the garbage collector. */
const GROUP_MAILS = 16;
const GROUP_BYTES = 160 * 1024;
/** What the parser may have before it: enough that it never waits for a batch to be stored. */
const AHEAD_MAILS = 400;
const AHEAD_BYTES = 3 * 1024 * 1024;

export interface ParsedGroup {
  readonly outcomes: readonly ParsedMail[];
  /** How long each mail was, in bytes, as it was given. */
  readonly sizes: readonly number[];
  /** The mails as they were given, where one of them struck the parser; else their bytes are let go. */
  readonly struck: readonly RawMail[] | null;
}

/** Groups of mails on their way through the parser, in order; `add` waits while there are too many. */
export function createAhead(
  parse: (mails: readonly RawMail[]) => Promise<ParsedGroup>,
  take: (group: ParsedGroup) => Promise<void>,
) {
  const waiting: (
    | { readonly bytes: number; readonly mails: number; readonly outcomes: Promise<ParsedGroup> }
    | { readonly act: () => Promise<void> }
  )[] = [];
  const group = createPile<RawMail>(GROUP_MAILS, GROUP_BYTES);
  let bytes = 0;
  let mails = 0;
  let unread = 0;
  const send = (): void => {
    if (group.isEmpty()) return;
    const own = group.bytes();
    const given = group.take();
    const count = given.length;
    // The thread that is ahead compresses: the parser if most of what it was given is read and waits to be stored, else this thread.
    const compress = unread < mails / 4;
    const outcomes = parse(given.map((mail) => ({ ...mail, compress })));
    unread += count;
    // It is awaited later; until then a failure must not count as unhandled.
    outcomes.then(
      () => {
        unread -= count;
      },
      () => undefined,
    );
    waiting.push({ bytes: own, mails: count, outcomes });
    bytes += own;
    mails += count;
  };
  const takeFirst = async (): Promise<void> => {
    const first = waiting.shift();
    if (first === undefined) return;
    if ('act' in first) return first.act();
    const outcomes = await first.outcomes;
    bytes -= first.bytes;
    mails -= first.mails;
    await take(outcomes);
  };
  return {
    async add(mail: RawMail): Promise<void> {
      group.add(mail, mail.raw.byteLength);
      if (group.isFull()) send();
      while (bytes > AHEAD_BYTES || mails > AHEAD_MAILS) await takeFirst();
    },
    /** Does something once everything that was added before is taken. */
    async after(act: () => Promise<void>): Promise<void> {
      send();
      waiting.push({ act });
      while (bytes > AHEAD_BYTES || mails > AHEAD_MAILS || 'act' in (waiting[0] ?? {})) await takeFirst();
    },
    async end(): Promise<void> {
      send();
      while (waiting.length > 0) await takeFirst();
    },
  };
}

/** Items up to a number of items or bytes. */
export function createPile<Item>(most: number, mostBytes: number) {
  let items: Item[] = [];
  let bytes = 0;
  return {
    add(item: Item, size: number): void {
      items.push(item);
      bytes += size;
    },
    isFull: () => items.length >= most || bytes >= mostBytes,
    isEmpty: () => items.length === 0,
    bytes: () => bytes,
    take(): readonly Item[] {
      const taken = items;
      items = [];
      bytes = 0;
      return taken;
    },
  };
}
