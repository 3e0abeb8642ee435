import { casedWord } from './word-case.js';

/** Words that say what kind of thing a section is, not which. */
const FILLERS = new Set(
  (
    'driver drivers support subsystem subsystems framework infrastructure core layer interface interfaces architecture port ' +
    'and or for the of on in to a an with by based general generic devices device controller controllers maintainers code ' +
    'series family chips chip file filesystem filesystems linux kernel module modules api system misc implementation library protocol'
  ).split(' '),
);

/** `PAGE TABLE CHECK` → `Page table check`, `KERNEL VIRTUAL MACHINE FOR X86 (KVM/x86)` → `Kernel virtual machine for x86 (KVM/x86)`. */
export function humanSectionName(section: string): string {
  let isFirst = true;
  return section
    .trim()
    .split(/ +/)
    .map((word) =>
      // Words that are joined are cased one by one: `READ-COPY` is no acronym.
      word.replace(/[\p{L}\p{N}_']+/gu, (piece) => {
        const cased = casedWord(piece, isFirst);
        isFirst = false;
        return cased;
      }),
    )
    .join(' ');
}

/** The text between the first `open` and the `close` after it, or null. */
function between(text: string, open: string, close: string): string | null {
  const start = text.indexOf(open);
  const end = text.indexOf(close, start + 1);
  return start < 0 || end < 0 ? null : text.slice(start + 1, end).trim();
}

function without(text: string, open: string, close: string): string {
  let rest = text;
  for (let guard = 0; guard < 5; guard += 1) {
    const start = rest.indexOf(open);
    const end = rest.indexOf(close, start + 1);
    if (start < 0 || end < 0) return rest;
    rest = `${rest.slice(0, start)} ${rest.slice(end + 1)}`;
  }
  return rest;
}

/** Lower case, runs of anything but letters, digits, `_` and `.` become one hyphen. */
export function toSlugWord(text: string): string {
  let slug = '';
  for (const character of text.toLowerCase()) {
    const keep =
      (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character === '_';
    if (keep) slug += character;
    else if (slug !== '' && !slug.endsWith('-')) slug += '-';
  }
  return slug.endsWith('-') ? slug.slice(0, -1) : slug;
}

/** A name in brackets that people use for the thing itself: `(DAMON)`, `(be2net)`, `(KVM/x86)`. */
function isShortName(text: string): boolean {
  return (
    text.length >= 2 &&
    text.length <= 12 &&
    !text.includes(' ') &&
    !text.includes(',') &&
    /[A-Za-z]/.test(text)
  );
}

/** The words of a name that tell it from others, at most so many, joined by hyphens. */
export function significantWords(text: string, most: number): string {
  const words = toSlugWord(text).split('-').filter(Boolean);
  const telling = words.filter((word) => !FILLERS.has(word));
  return (telling.length > 0 ? telling : words).slice(0, most).join('-');
}

/**
 * The part of a slug that a section's name gives: `TCP` in brackets, else a short name in parentheses, else its telling words.
 * `strip` holds beginnings that only name the parent (`MEMORY MANAGEMENT`). '' if nothing but the parent is left.
 */
export function sectionSlug(section: string, strip: readonly string[], parent: string | null): string {
  let rest = section;
  const upper = section.toUpperCase();
  const beginning = strip
    .filter((start) => upper.startsWith(start.toUpperCase()))
    .sort((a, b) => b.length - a.length)[0];
  if (beginning !== undefined) rest = section.slice(beginning.length);
  const isRust = upper.includes('[RUST]') || upper.endsWith('- RUST');
  const inBrackets = between(section, '[', ']');
  const inParentheses = between(section, '(', ')');
  const parts: string[] = [];
  if (inParentheses !== null && parent !== null && inParentheses.toLowerCase().startsWith(`${parent}/`)) {
    parts.push(toSlugWord(inParentheses.slice(parent.length + 1)));
  } else if (
    beginning !== undefined &&
    inBrackets !== null &&
    !isRust &&
    inBrackets.toLowerCase() !== 'general'
  ) {
    parts.push(significantWords(inBrackets, 3));
  } else {
    const bare = without(without(rest, '(', ')'), '[', ']');
    const telling = toSlugWord(bare)
      .split('-')
      .filter((word) => word !== '' && !FILLERS.has(word) && word !== parent);
    const short =
      inParentheses !== null && isShortName(inParentheses) && telling.length > 1
        ? toSlugWord(inParentheses)
        : '';
    if (short !== '' && short !== parent) parts.push(short);
    else if (telling.length > 0) parts.push(telling.slice(0, 4).join('-'));
    else if (parent === null) parts.push(significantWords(bare, 4) || toSlugWord(section));
  }
  if (isRust && parent !== 'rust' && !parts.includes('rust')) parts.push('rust');
  return parts.filter(Boolean).join('-');
}
