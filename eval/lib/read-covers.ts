import { openFiles } from '../../src/adapters/files/open-files.js';
import { decodeMail } from '../../src/adapters/mail/decode-mail.js';
import type { Message } from '../../src/digest/message/message.js';
import { understand } from '../../src/digest/message/understand.js';
import { postingFacts } from '../../src/digest/series/read-posting.js';

/** A cover letter with the place it was read from. */
export type CoverAt = Message & { readonly where: string; readonly summary: string | null };

/** Every cover letter of the given files and folders, each Message-ID once, in the files' order. */
export async function readCovers(paths: readonly string[]): Promise<CoverAt[]> {
  const covers = new Map<string, CoverAt>();
  for (const path of paths) {
    for await (const event of openFiles(path).read()) {
      if (event.kind !== 'mail') continue;
      const message = understand(await decodeMail(event.raw));
      if (message.kind === 'cover' && !covers.has(message.id)) {
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
