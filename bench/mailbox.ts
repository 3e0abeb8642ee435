import { createReadStream, createWriteStream, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';

const REAL = fileURLToPath(new URL('../../shared/corpora/io-uring-10k.mbox.gz', import.meta.url));

export interface Mailbox {
  readonly path: string;
  /** For people: what was measured. */
  readonly name: string;
}

/** The mailbox to measure with, unpacked into a folder: real mail, or where that is not there, mail made up here. */
export async function unpackMailbox(folder: string): Promise<Mailbox> {
  const path = join(folder, 'mailbox.mbox');
  if (existsSync(REAL)) {
    await pipeline(createReadStream(REAL), createGunzip(), createWriteStream(path));
    return { path, name: 'io-uring-10k.mbox.gz, unpacked' };
  }
  writeFileSync(path, madeUpMailbox(6_000));
  return { path, name: 'made-up mail, as ../shared is not there: the ratios say little' };
}

/** Postings of a cover and three patches by people at example.org, a mail a minute from a moment on. */
export function madeUpMailbox(mails: number, fromMs = Date.UTC(2026, 0, 1)): string {
  const parts: string[] = [];
  for (let i = 0; i < mails; i++) {
    const [series, index] = [Math.floor(i / 4), i % 4];
    const date = new Date(fromMs + i * 60_000).toUTCString().replace('GMT', '+0000');
    const cover = `${series}-0@example.org`;
    const title =
      index === 0
        ? `area${series % 40}: rework topic${series}`
        : `area${series % 40}: step ${index} of topic${series}`;
    const headers = [
      'From mboxrd@z Thu Jan  1 00:00:00 1970',
      `Received: from a.example.org by lists.example.org; ${date}`,
      ...Array.from({ length: 20 }, (_, n) => `X-Trace-${n}: ${'0123456789abcdef'.repeat(6)}`),
      `Message-ID: <${series}-${index}@example.org>`,
      ...(index === 0 ? [] : [`In-Reply-To: <${cover}>`, `References: <${cover}>`]),
      `From: Author ${series % 300} <author${series % 300}@example.org>`,
      'To: area@example.org',
      `Date: ${date}`,
      `Subject: [PATCH ${index}/3] ${title}`,
      'Content-Type: text/plain; charset=utf-8',
    ];
    const prose = `Topic ${series} is slow because each page is walked twice. Walk it once.\n\n`.repeat(6);
    const lines = Array.from({ length: 60 }, (_, n) => `${'+- '[n % 3]}	line ${n} of ${title}`).join('\n');
    const diff = `---\n area/file${index}.c | 60 ++++\n\ndiff --git a/area/file${index}.c b/area/file${index}.c\n--- a/area/file${index}.c\n+++ b/area/file${index}.c\n@@ -1,40 +1,40 @@\n${lines}\n`;
    parts.push(`${headers.join('\n')}\n\n${prose}${index === 0 ? '' : diff}\n`);
  }
  return parts.join('');
}
