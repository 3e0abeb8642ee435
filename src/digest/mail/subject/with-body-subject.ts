import { parseSubject } from './parse-subject.js';
import type { Subject } from './subject.js';

/**
 * The subject of a patch whose text begins with `Subject:`. Its title overrides the mail's, as in git; its tags only if the mail's own
 * subject does not say which patch of which version it is.
 */
export function withBodySubject(outer: Subject, text: string): Subject {
  const inner = parseSubject(text);
  if (inner.title === '') return outer;
  // A patch extracted from a discussion of another.
  if (outer.reply && !sameTitle(inner, outer)) return { ...inner, raw: outer.raw, patch: true, reply: false };
  const tellsMore = outer.patch && (outer.index !== null || !outer.versionInferred || !inner.patch);
  const base = tellsMore ? outer : inner;
  // A mail program broke the line, and nothing indents the rest.
  const title = outer.title.startsWith(inner.title) ? outer.title : inner.title;
  return { ...base, title, raw: outer.raw, reply: false, forwarded: false };
}

/** Mail programs and git shorten or wrap titles: the first words decide. */
export function sameTitle(a: Subject, b: Subject): boolean {
  const [left, right] = [a.title.toLowerCase(), b.title.toLowerCase()];
  return (
    left === right ||
    (left.length > 20 && right.startsWith(left)) ||
    (right.length > 20 && left.startsWith(right))
  );
}
