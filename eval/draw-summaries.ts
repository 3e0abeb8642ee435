/**
 * Draws mails by a hash of seed and Message-ID, and prints what this checkout shows of them, one JSON object per line: to be read beside what
 * another checkout shows. Needs nothing of the summaries but their entry points, so that it runs in an older checkout as well.
 *
 *   npx tsx eval/draw-summaries.ts --seed 1 > new.jsonl
 */
import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { openFiles } from '../src/adapters/files/open-files.js';
import { decodeMail } from '../src/adapters/mail/decode-mail.js';
import { toParsedMessage } from '../src/digest/contract/to-parsed-message.js';
import type { Message } from '../src/digest/message/message.js';
import { understand } from '../src/digest/message/understand.js';
import { changedLine } from '../src/digest/summary/changed-line.js';
import { requireShared, sharedPath } from './lib/shared-corpus.js';

/** How many are drawn of each kind, and from where. */
const KINDS = [
  { kind: 'cover', count: 60, corpus: 'covers-and-revisions', takes: (m: Message) => m.kind === 'cover' },
  { kind: 'changed', count: 40, corpus: 'covers-and-revisions', takes: hasChangelog },
  { kind: 'pull', count: 30, corpus: 'io-uring-10k', takes: (m: Message) => m.kind === 'pull' },
  {
    kind: 'single',
    count: 30,
    corpus: 'io-uring-10k',
    takes: (m: Message) => m.kind === 'patch' && m.subject.index === null,
  },
] as const; // prettier-ignore

function hasChangelog({ kind, subject, letter }: Message): boolean {
  return kind === 'cover' && subject.version > 1 && (letter?.changelog.length ?? 0) > 0;
}

/** Titles of the patches where a letter says nothing; an older checkout shows nothing there. */
async function titlesOf(message: Message): Promise<string | null> {
  try {
    const { titlesSummary } = await import('../src/digest/summary/patch-titles.js');
    return titlesSummary((message.letter?.shortlog ?? []).map(({ title }) => title));
  } catch {
    return null;
  }
}

async function shownOf(kind: string, message: Message): Promise<string | null> {
  const { letter, subject } = message;
  const { summary } = toParsedMessage(message);
  if (kind !== 'changed') return summary ?? (kind === 'cover' ? await titlesOf(message) : null);
  const { version } = subject;
  return changedLine({ version, changelog: letter?.changelog ?? [] }, version - 1);
}

const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
const names = [...new Set(KINDS.map(({ corpus }) => corpus))];
requireShared(...names.map((name) => `corpora/${name}.mbox.gz`));
for (const name of names) {
  const messages = new Map<string, Message>();
  for await (const event of openFiles(sharedPath(`corpora/${name}.mbox.gz`)).read()) {
    if (event.kind !== 'mail') continue;
    const message = understand(await decodeMail(event.raw));
    if (message.kind !== 'reply' && message.messageId !== null) messages.set(message.messageId, message);
  }
  for (const { kind, count, corpus, takes } of KINDS) {
    if (corpus !== name) continue;
    const keyOf = (id: string) => createHash('sha256').update(`${values.seed}:${kind}:${id}`).digest('hex');
    const drawn = [...messages]
      .filter(([, message]) => takes(message))
      .sort(([a], [b]) => (keyOf(a) < keyOf(b) ? -1 : 1));
    for (const [messageId, message] of drawn.slice(0, count))
      console.log(
        JSON.stringify({ kind, messageId, title: message.subject.title, text: await shownOf(kind, message) }),
      );
  }
}
