import { withoutTail } from './without-tail.js';

/**
 * Characters that could act on a reader's screen instead of being read: C0 and C1 controls (terminal escapes),
 * bidirectional overrides and isolates, zero-width and other invisible ones, tags and the byte order mark.
 */
const ACTING =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

/** Text from mail without anything that could act; line feeds and tabs stay. */
export function inert(text: string): string {
  return text.replace(ACTING, '');
}

/** The same on one line: runs of white space become one space. */
export function oneLine(text: string): string {
  return inert(text.replace(/\s+/g, ' ')).replace(/ {2,}/g, ' ').trim();
}

/** Cuts at a word's end so that the result holds at most `limit` UTF-16 units, with an ellipsis where something is lost. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const cut = text.slice(0, Math.max(0, limit - 1));
  const space = cut.lastIndexOf(' ');
  const end = space > limit * 0.6 ? space : cut.length;
  // Never between the halves of a surrogate pair.
  const whole = /[\ud800-\udbff]$/.test(cut.slice(0, end)) ? end - 1 : end;
  return `${withoutTail(cut.slice(0, whole), ' \t\n,;:.-')}…`;
}
