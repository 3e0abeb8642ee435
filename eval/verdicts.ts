/**
 * How many mails of known programs are joined to the posting that they report on, over every corpus as `covernote ingest` reads it, and
 * of the others why not. Run: `npx tsx eval/verdicts.ts [--list] [CORPUS…]`: `--list` names each mail that is not joined.
 */
import { openFiles } from '../src/adapters/files/open-files.js';
import { decodeMail } from '../src/adapters/mail/decode-mail.js';
import type { Message } from '../src/digest/message/message.js';
import { understand } from '../src/digest/message/understand.js';
import { withIngested } from './lib/ingested-corpus.js';
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

interface Read {
  readonly message: Message;
  readonly text: string;
}

async function main(): Promise<void> {
  const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
  const corpora = CORPORA.filter((file) => named.length === 0 || named.includes(file.split('.')[0] ?? ''));
  requireShared(...corpora.map((file) => `corpora/${file}`));
  const counts = new Map<string, number>();
  const rows: string[] = [];
  for (const corpus of corpora) await countCorpus(`corpora/${corpus}`, counts, rows);
  console.log('| mails of programs | mails |\n|---|---|');
  for (const [what, n] of [...counts].sort((a, b) => b[1] - a[1])) console.log(`| ${what} | ${n} |`);
  if (process.argv.includes('--list')) console.log(rows.join('\n'));
}

async function countCorpus(path: string, counts: Map<string, number>, rows: string[]): Promise<void> {
  const mails = new Map<string, Read>();
  for await (const event of openFiles(sharedPath(path)).read()) {
    if (event.kind !== 'mail') continue;
    const mail = await decodeMail(event.raw);
    const message = understand(mail);
    if (message.bot !== null) mails.set(message.id, { message, text: mail.text });
  }
  if (mails.size === 0) return;
  await withIngested(sharedPath(path), {}, async ({ series, facts }) => {
    const joined = new Map<string, string>();
    for (const one of series)
      for (const { verdicts = [] } of one.revisions)
        for (const { messageId, result } of verdicts) if (messageId !== null) joined.set(messageId, result);
    const members = new Set(
      series.flatMap((one) =>
        one.revisions.flatMap((revision) => revision.patches.flatMap(({ messageId }) => messageId ?? [])),
      ),
    );
    for (const [id, read] of mails) {
      const result = joined.get(id);
      const forged = facts.get(id)?.unauthenticated === true;
      const what = result === undefined ? whyNot(read, members, forged) : `joined: ${result}`;
      counts.set(what, (counts.get(what) ?? 0) + 1);
      if (result === undefined) rows.push(`${path} ${what}: ${id} ${read.message.subject.raw}`);
    }
  });
}

function whyNot({ message, text }: Read, members: ReadonlySet<string>, isForged: boolean): string {
  const { says } = message.bot ?? {};
  if (says === 'applied') return 'a state, which the state of the series is made of';
  if (says === 'notification') return 'a notice that is about no patch';
  if (message.kind === 'cover' || message.kind === 'patch' || message.kind === 'pull')
    return 'a posting of its own';
  if (message.report === null) return reportless(message, text);
  if (isForged) return 'its receiver found it forged: DKIM or DMARC failed';
  const { about, title } = message.report;
  if (about.some((id) => members.has(id))) return 'WRONG: it links a patch that is here';
  if (message.inReplyTo !== null && members.has(message.inReplyTo)) return 'a later run stands for it';
  if (about.length > 0) return 'the patch that it links is not in the corpus';
  if (title !== null)
    return 'the commit that it names was not posted in the corpus, or its title tells too little';
  return 'it answers to no patch in the corpus';
}

function reportless({ subject }: Message, text: string): string {
  if (/^\[syzbot\] Monthly /.test(subject.raw)) return 'a bug in a release, of no patch';
  if (/\] BUILD (?:SUCCESS|REGRESSION)/.test(subject.raw)) return 'about a tree: the head of a branch';
  if (text.includes('no patches were applied')) return 'about a tree: no patch was applied';
  if (
    /^(?:syzbot (?:found the following|has found a reproducer|suspects this issue was fixed)|Auto-closing this bug|This bug is marked as fixed by commit)/m.test(
      text,
    )
  )
    return 'a bug in a release, of no patch';
  if (/This crash does not have a reproducer|^> ?#syz /m.test(text)) return 'an answer to a command';
  return 'no result that is understood';
}

await main();
