import { foreignTextIn } from '../mail/foreign-text.js';
import { MOST_TRAILERS } from '../text/limits.js';
import { isReference, readKind } from './kinds.js';
import { readPerson } from './person.js';
import type { Trailer } from './trailer.js';

const LONGEST_VALUE = 1000;
/** Deeper ones are quotes of a commit: `git show` indents by four. */
const DEEPEST_INDENT = 3;

/**
 * The trailers of a letter (a cover's or patch's text) or of a reply.
 *
 * Counted are lines of their own, `Kind: value`, whose value names a person, a link or a commit as the kind
 * asks. Quoted lines, text in a diff, headers of the mail that is answered and everything below a reply's
 * signature are not. A sentence that holds a trailer ("with that fixed, Reviewed-by: …") is none, a trailer on
 * the line after such a sentence is: b4 reads it so, and the person who writes the line grants the tag.
 */
export function parseTrailers(text: string, place: 'letter' | 'reply'): Trailer[] {
  const lines = readable(text, place);
  const trailers: Trailer[] = [];
  for (let at = 0; at < lines.length && trailers.length < MOST_TRAILERS; at += 1) {
    const line = lines[at] ?? '';
    const nack = place === 'reply' ? readBareNack(line) : null;
    if (nack !== null) {
      trailers.push(nack);
      continue;
    }
    const found = readLine(line, place);
    if (found === null) continue;
    const joined = joinWrapped(found, lines, at + 1);
    const trailer = toTrailer(found.kind, joined.value, place);
    if (trailer === null) continue;
    trailers.push(trailer);
    at += joined.used;
  }
  return trailers;
}

const QUOTE_MARK = 0x3e;

/**
 * The lines that may have a trailer: no diff, no signature, in replies no copy of the answered mail. Each quoted line is '': most lines of
 * most replies are quoted and need not be copied.
 */
function readable(written: string, place: 'letter' | 'reply'): string[] {
  const text = INVISIBLE.test(written) ? written.replace(INVISIBLE_ALL, '') : written;
  const lines: string[] = [];
  const beginsForeignText = foreignTextIn(text);
  let answered = false;
  for (let at = 0; at <= text.length; ) {
    const found = text.indexOf('\n', at);
    const end = found < 0 ? text.length : found;
    if (text.charCodeAt(at) === QUOTE_MARK) lines.push('');
    else {
      const line = text.slice(at, end);
      if (isEnd(line, text, end + 1)) break;
      if (place === 'reply' && beginsForeignText(at, end, answered)) break;
      answered ||= line.trim() !== '';
      lines.push(WIDE.test(line.slice(0, LONGEST_VALUE)) ? narrowed(line) : line);
    }
    at = end + 1;
  }
  return lines;
}

/** `next`: where the line after it begins. */
function isEnd(line: string, text: string, next: number): boolean {
  if (line.startsWith('diff --git ')) return true;
  if (!line.startsWith('--')) return false;
  if (line === '-- ' || line === '-- \r') return true;
  return line.startsWith('--- ') && text.startsWith('+++ ', next);
}

/** What is not seen hides no tag: zero-width spaces and joiners, marks of direction, soft hyphens. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/;
const INVISIBLE_ALL = new RegExp(INVISIBLE, 'g');

/** `Reviewed-by：`, `Reviewed‑by:`: what input methods and word processors write for a colon or a hyphen before the value. */
const WIDE = /^[\s\w&\-－‐-―−]{2,50}[：﹕∶:]/;

function narrowed(line: string): string {
  const colon = line.search(/[：﹕∶:]/);
  const head = line.slice(0, colon);
  if (line[colon] === ':' && !/[－‐-―−]/.test(head)) return line;
  const value = line
    .slice(colon + 1)
    .replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0));
  return `${head.replace(/[－‐-―−]/g, '-')}:${value}`;
}

interface Found {
  readonly kind: string;
  readonly value: string;
}

/** `**Reviewed-by:** Name`, `*Acked-by*: Name`: in bold, as Markdown and text made of HTML write it. */
const BOLD = /^[*_]{1,2}([A-Za-z][\w-]{2,38})(?::[*_]{1,2}|[*_]{1,2}:) /;

function readLine(written: string, place: 'letter' | 'reply'): Found | null {
  if (written.startsWith('>')) return null;
  const line = written.replace(BOLD, '$1: ');
  const praise = place === 'reply' ? lengthOfPraise(line) : 0;
  const colon = line.indexOf(':', praise);
  if (colon < 2 || colon > 50 + praise) return null;
  const head = line.slice(praise, colon);
  const word = head.trim();
  const indent = head.length - head.trimStart().length;
  if (indent > DEEPEST_INDENT && !head.startsWith('\t')) return null;
  if (head.startsWith('\t') && place === 'letter') return null;
  const kind = readKind(word, place);
  if (kind === null) return null;
  return { kind, value: line.slice(colon + 1, colon + 1 + LONGEST_VALUE).trim() };
}

/** `LGTM. Reviewed-by: …`: the few words that may be before a tag, for they take nothing back. */
function lengthOfPraise(line: string): number {
  const by = line.indexOf('-by:');
  if (by < 10 || by > 60) return 0;
  const match =
    /^(?:lgtm|(?:looks|sounds) (?:good|fine|great)(?: to me)?|nice|great|thanks|thank you|anyways?|ok|okay|series|for the series)[.,!:;]{0,3} (?=\w{3,}-by:)/i.exec(
      line,
    );
  return match?.[0].length ?? 0;
}

/** Joins what a mail program wrapped onto the next lines: an address, a commit's title, a `[note]`. */
function joinWrapped(found: Found, lines: readonly string[], next: number): { value: string; used: number } {
  let value = found.value;
  let used = 0;
  while (used < 3) {
    const line = (lines[next + used] ?? '').trim();
    if (line === '' || line.startsWith('>') || !goesOn(found.kind, value, line)) break;
    value = value === '' ? line : `${value} ${line}`;
    used += 1;
  }
  return { value: value.slice(0, LONGEST_VALUE), used };
}

function goesOn(kind: string, value: string, line: string): boolean {
  // `[for the x86 bits]`, alone on the line below.
  if (line.startsWith('[') && line.endsWith(']') && !/^\[\d+\]/.test(line)) return !isReference(kind);
  if (kind === 'Fixes')
    return /^[0-9a-f]{6,40}\b/i.test(value) && value.includes('("') && !value.includes('")');
  if (isReference(kind)) return value === '' && /^(?:https?:\/\/|<)/.test(line);
  if (value.includes('@'))
    return value.includes('<') && !value.includes('>') && /^[^\s<>:]{1,255}>/.test(line);
  if (value === '') return /^[^<>:]{1,80}<[^\s<>]{1,64}@[^\s<>]{1,255}>$/.test(line);
  return value.length < 80 && (ADDRESS.test(line) || endsName(value, line));
}

const ADDRESS = /^<[^\s<>]{1,64}@[^\s<>]{1,255}>/;

/** `Reviewed-by: Jane` / `Doe <jane@example.org>`: wrapped within the name; two whole names are two people. */
function endsName(value: string, line: string): boolean {
  const open = line.indexOf(' <');
  if (open < 1 || open > 60 || !/^["'\p{Lu}\p{Lo}]/u.test(value) || !ADDRESS.test(line.slice(open + 1)))
    return false;
  const rest = line.slice(0, open);
  if (rest.includes(':')) return false;
  const [before, after] = [value.split(' ').length, rest.split(' ').length];
  return before + after <= 5 && (before === 1 || after === 1);
}

function toTrailer(kind: string, value: string, place: 'letter' | 'reply'): Trailer | null {
  if (value === '') return null;
  if (isReference(kind)) return isReferenceValue(kind, value) ? { kind, name: '', email: '', value } : null;
  const person = readPerson(value);
  // A name alone is given where the address beside it is hidden: `Jane Doe <jane at example.org>`.
  if (person.email !== '' || person.name !== '') return { kind, ...person, value };
  // Replies are full of prose; there only an address makes a tag.
  if (place === 'reply' || !isNameAlone(kind, value)) return null;
  return { kind, name: value, email: '', value };
}

function isReferenceValue(kind: string, value: string): boolean {
  // `Fixes: ?` asks for the commit.
  if (kind === 'Fixes') return /^(?:commit )?[0-9a-f]{6,40}\b/i.test(value) || /^https?:\/\//.test(value);
  if (kind === 'Link' || kind === 'Closes' || kind === 'BugLink' || kind === 'URL')
    return /^<?https?:\/\//i.test(value);
  return /^<?https?:\/\//i.test(value) || /[0-9a-f]{6}|@|\d{3}/i.test(value);
}

/** `Suggested-by: Linus Torvalds`: a few words that begin like a name. */
function isNameAlone(kind: string, value: string): boolean {
  return (
    kind.endsWith('-by') &&
    value.length <= 60 &&
    value.split(' ').length <= 5 &&
    /^["'\p{Lu}\p{Lo}]/u.test(value)
  );
}

/** `NAK`, `NACK.`, `NAK, because …`, `Nacked-by` without a name: a person's no, in capitals or alone on its line. */
function readBareNack(line: string): Trailer | null {
  // Quick: this looks at every line of every reply.
  if (line.length < 3 || !/^[ \t]{0,3}[nbhs]/i.test(line)) return null;
  const text = line.trim();
  const alone = /^(?:(?:big|hard|strong|soft) )?(?:nac?k|nac?ked)(?:-by:?)?[.!]{0,3}$/i.test(text);
  const opening = /^NAC?K(?:ed)?(?:[.,!;:]| - | from | on | to )/.test(text) && !/^NACK?:? ?\?/.test(text);
  return alone || opening ? { kind: 'Nacked-by', name: '', email: '', value: text.slice(0, 200) } : null;
}
