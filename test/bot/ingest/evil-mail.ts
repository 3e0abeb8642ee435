import { writeMail } from '../../adapters/store/written-mail.js';
import { manySeries } from './fake-source.js';

/** What over: in parsing, in deriving, in both only when it is read again … The readers of these tests obey it. */
export type Evil = 'parse' | 'derive' | 'hang' | 'exit' | 'throw';

/** Describing a series that holds it does harm, where the readers of these tests say so. */
export const DERIVING_EVIL = 'deriving-evil@example.org';

/** A mail that does harm to its reader. */
export function evilMail(
  evil: Evil,
  id = evil === 'derive' || evil === 'throw' ? DERIVING_EVIL : 'evil@example.org',
): Buffer {
  const mail = writeMail({
    id,
    date: '2026-01-02T00:00:00Z',
    subject: `[PATCH] area9: ${evil} all readers of ${id.split('@')[0]}`,
  }).toString();
  return Buffer.from(mail.replace('\nSubject:', `\nX-Evil: ${evil}\nSubject:`));
}

/** So many series, and an evil mail among them, as an mbox. */
export function evilMbox(series: number, ...evils: readonly Buffer[]): Buffer {
  const mails = manySeries(series).map((mail) => writeMail(mail));
  mails.splice(Math.floor(mails.length / 2), 0, ...evils);
  return Buffer.concat(
    mails.flatMap((mail) => [
      Buffer.from('From mboxrd@z Thu Jan  1 00:00:00 1970\n'),
      Buffer.from(mail.toString().replace(/^(>*From )/gm, '>$1')),
      Buffer.from('\n\n'),
    ]),
  );
}
