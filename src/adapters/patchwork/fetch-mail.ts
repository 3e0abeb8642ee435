import { TransientFailure } from '../../digest/failure/failure.js';
import { MAX_MAIL_BYTES } from '../../digest/mail/mail-size.js';
import type { SourceEvent } from '../../digest/ports/mail-source.js';
import { shorten } from '../../digest/text/inert.js';
import { type AskHttp, isThere, wholeBody } from './http.js';
import type { PatchworkAddress } from './patchwork-address.js';

/** What asking for a mail came to. */
export type FetchedMail =
  | Extract<SourceEvent, { kind: 'mail' | 'skipped' }>
  /** The server could not give it: the other mails show whether the server or the mail is the reason. */
  | { readonly kind: 'failed'; readonly where: string; readonly failure: TransientFailure };

/** One cover or patch as patchwork exports it. It is not the mail as it was sent: the body is trimmed, tags of later replies are in it. */
export async function fetchMail(
  mail: { readonly msgid: string; readonly mbox: string },
  address: PatchworkAddress,
  ask: AskHttp,
  signal: AbortSignal,
): Promise<FetchedMail> {
  const where = `${address.name}, <${shorten(mail.msgid, 120)}>`;
  const skipped = (code: string, detail: string): FetchedMail => ({
    kind: 'skipped',
    where,
    problem: { code, detail },
  });
  const url = URL.canParse(mail.mbox, address.base) ? new URL(mail.mbox, address.base) : null;
  // The API names the address; it must not lead us to another host.
  if (url === null || !isThere(url, address)) return skipped('foreign-link', 'its mbox is on another host');
  const answer = await answerOf(ask, url.href, signal);
  if (answer instanceof TransientFailure) return { kind: 'failed', where, failure: answer };
  if (answer.status !== 200) {
    await answer.discard();
    return skipped('not-found', `its mbox answers with HTTP ${answer.status}`);
  }
  const body = await wholeBody(answer.body, MAX_MAIL_BYTES);
  if (body === null) return skipped('too-large', `more than ${MAX_MAIL_BYTES} bytes`);
  const raw = withoutFromLine(body);
  if (raw === null) {
    const start = shorten(body.toString('utf8', 0, 200).trim(), 60);
    const failure = new TransientFailure(
      'not-mbox',
      `${where}: the server answered with something other than an mbox: “${start}”.`,
    );
    return { kind: 'failed', where, failure };
  }
  return { kind: 'mail', raw, receivedAt: null, list: null, where, problems: [] };
}

/** Patchwork fails for good on some mails (HTTP 500: a charset that it cannot write); that must not hold up all the others. */
async function answerOf(
  ask: AskHttp,
  url: string,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<AskHttp>> | TransientFailure> {
  try {
    return await ask({ url, signal });
  } catch (error) {
    if (error instanceof TransientFailure && error.code === 'server-error') return error;
    throw error;
  }
}

/**
 * The one mail of an mbox as patchwork writes it: a `From ` line is before it, and nothing in it is quoted (seen at 3.1.3: Python's
 * `as_bytes` quotes nothing). null if it is none.
 */
function withoutFromLine(mbox: Buffer): Buffer | null {
  if (mbox.toString('latin1', 0, 5) !== 'From ') return null;
  const mail = mbox.subarray(mbox.indexOf(0x0a) + 1);
  return mail.includes('\r\n')
    ? Buffer.from(mail.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
    : mail;
}
