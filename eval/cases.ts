/**
 * How many real mails are of the classes of `../shared/cases/README.md`, and how many of these are read as the table says: every mail of
 * every corpus is tried, each Message-ID once. Classes of whole series (19, 21, 22, u03, u05, u06, u08), of files (30, 47, 49, 63) and
 * of what users type have no mails to count.
 * Run: `npx tsx eval/cases.ts [--wrong] [CORPUS…]`: `--wrong` lists the mails that are read otherwise; all corpora unless some are named.
 */
import { openFiles } from '../src/adapters/files/open-files.js';
import { decodeMail } from '../src/adapters/mail/decode-mail.js';
import { understand } from '../src/digest/message/understand.js';
import { CASE_CLASSES, type ReadMail } from './lib/case-classes.js';
import { requireShared, sharedPath } from './lib/shared-corpus.js';

const CORPORA = [
  'io-uring-10k.mbox.gz',
  'state-threads.mbox.gz',
  'covers-and-revisions.mbox.gz',
  'bluetooth.mbox.gz',
  'netfilter.mbox.gz',
  'ltp.mbox.gz',
  'openbmc.mbox.gz',
  'letters.mbox.gz',
  'lkml-2010.mbox.gz',
  'kvm-2020',
];

async function main(): Promise<void> {
  const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const corpora = CORPORA.filter(
    (file) => named.length === 0 || named.includes(file.split('.')[0] ?? ''),
  ).map((file) => `corpora/${file}`);
  requireShared(...corpora);
  const counts = CASE_CLASSES.map((one) => ({ ...one, members: 0, wrong: [] as string[] }));
  const seen = new Set<string>();
  for (const corpus of corpora)
    for await (const event of openFiles(sharedPath(corpus)).read()) {
      if (event.kind !== 'mail') continue;
      const read = await readMail(event.raw);
      if (seen.has(read.message.id)) continue;
      seen.add(read.message.id);
      for (const count of counts) {
        if (!count.isMember(read)) continue;
        count.members += 1;
        if (!count.isRight(read)) count.wrong.push(read.message.id);
      }
    }
  console.log(`${seen.size} mails\n\n| row | class | mails | read so |\n|---|---|---|---|`);
  for (const { row, about, members, wrong } of counts)
    console.log(`| ${row} | ${about} | ${members} | ${members - wrong.length} |`);
  if (!process.argv.includes('--wrong')) return;
  for (const { row, wrong } of counts) for (const id of wrong) console.log(`${row}: ${id}`);
}

async function readMail(raw: Uint8Array): Promise<ReadMail> {
  const text = Buffer.from(raw).toString('latin1');
  const end = text.search(/\r?\n\r?\n/);
  const mail = await decodeMail(raw);
  const [head, body] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end)];
  return { head, body, mail, message: understand(mail) };
}

await main();
