import { z } from 'zod';

/** How far a group was read on one server: numbers are the server's own, and start over when it is set up again. */
export interface Position {
  /** `nntp.lore.kernel.org:119`. */
  readonly server: string;
  readonly group: string;
  /** Every number up to it has been processed. */
  readonly last: number;
  /** Articles that were read, newest first; they show whether the numbers still mean the same. */
  readonly anchors: readonly Anchor[];
  readonly waiting: Waiting | null;
}

/** A number that is listed but cannot be fetched yet. */
export interface Waiting {
  readonly number: number;
  /** The newest number when this was first seen. */
  readonly upTo: number;
  /** When it was first requested again, in milliseconds by the server's clock; null before. */
  readonly sinceMs: number | null;
}

export type Anchor = readonly [number: number, messageId: string];

const positionSchema = z.object({
  server: z.string(),
  group: z.string(),
  last: z.int().min(0),
  anchors: z.array(z.tuple([z.int(), z.string()])),
  waiting: z.object({ number: z.int(), upTo: z.int(), sinceMs: z.int().nullable() }).nullable(),
});

export function formatCursor(position: Position): string {
  return JSON.stringify({ nntp: 1, ...position });
}

/** null if it is not such a cursor. */
export function parseCursor(cursor: string | null): Position | null {
  if (cursor === null) return null;
  try {
    return positionSchema.safeParse(JSON.parse(cursor)).data ?? null;
  } catch {
    return null;
  }
}

/** Enough for a list of ten million mails. */
const MAX_ANCHORS = 24;

/**
 * The newest anchor, and older ones ever further apart: of those before it, each that has more factors of two than all
 * after it. If the newest were removed from the archive, an older one still shows that its numbers are the same.
 */
export function withAnchor(anchors: readonly Anchor[], anchor: Anchor): Anchor[] {
  const kept: Anchor[] = [anchor];
  let most = 0;
  for (const older of anchors) {
    const twos = factorsOfTwo(older[0]);
    if (kept.length >= MAX_ANCHORS || older[0] >= anchor[0]) break;
    if (kept.length > 1 && twos <= most) continue;
    kept.push(older);
    most = twos;
  }
  return kept;
}

function factorsOfTwo(number: number): number {
  return 31 - Math.clz32(number & -number);
}
