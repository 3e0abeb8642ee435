import { expandOrNull } from '../../adapters/store/raw-body.js';
import { DAY_MS, toIso } from '../../digest/time/iso.js';
import { type Careful, readCarefully } from './careful.js';
import { createCarefulWriter } from './careful-writer.js';
import type { MailParser } from './mail-parser.js';
import type { MailStore } from './mail-store.js';

/** What became of the mails in quarantine. */
export interface RetryCounts {
  readonly tried: number;
  /** Of those: read now. */
  readonly read: number;
  /** Still in quarantine. */
  readonly left: number;
}

export interface RetrySetting {
  readonly store: MailStore;
  readonly parser: MailParser;
  readonly careful: Careful;
  /** See Quarantine.beginRetry. */
  readonly attempt: number;
  /** ISO UTC. */
  readonly now: () => string;
}

/** Reads the mails in quarantine again, each by itself and once in an attempt, even where that ends the process. */
export async function retryQuarantined(setting: RetrySetting): Promise<RetryCounts> {
  const { store, careful, attempt } = setting;
  const { quarantine } = store.readings;
  let tried = 0;
  let read = 0;
  for (const mail of await quarantine.all()) {
    if (mail.triedIn >= attempt) continue;
    const outcome = await retryOne(mail, setting);
    if (outcome !== 'not here') tried++;
    if (outcome === 'read') read++;
  }
  // What was read has left it now.
  await careful.end();
  return { tried, read, left: await quarantine.count() };
}

const SECOND_CHANCE_MS = DAY_MS;
/** Mails that are tried before the next look: each may end the process, and a supervisor gives up after some ends in a row. */
const MOST_CHANCES = 2;

export interface SecondChances {
  readonly store: MailStore;
  readonly parser: MailParser;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
}

/**
 * Reads mails that have been in quarantine for a day again, each once: whatever ended the process twice may have had nothing to do with it,
 * such as a memory limit that was too low. Throws if the database can't be used; what was at hand then keeps its chance.
 */
export async function takeSecondChances(
  { store, parser, nowMs, signal }: SecondChances,
  afterMs = SECOND_CHANCE_MS,
): Promise<Pick<RetryCounts, 'tried' | 'read'>> {
  const { quarantine } = store.readings;
  const due = (await quarantine.withoutSecondChance(toIso(nowMs() - afterMs))).filter(({ isKept }) => isKept);
  if (due.length === 0) return { tried: 0, read: 0 };
  const now = () => toIso(nowMs());
  const careful = await readCarefully({ store, now });
  let tried = 0;
  let read = 0;
  try {
    for (const mail of due.slice(0, MOST_CHANCES)) {
      if (signal.aborted) break;
      await quarantine.noteSecondChance(mail.hash);
      const outcome = await retryOne(mail, { store, parser, careful, now }).catch(async (error: unknown) => {
        await quarantine.noteSecondChance(mail.hash, false);
        throw error;
      });
      tried++;
      if (outcome !== 'read') continue;
      read++;
      // The next one may end the process.
      await quarantine.acquit([mail.hash]);
    }
  } finally {
    await careful.end();
  }
  return { tried, read };
}

type Retried = Awaited<ReturnType<MailStore['readings']['quarantine']['all']>>[number];

/** `not here`: its bytes are not kept in quarantine. */
async function retryOne(
  { hash, source, where, isKept }: Retried,
  { store, parser, careful, now }: Omit<RetrySetting, 'attempt'>,
): Promise<'read' | 'not read' | 'not here'> {
  const { quarantine } = store.readings;
  const kept = isKept ? await quarantine.mail(hash) : null;
  const raw = kept === null ? null : expandOrNull(kept.body);
  if (kept === null || raw === null) {
    // A stored message is read again with all the others. What could not be kept is read when its source gives it again.
    if ((await store.storedCopies([hash])).size === 0) await quarantine.acquit([hash]);
    return 'not here';
  }
  const writer = createCarefulWriter({ careful, parser, store, source, now });
  const { fresh, known } = await writer.readAlone({
    raw,
    origin: kept.origin,
    where,
    copyHash: hash,
    compress: true,
  });
  return fresh + known > 0 ? 'read' : 'not read';
}
