import type { MailSource, SourceEvent } from '../../../src/digest/ports/mail-source.js';
import { diff, type Written, writeMail } from '../../adapters/store/written-mail.js';

/** A source that holds these mails. */
export function sourceOf(mails: readonly (Written | SourceEvent)[]): MailSource {
  return {
    name: 'fake',
    async *read() {
      let at = 0;
      for (const mail of mails) {
        at++;
        if ('kind' in mail) yield mail;
        else
          yield {
            kind: 'mail',
            raw: writeMail(mail),
            receivedAt: null,
            list: null,
            where: `fake, message ${at}`,
            problems: [],
          };
      }
      yield { kind: 'progress', done: mails.length, total: mails.length };
    },
  };
}

/** So many series of three patches with a cover, each answered twice, every fourth in a second version; oldest first. */
export function manySeries(count: number): Written[] {
  const mails: Written[] = [];
  for (let i = 0; i < count; i++) {
    const version = i % 4 === 3 ? 2 : 1;
    const topic = version === 2 ? i - 1 : i;
    const tag = version === 2 ? 'PATCH v2' : 'PATCH';
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, i, minute)).toISOString();
    const from = `Author ${topic % 7} <author${topic % 7}@example.org>`;
    const cover = `${i}-0@example.org`;
    const titles = [1, 2, 3].map((n) => `area${topic % 5}: step ${n} of topic${topic}`);
    mails.push({
      id: cover,
      from,
      date: at(0),
      subject: `[${tag} 0/3] area${topic % 5}: rework topic${topic}`,
      body: `Topic ${topic} is slow; make it fast.\n\nAuthor (3):\n${titles.map((title) => `  ${title}\n`).join('')}`,
    });
    titles.forEach((title, n) => {
      const body = `Do it.\n\n${diff(`area${topic % 5}/file${n}.c`)}`;
      mails.push({
        id: `${i}-${n + 1}@example.org`,
        from,
        date: at(n + 1),
        inReplyTo: cover,
        subject: `[${tag} ${n + 1}/3] ${title}`,
        body,
      });
    });
    for (const n of [4, 5])
      mails.push({
        id: `${i}-${n}@example.org`,
        from: `Reviewer ${n} <reviewer${n}@example.org>`,
        date: at(n + 10),
        inReplyTo: `${i}-1@example.org`,
        subject: `Re: [${tag} 1/3] ${titles[0]}`,
        body: `Fine.\n\nReviewed-by: Reviewer ${n} <reviewer${n}@example.org>\n`,
      });
  }
  return mails;
}
