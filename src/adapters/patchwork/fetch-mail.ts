import { MAX_MAIL_BYTES } from '../../digest/message/mail-size.js';
import type { SourceEvent } from '../../digest/ports/mail-source.js';
import { shorten } from '../../digest/text/inert.js';
import { type AskHttp, isThere, refusal, wholeBody } from './http.js';
import type { PatchworkAddress } from './patchwork-address.js';

/** One cover or patch as patchwork exports it. It is not the mail as it was sent: the body is trimmed, tags of later replies stand in it. */
export async function fetchMail(
  mail: { readonly msgid: string; readonly mbox: string },
  address: PatchworkAddress,
  ask: AskHttp,
  signal: AbortSignal,
): Promise<SourceEvent> {
  const where = `${address.name}, <${shorten(mail.msgid, 120)}>`;
  const problem = (code: string, detail: string): SourceEvent => ({
    kind: 'skipped',
    where,
    problem: { code, detail },
  });
  const url = URL.canParse(mail.mbox, address.base) ? new URL(mail.mbox, address.base) : null;
  // The API names the address; it must not lead us to another host.
  if (url === null || !isThere(url, address))
    return problem('foreign-link', 'its mbox is said to be elsewhere');
  const answer = await ask({ url: url.href, signal });
  if (answer.status !== 200) {
    await answer.discard();
    if (answer.status >= 500) throw refusal(answer.status, address);
    return problem('not-found', `its mbox answers with HTTP ${answer.status}`);
  }
  const body = await wholeBody(answer.body, MAX_MAIL_BYTES);
  if (body === null) return problem('too-large', `more than ${MAX_MAIL_BYTES} bytes`);
  return { kind: 'mail', raw: withoutFromLine(body), receivedAt: null, list: null, where, problems: [] };
}

/** The one mail of an mbox as patchwork writes it: its `From ` line off, the quoting of `From ` in the text undone. */
function withoutFromLine(mbox: Buffer): Buffer {
  const text = mbox.toString('latin1').replaceAll('\r\n', '\n');
  const body = text.startsWith('From ') ? text.slice(text.indexOf('\n') + 1) : text;
  return Buffer.from(body.replace(/^>(>{0,50}From )/gm, '$1'), 'latin1');
}
