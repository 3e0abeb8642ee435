import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Maildir that mail is delivered to: what is in `new/` is complete, and is read with the next check. */
export function createMaildir(folder: string) {
  const inbox = join(folder, 'mail', 'new');
  for (const name of ['new', 'cur', 'tmp']) mkdirSync(join(folder, 'mail', name), { recursive: true });
  let delivered = 0;
  return {
    path: join(folder, 'mail'),
    deliver(mails: readonly string[]): void {
      for (const mail of mails) writeFileSync(join(inbox, `${++delivered}.example.org`), mail);
    },
  };
}

/** Mail that we write ourselves: a complete series of a cover and two patches, sent to a list. */
export function writtenSeries(stem: string, title: string, at: Date, list = 'kvm@vger.kernel.org'): string[] {
  const id = (n: number) => `${stem}-${n}@example.org`;
  return [0, 1, 2].map((n) => {
    const date = new Date(at.getTime() + n * 1000);
    const subject = n === 0 ? title : `${title}, part ${n}`;
    return [
      `Received: from mail.example.org by lists.example.org; ${date.toUTCString()}`,
      'From: Jane Doe <jane@example.org>',
      'To: Max Keeper <max@example.org>',
      `Cc: ${list}`,
      `Subject: [PATCH ${n}/2] ${subject}`,
      `Date: ${date.toUTCString()}`,
      `Message-ID: <${id(n)}>`,
      ...(n === 0 ? [] : [`In-Reply-To: <${id(0)}>`, `References: <${id(0)}>`]),
      `List-Id: <${list.replace('@', '.')}>`,
      '',
      ...(n === 0 ? coverBody(title) : patchBody(stem, n)),
      '',
    ].join('\n');
  });
}

function coverBody(title: string): string[] {
  return [
    `This series is about ${title}. It makes the code smaller. <!channel> @everyone <@U0ADA> *now*`,
    '',
    'Jane Doe (2):',
    `  ${title}, part 1`,
    `  ${title}, part 2`,
    '',
    ' virt/kvm/a.c | 2 +-',
    ' virt/kvm/b.c | 2 +-',
    ' 2 files changed, 2 insertions(+), 2 deletions(-)',
  ];
}

function patchBody(stem: string, n: number): string[] {
  const file = n === 1 ? 'virt/kvm/a.c' : 'virt/kvm/b.c';
  return [
    'One step.',
    '',
    'Signed-off-by: Jane Doe <jane@example.org>',
    '---',
    ` ${file} | 2 +-`,
    ' 1 file changed, 1 insertion(+), 1 deletion(-)',
    '',
    `diff --git a/${file} b/${file}`,
    `--- a/${file}`,
    `+++ b/${file}`,
    '@@ -1 +1 @@',
    `-old ${stem} ${n}`,
    `+new ${stem} ${n}`,
  ];
}

/** A thank-you note for a written series, by whom it was sent to. */
export function appliedNote(stem: string, title: string, at: Date, list = 'kvm@vger.kernel.org'): string {
  return [
    `Received: from mail.example.org by lists.example.org; ${at.toUTCString()}`,
    'From: Max Keeper <max@example.org>',
    'To: Jane Doe <jane@example.org>',
    `Cc: ${list}`,
    `Subject: Re: [PATCH 0/2] ${title}`,
    `Date: ${at.toUTCString()}`,
    `Message-ID: <${stem}-applied@example.org>`,
    `In-Reply-To: <${stem}-0@example.org>`,
    `References: <${stem}-0@example.org>`,
    `List-Id: <${list.replace('@', '.')}>`,
    '',
    'Applied to kvm/next, thanks!',
    '',
    ...[1, 2].flatMap((n) => [`[${n}/2] ${title}, part ${n}`, `      commit: 0123456789ab${n}`]),
    '',
    '',
  ].join('\n');
}
