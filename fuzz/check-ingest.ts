import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_ARCHIVE_URL } from '../src/bot/config.js';
import { type IngestCounts, ingest } from '../src/bot/ingest/ingest.js';
import type { MailParser } from '../src/bot/ingest/mail-parser.js';
import type { MailStore } from '../src/bot/ingest/mail-store.js';
import { openMailStore } from '../src/bot/ingest/open-mail-store.js';
import { archiveUrl } from '../src/digest/mail/archive-url.js';
import type { MailSource } from '../src/digest/ports/mail-source.js';
import { emptyCatalog } from '../src/digest/subsystem/catalog.js';
import { whereOf } from './check-parsing.js';
import type { Finding, Report } from './messages.js';
import type { MutatedMail } from './mutate.js';

/** The time at which mails arrive: all real ones are older. */
const NOW = '2026-11-30T00:00:00Z';

/** A database that is thrown away, and its folder with it. */
export async function openTemporaryStore(): Promise<MailStore> {
  const folder = mkdtempSync(join(tmpdir(), 'covernote-fuzz-'));
  const url = `sqlite:${join(folder, 'fuzz.db')}`;
  const store = await openMailStore(url, {
    catalog: emptyCatalog,
    archiveUrl: archiveUrl(DEFAULT_ARCHIVE_URL),
  });
  return {
    ...store,
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Reads mails into a database, series and all; every one must be new, known or skipped by name. */
export async function ingestMails(
  mails: readonly MutatedMail[],
  store: MailStore,
  parser: MailParser,
): Promise<{ ingested: Report['ingested']; findings: Finding[] }> {
  const counts = await ingest(sourceOf(mails), store, { parser, now: () => NOW });
  const skipped = Object.values(counts.skipped).reduce((sum, { count }) => sum + count, 0);
  const ingested = { read: counts.read, new: counts.new, known: counts.known, skipped };
  return { ingested, findings: unaccounted(counts, skipped, mails.length) };
}

function unaccounted({ read, new: fresh, known }: IngestCounts, skipped: number, given: number): Finding[] {
  if (read === given && read === fresh + known + skipped) return [];
  const detail = `${given} mails: ${read} read, ${fresh} new, ${known} known, ${skipped} skipped`;
  return [{ iteration: null, code: 'unaccounted', detail }];
}

function sourceOf(mails: readonly MutatedMail[]): MailSource {
  return {
    name: 'fuzz',
    async *read() {
      for (const { raw, iteration } of mails)
        yield { kind: 'mail', raw, receivedAt: null, list: null, where: whereOf(iteration), problems: [] };
    },
  };
}
