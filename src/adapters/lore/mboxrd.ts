import { MAX_MAIL_BYTES } from '../../digest/mail/mail-size.js';
import { HEADER_BYTES, type MailBytes } from './mail-event.js';

const SEPARATOR = Buffer.from('\nFrom ');
const LF = 0x0a;

/**
 * Cuts the mboxrd that public-inbox writes into mails, quoting undone, in constant memory. In mboxrd every line that begins with `From ` parts two
 * mails. Where the chunks end in an error, the mail that was being read is not given: it may be half of one.
 */
export async function* splitMboxrd(chunks: AsyncIterable<Buffer>): AsyncGenerator<MailBytes> {
  const mail = createCollector();
  /** Bytes of which it is not known yet whether a separator begins in them. */
  let rest: Buffer = Buffer.from('\n');
  let inSeparator = false;
  let begun = false;
  for await (const chunk of chunks) {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      if (inSeparator) {
        const end = rest.indexOf(LF);
        if (end < 0) break;
        // The line end stays: the next separator may begin with it.
        rest = rest.subarray(end);
        inSeparator = false;
        mail.skipFirst();
      }
      const at = rest.indexOf(SEPARATOR);
      if (at < 0) break;
      mail.add(rest.subarray(0, at + 1));
      if (begun) yield mail.take();
      else mail.take();
      begun = true;
      inSeparator = true;
      rest = rest.subarray(at + 1);
    }
    if (inSeparator) continue;
    const safe = Math.max(0, rest.length - SEPARATOR.length + 1);
    mail.add(rest.subarray(0, safe));
    rest = Buffer.from(rest.subarray(safe));
  }
  if (!begun || inSeparator) return;
  mail.add(rest);
  yield mail.take();
}

/** The bytes of one mail; if it is too large, only enough to include its headers. */
function createCollector() {
  let pieces: Buffer[] = [];
  let total = 0;
  let kept = 0;
  let skip = 0;
  return {
    /** The first byte that comes is the line end of the separator. */
    skipFirst: () => {
      skip = 1;
    },
    add(bytes: Buffer) {
      const piece = skip > 0 && bytes.length > 0 ? bytes.subarray(1) : bytes;
      if (bytes.length > 0) skip = 0;
      total += piece.length;
      if (piece.length === 0 || (total > MAX_MAIL_BYTES && kept >= HEADER_BYTES)) return;
      pieces.push(Buffer.from(piece));
      kept += piece.length;
      if (total <= MAX_MAIL_BYTES) return;
      pieces = [Buffer.concat(pieces).subarray(0, HEADER_BYTES)];
      kept = HEADER_BYTES;
    },
    take(): MailBytes {
      const bytes = Buffer.concat(pieces);
      const taken = total > MAX_MAIL_BYTES ? { raw: bytes, total } : finished(bytes);
      pieces = [];
      total = 0;
      kept = 0;
      return taken;
    },
  };
}

/** The empty line before the next separator belongs to the mailbox; one `>` of each `>From ` was added. */
function finished(bytes: Buffer): MailBytes {
  const mail = bytes.at(-1) === LF && bytes.at(-2) === LF ? bytes.subarray(0, -1) : bytes;
  const raw = mail.includes('>From ')
    ? Buffer.from(mail.toString('latin1').replace(/^>(?=>*From )/gm, ''), 'latin1')
    : mail;
  return { raw, total: raw.length };
}
