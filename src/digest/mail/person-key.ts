import type { Address } from './mail.js';

/** Who wrote a mail, as far as joining needs to know. */
export interface Writer {
  readonly author: Address;
  /** Lower case. */
  readonly senderEmail: string;
}

/**
 * A name reduced to its words in alphabetical order, so that "Xie Yongji", "Yongji Xie" and "Xie, Yongji"
 * are one; '' for a name of a single word, which many people share (`linmiaohe` is an account, not a name).
 */
export function nameKey(name: string): string {
  const words = plainLetters(withoutBrackets(name.slice(0, 200)))
    .split(' ')
    .filter((word) => word.length > 1);
  return words.length < 2 ? '' : words.sort().join(' ');
}

/** Lower-case letters, without accents, and digits; anything else is a space. */
function plainLetters(text: string): string {
  // Nearly all names are plain ASCII, and its classes cost a fraction of Unicode's.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase().replace(/[^a-z0-9]+/g, ' ');
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
}

/** `Matthew Wilcox (Oracle)` without the employer, which changes. */
function withoutBrackets(name: string): string {
  const open = name.indexOf('(');
  const close = name.indexOf(')', open);
  return open > 0 && close > open ? name.slice(0, open) + name.slice(close + 1) : name;
}

/** An address without its `+tag`, lower case; '' if there is none. */
export function emailKey(email: string): string {
  const lower = email.trim().toLowerCase();
  const at = lower.lastIndexOf('@');
  if (at <= 0) return lower;
  const plus = lower.indexOf('+');
  return plus > 0 && plus < at ? lower.slice(0, plus) + lower.slice(at) : lower;
}

/** Keys under which an author is found: two mails with any key in common are by the same person. */
export function writerKeys(writer: Writer): readonly string[] {
  const keys = new Set([
    emailKey(writer.senderEmail),
    emailKey(writer.author.email),
    nameKey(writer.author.name),
  ]);
  keys.delete('');
  return [...keys];
}

/** Whether two mails are by one person: an address or a full name in common (company and private address). */
export function sameWriter(a: Writer, b: Writer): boolean {
  if (a.senderEmail !== '' && a.senderEmail === b.senderEmail) return true;
  const left = writerKeys(a);
  return writerKeys(b).some((key) => left.includes(key));
}
