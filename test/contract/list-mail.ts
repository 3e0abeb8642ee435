/** Where the mails of the suite go: `To`. A server under test carries it as a list. */
export const SUITE_LIST = 'kvm@vger.kernel.org';

export interface ListMailOptions {
  /** The Date header; when it was received where absent. */
  readonly date?: string;
  /** Its approximate length. */
  readonly bytes?: number;
  readonly to?: string;
}

/** What has gone wrong before on the way of a mail: quoting of `.` and `From `, long lines, bytes beyond ASCII, blank lines at the end. */
const BODIES = [
  'Plain words.\n',
  '.\n..\n. a dot\n...\n.starts\nend\n',
  'From here on.\n>From quoted\n>>From twice\n',
  'Zürich, 東京, Ελλάδα\n',
  `${'long '.repeat(400)}\n`,
  '\n\nblank lines around\n\n\n',
  '---\n mm/gup.c | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\ndiff --git a/mm/gup.c b/mm/gup.c\n--- a/mm/gup.c\n+++ b/mm/gup.c\n@@ -1 +1 @@\n-a\n+.\n-- \n2.25.1\n',
  'tab\there and a line with blanks at its end   \n',
];

/** The n-th mail of the suite, as it is delivered to a list: received at a moment (ISO UTC) plus n seconds. */
export function writeListMail(n: number, received: string, options: ListMailOptions = {}): Buffer {
  const at = new Date(Date.parse(received) + n * 1000).toUTCString().replace('GMT', '+0000');
  const filler =
    options.bytes === undefined ? '' : `${'x'.repeat(75)}\n`.repeat(Math.ceil(options.bytes / 76));
  return Buffer.from(
    [
      `Received: from mail.example.org by vger.kernel.org; ${at}`,
      `From: Author ${n % 7} <author${n % 7}@example.org>`,
      `To: ${options.to ?? SUITE_LIST}`,
      `Subject: [PATCH] area${n % 5}: step ${n}`,
      `Date: ${options.date ?? at}`,
      `Message-ID: <mail-${n}@example.org>`,
      'MIME-Version: 1.0',
      // An archive indexes text, which takes it long for 50 MB.
      `Content-Type: ${options.bytes === undefined ? 'text/plain; charset=utf-8' : 'application/octet-stream'}`,
      'Content-Transfer-Encoding: 8bit',
      '',
      `Mail ${n}.\n${BODIES[n % BODIES.length]}${filler}`,
    ].join('\n'),
  );
}

export function textOf(raw: Uint8Array): string {
  return Buffer.from(raw).toString('latin1');
}

/** The headers alone: quick to search in a mail of any size. */
export function headOf(raw: Uint8Array | undefined): string {
  const bytes = Buffer.from(raw ?? []);
  const end = bytes.indexOf('\n\n');
  return bytes.subarray(0, end < 0 ? bytes.length : end).toString('latin1');
}
