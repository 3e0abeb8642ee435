import { withoutTail } from '../text/without-tail.js';

/** Ends of sentences and closing marks that are no part of a link. */
const TRAILING = '.,;:!?\'"`>*';

const URL_START = /https?:\/\/[^\s<>"`]+/g;

/** The http(s) links of a line, in order, without the punctuation around them. */
export const linksIn = (line: string): string[] => {
  if (!line.includes('://')) return [];
  return Array.from(line.matchAll(URL_START), (match) => trimLink(match[0])).filter(
    (link) => link.length > 8,
  );
};

const trimLink = (link: string): string => {
  let end = link.length;
  for (; end > 0; end -= 1) {
    const last = link[end - 1] ?? '';
    if (TRAILING.includes(last)) continue;
    // `(see https://example.org/a)`, but not `https://example.org/a_(b)`.
    if (last === ')' && !link.slice(0, end).includes('(')) continue;
    if (last === ']' && !link.slice(0, end).includes('[')) continue;
    break;
  }
  return link.slice(0, end);
};

const ARCHIVES = [
  'lore.kernel.org',
  'lkml.kernel.org',
  'patch.msgid.link',
  'msgid.link',
  'inbox.sourceware.org',
  'public-inbox.org',
  'yhbt.net',
  'patchew.org',
];

/** Archives among whose links some hold a Message-ID: `lwn.net/ml/LIST/ID/`, `groups.google.com/d/msgid/LIST/ID`. */
const BEHIND: Readonly<Record<string, string>> = { 'lwn.net': 'ml', 'groups.google.com': 'd' };

/**
 * The Message-ID in a link to an archive: `lore.kernel.org/LIST/ID/`, `lore.kernel.org/r/ID`, `lkml.kernel.org/r/ID`,
 * `patch.msgid.link/ID`, patchwork's `/patch/ID/` and `/cover/ID/`, and others of this form. null for every other link.
 */
export const messageIdOf = (link: string): string | null => {
  const path = link.replace(/^https?:\/\//, '').replace(/[?#].*$/, '');
  const [host = '', ...parts] = path.split('/');
  if (!holdsIds(host.toLowerCase(), parts[0])) return null;
  for (const part of parts) {
    const id = decode(part);
    if (id.includes('@') && !/[\s<>]/.test(id) && id.length > 4) return id;
  }
  return null;
};

const holdsIds = (host: string, folder: string | undefined): boolean =>
  ARCHIVES.includes(host) ||
  host.endsWith('.msgid.link') ||
  host.includes('patchwork') ||
  /^(?:lore|inbox)\./.test(host) ||
  (folder !== undefined && BEHIND[host] === folder);

const decode = (part: string): string => {
  if (!part.includes('%')) return trimBrackets(part);
  try {
    return trimBrackets(decodeURIComponent(part));
  } catch {
    return part;
  }
};

const trimBrackets = (id: string): string => withoutTail(id.replace(/^<+/, ''), '>');

/** Archives that show mail, with or without the Message-ID in the link. */
const MAIL_HOSTS =
  /(?:^|\.)(?:lkml\.org|spinics\.net|marc\.info|mail-archive\.com|mailman|lists\.[\w.-]+|gmane\.org|lwn\.net|nabble\.com|groups\.google\.com|patchew\.org|linaro\.org|infradead\.org|redhat\.com)$/;

/** A link to one mail or thread of an archive, or to a patchwork series. */
export const isMailLink = (link: string): boolean => {
  if (messageIdOf(link) !== null) return true;
  const rest = link.replace(/^https?:\/\//, '');
  const slash = rest.indexOf('/');
  const host = (slash < 0 ? rest : rest.slice(0, slash)).toLowerCase();
  if (ARCHIVES.includes(host) || host.includes('patchwork') || host.startsWith('lists.')) return slash > 0;
  return slash > 0 && MAIL_HOSTS.test(host) && rest.length > slash + 4;
};
