import { copyHash } from '../../../src/adapters/store/copy-hash.js';
import type { PreparedMail } from '../../../src/adapters/store/prepared-mail.js';
import type { MailStore } from '../../../src/bot/ingest/mail-store.js';
import { openMailStore } from '../../../src/bot/ingest/open-mail-store.js';
import type { Describing } from '../../../src/bot/ingest/planning.js';
import { prepareMail } from '../../../src/bot/ingest/prepare-mail.js';
import { archiveUrl } from '../../../src/digest/mail/archive-url.js';
import { emptyCatalog } from '../../../src/digest/subsystem/catalog.js';
import { newDatabase } from '../../lib/database.js';

/** What a test says of a mail; the rest is made up. */
export interface Written {
  readonly id?: string | null;
  readonly subject?: string;
  readonly from?: string;
  /** In addition to the list. */
  readonly to?: string;
  readonly date?: string;
  /** When the list had it; null: no Received header. */
  readonly received?: string | null;
  readonly list?: string;
  readonly inReplyTo?: string;
  readonly body?: string;
}

const rfcDate = (iso: string) => new Date(iso).toUTCString().replace('GMT', '+0000');

/** A mail as a list would have it. */
export function writeMail(mail: Written): Buffer {
  const date = mail.date ?? '2026-03-02T09:00:00Z';
  const received = mail.received === undefined ? date : mail.received;
  const list = mail.list ?? 'linux-mm@example.org';
  const lines = [
    ...(received === null ? [] : [`Received: from a.example.org by lists.example.org; ${rfcDate(received)}`]),
    ...(mail.id === null ? [] : [`Message-ID: <${mail.id ?? 'first@example.org'}>`]),
    `From: ${mail.from ?? 'Ada Example <ada@example.org>'}`,
    `To: ${mail.to === undefined ? list : `${mail.to}, ${list}`}`,
    `List-Id: <${list.replace('@', '.')}>`,
    `Date: ${rfcDate(date)}`,
    `Subject: ${mail.subject ?? '[PATCH] mm: fix a thing'}`,
    ...(mail.inReplyTo === undefined
      ? []
      : [`In-Reply-To: <${mail.inReplyTo}>`, `References: <${mail.inReplyTo}>`]),
    '',
    mail.body ?? `A thing is broken; mend it.\n\n${diff()}`,
  ];
  return Buffer.from(lines.join('\n'));
}

export function diff(path = 'mm/gup.c'): string {
  return `---\n ${path} | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\ndiff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-old\n+new ${path}\n`;
}

export async function prepare(
  raw: Uint8Array,
  origin: Partial<PreparedMail['source']> = {},
): Promise<PreparedMail> {
  const whole = { list: null, receivedAt: null, problems: [], ...origin };
  return prepareMail({ raw, origin: whole, where: 'test', copyHash: copyHash(raw, whole), compress: true });
}

export const prepareAll = (mails: readonly Written[]): Promise<PreparedMail[]> =>
  Promise.all(mails.map((mail) => prepare(writeMail(mail))));

export const NOW = '2026-03-03T00:00:00Z';

export const describing: Describing = {
  catalog: emptyCatalog,
  archiveUrl: archiveUrl('https://lore.example.org/{list}/{id}/'),
};

/** Does something before a series is described that holds a posting of this id. */
export function describingWith(messageId: string, harm: () => void): Describing {
  return {
    ...describing,
    archiveUrl(id, lists) {
      if (id === messageId) harm();
      return describing.archiveUrl(id, lists);
    },
  };
}

export const openMemory = async (): Promise<MailStore> => openMailStore(await newDatabase(), describing);

/** All that was derived, by series id: what must not depend on the order of arrival. */
export async function documentsOf(store: MailStore): Promise<Map<string, string>> {
  const documents = new Map<string, string>();
  for await (const series of store.allSeries()) documents.set(series.id, JSON.stringify(series));
  return new Map([...documents].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A series of two patches in two versions, with a review. */
export const TWO_VERSIONS: readonly Written[] = [
  {
    id: 'v1-0@example.org',
    subject: '[PATCH 0/2] mm/gup: track FOLL_PIN pages',
    date: '2026-03-01T10:00:00Z',
    body: 'Pages that are pinned are told apart from others.\n\nAda Example (2):\n  mm/gup: factor out page counting\n  mm/gup: pin in gup_fast\n',
  },
  {
    id: 'v1-1@example.org',
    subject: '[PATCH 1/2] mm/gup: factor out page counting',
    date: '2026-03-01T10:00:01Z',
    inReplyTo: 'v1-0@example.org',
  },
  {
    id: 'v1-2@example.org',
    subject: '[PATCH 2/2] mm/gup: pin in gup_fast',
    date: '2026-03-01T10:00:02Z',
    inReplyTo: 'v1-0@example.org',
    body: `Pin.\n\n${diff('mm/fast.c')}`,
  },
  {
    id: 'review@example.org',
    subject: 'Re: [PATCH 1/2] mm/gup: factor out page counting',
    from: 'Ben Reviewer <ben@example.org>',
    date: '2026-03-01T12:00:00Z',
    inReplyTo: 'v1-1@example.org',
    body: 'Looks good.\n\nReviewed-by: Ben Reviewer <ben@example.org>\n',
  },
  {
    id: 'v2-0@example.org',
    subject: '[PATCH v2 0/2] mm/gup: track FOLL_PIN pages',
    date: '2026-03-02T10:00:00Z',
    body: 'Pages that are pinned are told apart from others.\n\nChanges since v1:\n- renamed\n\nAda Example (2):\n  mm/gup: factor out page counting\n  mm/gup: pin in gup_fast\n',
  },
  {
    id: 'v2-1@example.org',
    subject: '[PATCH v2 1/2] mm/gup: factor out page counting',
    date: '2026-03-02T10:00:01Z',
    inReplyTo: 'v2-0@example.org',
  },
  {
    id: 'v2-2@example.org',
    subject: '[PATCH v2 2/2] mm/gup: pin in gup_fast',
    date: '2026-03-02T10:00:02Z',
    inReplyTo: 'v2-0@example.org',
    body: `Pin.\n\n${diff('mm/fast.c')}`,
  },
];
