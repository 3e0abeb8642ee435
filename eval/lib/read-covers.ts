import { openFiles } from '../../src/adapters/files/open-files.js';
import { decodeMail } from '../../src/adapters/mail/decode-mail.js';
import type { Message } from '../../src/digest/message/message.js';
import { understand } from '../../src/digest/message/understand.js';
import { postingFacts } from '../../src/digest/series/read-posting.js';

/** A cover letter with the place it was read from. */
export type CoverAt = Message & { readonly where: string; readonly summary: string | null };

/** The Message-ID is among the first headers, after those of the servers that the mail passed. */
const HEAD_BYTES = 16_384;

function isRequested(raw: Uint8Array, requested: ReadonlySet<string>): boolean {
  const head = Buffer.from(raw.subarray(0, HEAD_BYTES)).toString('latin1');
  const id = /^message-id:\s*<([^>\s]+)>/im.exec(head)?.[1];
  return id !== undefined && requested.has(id);
}

/**
 * Every cover letter of the given files and folders, each Message-ID once, in the files' order.
 *
 * `requested`: only those of these Message-IDs; the others are not parsed, which is much faster. `kind`: patches instead of covers.
 */
export async function readCovers(
  paths: readonly string[],
  requested: ReadonlySet<string> | null = null,
  kind: 'cover' | 'patch' = 'cover',
): Promise<CoverAt[]> {
  const covers = new Map<string, CoverAt>();
  for (const path of paths) {
    for await (const event of openFiles(path).read()) {
      if (event.kind !== 'mail' || (requested !== null && !isRequested(event.raw, requested))) continue;
      const message = understand(await decodeMail(event.raw));
      if (message.kind === kind && !covers.has(message.id)) {
        covers.set(message.id, {
          ...message,
          where: event.where,
          summary: postingFacts(message)?.summary ?? null,
        });
      }
    }
  }
  return [...covers.values()];
}
