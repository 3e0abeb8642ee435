/** Characters of HTML that are read; mail written by people stays far below. */
const MAX_HTML_LENGTH = 4 * 1024 * 1024;

/** Blockquotes deeper than this are marked no deeper. */
const MAX_QUOTE_DEPTH = 20;

/** Elements whose content is not text of the mail. */
const UNSEEN = new Set(['script', 'style', 'head', 'title', 'template', 'noscript']);

/** Elements that begin and end a line. */
const BLOCKS = new Set(
  'address article aside dd div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol section table tr ul'.split(
    ' ',
  ),
);

/** Elements with an empty line around them. */
const PARAGRAPHS = new Set(['p', 'blockquote', 'pre']);

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  reg: '®',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bull: '•',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
};

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#[xX]?)?([0-9A-Za-z]{1,10});/g, (whole, hash: string | undefined, name: string) => {
    if (hash === undefined) return Object.hasOwn(ENTITIES, name) ? (ENTITIES[name] ?? whole) : whole;
    const code = codePoint(name, hash === '#' ? 10 : 16);
    return code === null ? '' : String.fromCodePoint(code);
  });
}

/** The character that digits name; null for none, NUL and halves of a pair (surrogates), which are not characters. */
function codePoint(digits: string, base: 10 | 16): number | null {
  const code = (base === 10 ? /^\d{1,7}$/ : /^[0-9A-Fa-f]{1,6}$/).test(digits)
    ? Number.parseInt(digits, base)
    : 0;
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? code : null;
}

/** Collects text into lines: requested breaks are written when text follows, so that they never pile up. */
function lineWriter() {
  const pieces: string[] = [];
  let breaks = 0;
  let quoteDepth = 0;
  /** Nothing but white space so far on this line, or white space last: more of it adds nothing. */
  let afterSpace = true;
  return {
    breakLine: (count: number): void => {
      breaks = Math.max(breaks, count);
    },
    quote: (by: 1 | -1): void => {
      quoteDepth = Math.max(0, quoteDepth + by);
    },
    /** `exactly` keeps white space unchanged (<pre>). */
    write(text: string, exactly = false): void {
      const shown = !exactly && (afterSpace || breaks > 0) ? text.trimStart() : text;
      if (shown === '') return;
      const mark = '> '.repeat(Math.min(quoteDepth, MAX_QUOTE_DEPTH));
      if (breaks > 0 && pieces.length > 0) pieces.push(breaks > 1 ? `\n${mark.trimEnd()}\n` : '\n');
      if (breaks > 0 || pieces.length === 0) pieces.push(mark);
      breaks = 0;
      pieces.push(shown);
      afterSpace = shown.endsWith(' ');
    },
    text: (): string => pieces.join(''),
  };
}

type LineWriter = ReturnType<typeof lineWriter>;

function writePreformatted(text: string, out: LineWriter): void {
  for (const [at, line] of text.split('\n').entries()) {
    if (at > 0) out.breakLine(1);
    out.write(line, true);
  }
}

function applyTag(name: string, closes: boolean, out: LineWriter): void {
  if (name === 'br') out.breakLine(1);
  else if (BLOCKS.has(name) || name === 'li') out.breakLine(1);
  else if (PARAGRAPHS.has(name)) out.breakLine(2);
  else if (name === 'td' || name === 'th') out.write(' ');
  if (name === 'blockquote') out.quote(closes ? -1 : 1);
  if (name === 'li' && !closes) out.write('* ');
}

/** A tag's or comment's beginning; any other `<` is text. */
const TAG_START = /^<(?:(\/?)([A-Za-z][A-Za-z0-9]{0,20})|[!?])/;

/** Index of the `>` that ends the tag or comment which begins at `open`; the last index if none does. */
function tagEnd(html: string, open: number): number {
  const comment = html.startsWith('<!--', open);
  const end = comment ? html.indexOf('-->', open + 4) : html.indexOf('>', open);
  if (end < 0) return html.length - 1;
  return comment ? end + 2 : end;
}

/** Index after an element that is not shown; the length if it is not closed. */
function afterClosing(html: string, name: string, from: number): number {
  const closing = new RegExp(`</${name}[^>]{0,100}>`, 'gi');
  closing.lastIndex = from;
  return closing.exec(html) === null ? html.length : closing.lastIndex;
}

/**
 * The text of an HTML mail, for mails that have no plain text: paragraphs and lines kept, list
 * items and quotes marked, all else left out. One pass, so that no nesting can make it slow (the
 * library that comes with the mail parser took 40 s for 800 KB of nested lists). Never throws.
 */
export function htmlToPlainText(source: string): string {
  const html = source.slice(0, MAX_HTML_LENGTH);
  const out = lineWriter();
  let preformatted = false;
  let at = 0;
  while (at < html.length) {
    const tag = TAG_START.exec(html.slice(at, at + 24));
    if (tag === null) {
      const next = html.indexOf('<', at + 1);
      const text = decodeEntities(html.slice(at, next < 0 ? html.length : next));
      if (preformatted) writePreformatted(text, out);
      else out.write(text.replace(/\s+/g, ' '));
      at = next < 0 ? html.length : next;
      continue;
    }
    const name = (tag[2] ?? '').toLowerCase();
    const closes = tag[1] === '/';
    at = tagEnd(html, at) + 1;
    if (UNSEEN.has(name) && !closes) at = afterClosing(html, name, at);
    else applyTag(name, closes, out);
    if (name === 'pre') preformatted = !closes;
  }
  return out.text();
}
