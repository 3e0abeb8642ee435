import { instantMs } from '../../digest/text/bounded-number.js';

/** What a feed of public-inbox says of one mail. */
export interface FeedEntry {
  readonly messageId: string;
  /** When the list had it: ISO UTC. */
  readonly received: string;
}

/** Longest head of an entry (author, title, time, link) that is looked at. */
const MAX_HEAD = 1024 * 1024;

/**
 * The entries of an Atom feed in its order; null where the feed is not whole. public-inbox escapes all that comes from mails, so its own tags
 * can be looked for; entries that lack a time or a link of a mail are left out. The bodies of mails, which a feed holds too, are read past.
 */
export async function readFeed(chunks: AsyncIterable<Buffer>): Promise<FeedEntry[] | null> {
  const entries: FeedEntry[] = [];
  let rest = '';
  let tail = '';
  let inHead = false;
  for await (const chunk of chunks) {
    const text = chunk.toString('latin1');
    tail = (tail + text.slice(-40)).slice(-40);
    rest += text;
    for (;;) {
      const mark = inHead ? '<content' : '<entry>';
      const at = rest.indexOf(mark);
      if (at < 0) break;
      if (inHead) entries.push(...readHead(rest.slice(0, at)));
      rest = rest.slice(at + mark.length);
      inHead = !inHead;
    }
    if (inHead && rest.length > MAX_HEAD) inHead = false;
    if (!inHead) rest = rest.slice(-'<entry>'.length);
  }
  return tail.trimEnd().endsWith('</feed>') ? entries : null;
}

function readHead(head: string): FeedEntry[] {
  const received = instantMs(between(head, '<updated>', '</updated>') ?? '');
  const messageId = idOfLink(between(head, 'href="', '"') ?? '');
  if (messageId === null || received === null) return [];
  return [{ messageId, received: `${new Date(received).toISOString().slice(0, 19)}Z` }];
}

function between(text: string, open: string, close: string): string | null {
  const start = text.indexOf(open);
  const end = text.indexOf(close, start + open.length);
  return start < 0 || end < 0 ? null : text.slice(start + open.length, end);
}

/** `https://lore.kernel.org/kvm/MESSAGE-ID/`: the last part of the path. */
function idOfLink(href: string): string | null {
  const plain = href
    .replaceAll('&#39;', "'")
    .replaceAll('&#34;', '"')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
  const part = plain.split('/').at(-2) ?? '';
  try {
    const id = decodeURIComponent(part);
    return id === '' ? null : id;
  } catch {
    return null;
  }
}
