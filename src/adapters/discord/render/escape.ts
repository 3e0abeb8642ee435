import { oneLine, shorten } from '../../../digest/text/inert.js';

/** What Discord's Markdown acts on anywhere: emphasis, code, spoilers, headings, quotes, links, mentions, `<t:…>`, emoji. */
const ACTS_ANYWHERE = /[\\*_~`|#>[\]<@]/g;
/** A colon before something begins `://` or `:emoji:`; one at the end may meet the next span. */
const COLON_ACTS = /:(?=\S|$)/g;
/** Acts at the beginning of a line: lists. A span may be the first of its line. */
const BEGINS_LIST = /^(?:[-+](?=\s|$)|\d{1,9}(?=[.)]))/;
/** Discord shows a card for these even without a scheme. */
const INVITE = /(discord(?:app)?)\.(?=gg|com|me)/gi;

/** Text from mail as Discord shows it, letter for letter: nothing in it is a mention, a link or markup. One line. */
export function escapeText(text: string): string {
  return oneLine(text.toWellFormed())
    .replace(ACTS_ANYWHERE, '\\$&')
    .replace(COLON_ACTS, '\\:')
    .replace(INVITE, '$1\\.')
    .replace(BEGINS_LIST, (begins) => (/\d/.test(begins) ? `${begins}\\` : `\\${begins}`));
}

/** At most `limit` units once escaped; cut at a word's end, with an ellipsis. */
export function escapeWithin(text: string, limit: number): string {
  const plain = oneLine(text.toWellFormed());
  let room = Math.min(plain.length, limit);
  for (;;) {
    const escaped = escapeText(shorten(plain, room));
    if (escaped.length <= limit || room <= 0) return escaped.length <= limit ? escaped : '';
    room -= Math.max(1, Math.ceil((escaped.length - limit) / 2));
  }
}

/** Message-IDs and commands; what contains a backtick is shown without the box. */
export function codeText(text: string, limit: number): string {
  const plain = oneLine(text.toWellFormed());
  if (plain === '') return '';
  if (plain.includes('`') || plain.endsWith('\\')) return escapeWithin(plain, limit);
  return limit < 4 ? '' : `\`${shorten(plain, limit - 2)}\``;
}

const MAX_URL = 1000;
const IN_TARGET = /[()<>\\"'`*|~[\]\s]/g;

/** The address as it may be in `[text](<address>)`; null for anything that is not a web link or is too long to be worth its room. */
export function linkTarget(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return null;
  if (parsed.username !== '' || parsed.password !== '') return null;
  const target = parsed.href.replace(
    IN_TARGET,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return target.length > MAX_URL ? null : target;
}

/**
 * Whether Discord reads `[text](address)` as a link: it does not where brackets do not pair off, and it shows the raw
 * text where the words hold an address themselves.
 */
export function isLinkable(text: string): boolean {
  if (/:\/\/|www\.|discord(?:app)?\./i.test(text)) return false;
  let open = 0;
  for (const sign of text) {
    if (sign === '[') open++;
    if (sign === ']') open--;
    if (open < 0 || open > 1) return false;
  }
  return open === 0;
}
