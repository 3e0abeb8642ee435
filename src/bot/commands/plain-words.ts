import { inert } from '../../digest/text/inert.js';
import { withoutTail } from '../../digest/text/without-tail.js';

/** Longer than any command; what is pasted beyond it is cut. */
const MAX_LENGTH = 8_000;

const DOUBLE_QUOTES = /[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/g;
const SINGLE_QUOTES = /[\u2018\u2019\u201a\u201b\u2032]/g;

/**
 * What was typed, recovered from what the chat made of it: links that Slack wrapped (`<https://…|…>`, `<mailto:…|…>`),
 * channels by their name (as the chat writes them behind `in`, see channel-words.ts), people and groups left out, its three entities undone, typographic quotes straight, code
 * ticks, invisible characters and the full stop at the end taken off. One line.
 */
export function plainWords(text: string): string {
  const unwrapped = text
    .slice(0, MAX_LENGTH)
    .replace(/<([^<>]*)>/g, (whole, inside: string, at: number, all: string) =>
      isChannel(inside) && /\bin:?\s*$/i.test(all.slice(Math.max(0, at - 8), at))
        ? whole
        : unwrap(whole, inside),
    );
  const plain = unwrapped
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(DOUBLE_QUOTES, '"')
    .replace(SINGLE_QUOTES, "'")
    .replaceAll('`', ' ');
  const words = inert(plain.replace(/\s+/g, ' ')).trim();
  return withoutTail(words, ' .,;!?\u2026');
}

function isChannel(inside: string): boolean {
  return /^#[A-Z0-9]{2,24}(?:\|[^|]*)?$/i.test(inside);
}

/** What is between angle brackets: one of Slack's or Discord's forms, else it was typed so, as a Message-ID is. */
function unwrap(whole: string, inside: string): string {
  const bar = inside.indexOf('|');
  const [target, label] = bar < 0 ? [inside, ''] : [inside.slice(0, bar), inside.slice(bar + 1)];
  // Slack links what looks like a domain or a number: `lib.rs` is a file, and was typed so.
  if (label !== '' && /^(?:https?:\/\/|tel:)/.test(target) && target.endsWith(label)) return label;
  if (target.startsWith('mailto:')) return target.slice('mailto:'.length);
  if (/^https?:\/\//.test(target)) return target;
  // A channel means the subsystem that it is named after: `/follow #kvm`.
  if (/^#[CG]\w+$/.test(target)) return ` ${label} `;
  if (/^(?:[@#!][&!]?[\w^]+|a?:\w+:\d+|t:-?\d+(?::\w)?)$/.test(target)) return ' ';
  return whole;
}

/** The first word of a text, and the rest of it. */
export function splitFirst(text: string): readonly [first: string, rest: string] {
  const trimmed = text.trim();
  const at = trimmed.search(/\s/);
  return at < 0 ? [trimmed, ''] : [trimmed.slice(0, at), trimmed.slice(at).trim()];
}
