import type { SourceEvent } from '../../digest/ports/mail-source.js';
import { judge, junkFailure } from './http-answer.js';
import type { HttpClient } from './http-client.js';
import { gunzip } from './http-gunzip.js';
import type { LoreAddress } from './lore-address.js';
import { type MailBytes, mailEvent } from './mail-event.js';
import { splitMboxrd } from './mboxrd.js';

/** A Message-ID as a part of a path: a `/` in it would be taken for a part's end. */
export function idInPath(messageId: string): string {
  return encodeURIComponent(messageId.toWellFormed()).replaceAll('%40', '@');
}

/** The mails of a gzipped mbox; null where there is none. Throws TransientFailure, after the mails that came whole. */
export async function fetchMbox(
  client: HttpClient,
  request: { readonly url: string; readonly method: 'GET' | 'POST'; readonly signal: AbortSignal },
): Promise<AsyncGenerator<MailBytes> | null> {
  const judged = await judge(await client(request), 'gzip');
  if (judged.kind === 'expected') return splitMboxrd(gunzip(judged.body, new URL(request.url).host));
  if (judged.code === 'not-found' || judged.code === 'other-list') return null;
  throw junkFailure(judged);
}

/** What a list's feed says of a mail that is to be fetched. */
export interface MailOfFeed {
  readonly messageId: string;
  /** ISO UTC. */
  readonly received: string;
  readonly list: string | null;
}

/**
 * One mail as the archive has it. Two come where a Message-ID was used twice; when each was received they must tell themselves then.
 * One that is not there any more is skipped.
 */
export async function* fetchMail(
  client: HttpClient,
  { baseUrl, list: name }: LoreAddress,
  { messageId, received, list }: MailOfFeed,
  signal: AbortSignal,
): AsyncGenerator<SourceEvent> {
  const url = `${baseUrl}/${name}/${idInPath(messageId)}/raw`;
  const judged = await judge(await client({ url, signal }), 'mbox');
  if (judged.kind === 'junk') {
    if (judged.code !== 'not-found' && judged.code !== 'other-list') throw junkFailure(judged);
    yield { kind: 'skipped', where: url, problem: { code: judged.code, detail: judged.words } };
    return;
  }
  let first: MailBytes | null = null;
  let several = false;
  for await (const mail of splitMboxrd(judged.body)) {
    if (first === null && !several) {
      first = mail;
      continue;
    }
    several = true;
    if (first !== null) yield mailEvent(first, { where: url, receivedAt: null, list });
    first = null;
    yield mailEvent(mail, { where: url, receivedAt: null, list });
  }
  if (first !== null) yield mailEvent(first, { where: url, receivedAt: received, list });
}
