import { createThreadFetcher } from '../../adapters/lore/http-thread.js';
import { TransientFailure, UserError } from '../../digest/failure/failure.js';
import type { MailSource } from '../../digest/ports/mail-source.js';
import { retryWords } from '../../digest/text/count.js';
import { createRateLimit } from '../../digest/time/rate-limit.js';
import type { FetchThread } from '../commands/context.js';
import type { Config } from '../config.js';
import { ingest } from '../ingest/ingest.js';
import type { MailSink } from '../ingest/mail-store.js';
import type { SourceSettings } from './open-source.js';

export interface ThreadFetchSetting {
  readonly config: Pick<Config, 'archiveUrl'> & Partial<Pick<Config, 'bots'>>;
  readonly settings: Pick<SourceSettings, 'userAgent'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly writer: MailSink;
  /** 20 seconds by default. */
  readonly waitMs?: number;
  /** Unaffected by changes of the clock. */
  readonly monotonicMs: () => number;
}

/** A user waits for the answer. */
const WAIT_MS = 20_000;
/** Two people who paste the same link cause one request. */
const AT_ONCE = 4;
/** One of these per person, so that no one can block the others. */
const AT_ONCE_EACH = 1;
/** Each costs someone else's archive up to a megabyte or more. */
const FETCHES_A_MINUTE = 5;

/**
 * Gets the thread of a mail from the archive that links lead to, and stores it as if it had arrived over its list: old mail in it is stored
 * but not announced. Null if ARCHIVE_URL is not the address of a public-inbox (it must hold `{list}`).
 */
export function createThreadFetch({
  config,
  settings,
  now,
  writer,
  waitMs = WAIT_MS,
  monotonicMs,
}: ThreadFetchSetting): FetchThread | null {
  const baseUrl = baseOf(config.archiveUrl);
  if (baseUrl === null) return null;
  const fetchThread = createThreadFetcher({ baseUrl, userAgent: settings.userAgent, now });
  const under = new Map<string, { readonly by: string; readonly work: Promise<boolean> }>();
  const limit = createRateLimit(FETCHES_A_MINUTE, monotonicMs);
  const fetchOne = async (messageId: string, list: string | null): Promise<boolean> => {
    const signal = AbortSignal.timeout(waitMs);
    const source: MailSource = {
      name: baseUrl,
      read: () => fetchThread(messageId, { list, signal }),
    };
    try {
      await ingest(source, writer, { bots: config.bots ?? [] });
      return true;
    } catch (error) {
      if (error instanceof UserError && error.code === 'no-such-mail') return false;
      // It then ends with the signal's own error, which means nothing to users.
      if (signal.aborted)
        throw new TransientFailure(
          'timeout',
          `${new URL(baseUrl).host} did not send the whole thread within ${waitMs / 1000} seconds.`,
          { cause: error },
        );
      throw error;
    }
  };
  /** Why a person may not make another request now; null if they may. */
  const refusal = (by: string): UserError | null => {
    const own = [...under.values()].filter((one) => one.by === by).length;
    if (own >= AT_ONCE_EACH)
      return new UserError('busy', 'Another thread is being fetched for you.', 'Try again in a few seconds.');
    if (under.size >= AT_ONCE)
      return new UserError(
        'busy',
        'Other threads are being fetched just now.',
        'Try again in a few seconds.',
      );
    const waitMs = limit.take(by);
    if (waitMs === 0) return null;
    return new UserError(
      'too-many-fetches',
      `That mail is not here, and ${FETCHES_A_MINUTE} threads were fetched for you in a minute.`,
      `Try again in ${retryWords(waitMs)}.`,
    );
  };
  return (messageId, { list, by }) => {
    const known = under.get(messageId);
    if (known !== undefined) return known.work;
    const refused = refusal(by);
    if (refused !== null) return Promise.reject(refused);
    const work = fetchOne(messageId, list).finally(() => under.delete(messageId));
    under.set(messageId, { by, work });
    return work;
  };
}

/** `https://lore.kernel.org` of `https://lore.kernel.org/{list}/{id}/`. */
function baseOf(template: string): string | null {
  const at = template.indexOf('/{list}/');
  return at < 0 ? null : template.slice(0, at);
}
