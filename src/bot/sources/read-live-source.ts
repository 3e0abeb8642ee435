import { TransientFailure } from '../../digest/failure/failure.js';
import type { MailSource, SourceEvent } from '../../digest/ports/mail-source.js';
import { MINUTE_MS } from '../../digest/time/iso.js';
import { type IngestCounts, type IngestProgress, ingest, type SourceMark } from '../ingest/ingest.js';
import type { MailParser } from '../ingest/mail-parser.js';
import type { MailStore } from '../ingest/mail-store.js';

/** The part of the store that reading a source needs. */
export type SourceStore = MailStore;

export interface LiveReading {
  readonly store: SourceStore;
  readonly signal: AbortSignal;
  /** On a first reading: mail received before it is ignored (ISO UTC); null: nothing is ignored. */
  readonly since: string | null;
  /** The time, ISO UTC with seconds. */
  readonly now: () => string;
  readonly parser?: MailParser;
  readonly onProgress?: (progress: IngestProgress) => void;
  /** Called once all mail before a cursor is stored, and the cursor with it. */
  readonly onCursor?: () => void;
  readonly stallMs?: number;
  /** Mails of one transaction. */
  readonly batchSize?: number;
}

const STALL_MS = 10 * MINUTE_MS;
/** On the first read, mail older than this many days is skipped. */
export const FIRST_DAYS = 30;

/**
 * Reads a live source once, from where it was left to its end. A cursor is stored when all mail before it is: if the process is killed,
 * some mail is read twice, but none is missed. Throws what the source throws; what it yielded before is stored.
 */
export async function readLiveSource(source: MailSource, reading: LiveReading): Promise<IngestCounts> {
  const { store, now, since, signal } = reading;
  const { sources } = store;
  let given = 0;
  let behind: number | null = null;
  const reportGiven = async () => {
    const mails = given;
    given = 0;
    if (mails > 0) await sources.gave(source.name, mails, now());
  };
  const onMark = async (mark: SourceMark): Promise<void> => {
    switch (mark.kind) {
      case 'cursor':
        await sources.setCursor(source.name, mark.cursor);
        await reportGiven();
        await sources.setBehind(source.name, behind);
        reading.onCursor?.();
        return;
      case 'removed':
        await store.remove([mark.messageId]);
        return;
      case 'evidence':
        await sources.addEvidence(mark.evidence);
        return;
      default:
        mark satisfies never;
    }
  };
  const guarded = guardSource(source, {
    stallMs: reading.stallMs ?? STALL_MS,
    onEvent(event) {
      if (event.kind === 'mail') given++;
      if (event.kind === 'progress') behind = event.total === null ? null : event.total - event.done;
    },
  });
  const cursor = (await sources.get(source.name))?.cursor ?? null;
  try {
    return await ingest(guarded, store, {
      request: { cursor, since, signal },
      onMark,
      now,
      ...(reading.parser === undefined ? {} : { parser: reading.parser }),
      ...(reading.batchSize === undefined ? {} : { batchSize: reading.batchSize }),
      ...(reading.onProgress === undefined ? {} : { onProgress: reading.onProgress }),
    });
  } finally {
    await reportGiven();
  }
}

interface GuardOptions {
  /** The longest time that a source may take until its next event. */
  readonly stallMs: number;
  readonly onEvent: (event: SourceEvent) => void;
}

/** A watched source: each event is reported, and a source that hangs is abandoned. */
export function guardSource(source: MailSource, { stallMs, onEvent }: GuardOptions): MailSource {
  return {
    name: source.name,
    async *read(request) {
      const events = source.read(request)[Symbol.asyncIterator]();
      let ended = false;
      try {
        for (;;) {
          const next = await within(events.next(), stallMs, source.name);
          if (next.done === true) {
            ended = true;
            return;
          }
          onEvent(next.value);
          yield next.value;
        }
      } finally {
        // Not awaited: a source that hangs would hang here again.
        if (!ended) void Promise.resolve(events.return?.()).catch(() => undefined);
      }
    },
  };
}

function within<T>(next: Promise<T>, waitMs: number, name: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const minutes = Math.round(waitMs / MINUTE_MS);
      reject(new TransientFailure('stalled', `Nothing has come from ${name} for ${minutes} min.`));
    }, waitMs);
    next.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
