import type { MailOrigin, PreparedMail } from '../../adapters/store/prepared-mail.js';
import type { Problem } from '../../digest/message/mail.js';
import { prepareMail } from './prepare-mail.js';

/** A mail as a source gave it, with the hash of the copy. */
export interface RawMail {
  readonly raw: Uint8Array;
  readonly copyHash: Uint8Array;
  readonly origin: MailOrigin;
  readonly where: string;
}

/** What became of one mail: read, or named with what was wrong. */
export type ParsedMail =
  | { readonly kind: 'read'; readonly mail: PreparedMail }
  | { readonly kind: 'skipped'; readonly where: string; readonly problem: Problem };

/** Reads mails in groups; every mail has its outcome, in the order given. Rejects only when nothing can be read at all. */
export interface MailParser {
  parse(mails: readonly RawMail[]): Promise<ParsedMail[]>;
  close(): Promise<void>;
}

/** Reads mails where it is called: for tests, and where no worker was built. */
export function inlineParser(): MailParser {
  return {
    async parse(mails) {
      const outcomes: ParsedMail[] = [];
      for (const mail of mails) outcomes.push(await parseOne(mail));
      return outcomes;
    },
    close: async () => undefined,
  };
}

/** A mail that the reader fails on is a bug of ours: it is named, and the rest is read. */
export async function parseOne(mail: RawMail): Promise<ParsedMail> {
  try {
    return { kind: 'read', mail: await prepareMail(mail) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: 'skipped', where: mail.where, problem: { code: 'parser-failed', detail } };
  }
}
