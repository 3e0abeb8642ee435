import { takeReplyMarker } from './reply-markers.js';
import { readTags, type Tag } from './tags.js';

const MOST_GROUPS = 12;

/** What is between two brackets. */
export interface Group {
  readonly text: string;
  readonly tags: readonly Tag[];
}

/** What is before the title. */
export interface Front {
  readonly groups: readonly Group[];
  readonly reply: boolean;
  readonly forwarded: boolean;
  /** The title and what belongs to it. */
  readonly rest: string;
}

/** Reply markers and bracket groups, in any mixture: `Re: [External] Re: [PATCH v2 1/2]`. */
export function readFront(text: string): Front {
  const bracketed = takeBracketedForward(text);
  const pine = bracketed === null && / \(fwd\)$/i.test(text.slice(-6));
  let rest = withoutStamp(bracketed ?? (pine ? text.slice(0, -6) : text)).replace(/^subject: ?/i, '');
  let groups: Group[] = [];
  let reply = false;
  let forwarded = bracketed !== null || pine;
  for (let turn = 0; turn < MOST_GROUPS * 2; turn += 1) {
    const tagged = groups.some((group) => group.tags.some((tag) => tag.kind === 'patch'));
    const marker = takeReplyMarker(rest, tagged);
    if (marker !== null) {
      // What a gateway put before the marker (`[EXT] Re:`) says nothing about the patch.
      if (!tagged) groups = [];
      reply ||= !marker.forwarded;
      forwarded ||= marker.forwarded;
      rest = marker.rest;
      continue;
    }
    if (reply && groups.length === 0) rest = withoutNote(rest);
    if (groups.length === 0) rest = rest.replace(BUG, '');
    const group = takeGroup(rest, groups.length === 0);
    if (group === null || groups.length >= MOST_GROUPS) break;
    groups.push({ text: group.text, tags: readTags(group.text) });
    // `[Patch 2/2]: x`, `[External] : Re: x`, `[PATCH v5] Subject: x`.
    rest = group.rest
      .replace(/^ ?(?::|-(?= )) ?/, '')
      .replace(/^subject: ?/i, '')
      .trimStart();
  }
  return { groups, reply, forwarded, rest };
}

/** Debbugs' number before what it passes on: `bug#12345: [PATCH v2] x`. */
const BUG = /^bug#\d{1,8}: ?(?=\[[^\]]{0,40}\b(?:patch|rfc)(?![a-z])|re: )/i;

/** `***SPAM*** [PATCH] x`, `{Spam?} x`, `EXT: [PATCH] x`: what a filter or gateway added without brackets. */
function withoutStamp(text: string): string {
  return text.replace(
    /^(?:\*{2,5} ?(?:suspected )?spam[^*]{0,20}\*{2,5}|\{spam\?\}|(?:EXT|EXTERNAL)(?: EMAIL)?:)\s{0,3}(?=\S)/i,
    '',
  );
}

/** Mozilla's `[Fwd: [PATCH v2 2/3] x]`: the subject within, null if there is none. */
function takeBracketedForward(text: string): string | null {
  if (!text.startsWith('[') || !text.endsWith(']')) return null;
  const marker = takeReplyMarker(text.slice(1), false);
  return marker?.forwarded === true ? marker.rest.slice(0, -1) : null;
}

/** `Re: (subset) [PATCH …`, as in b4's thanks: the note is not part of the title. */
function withoutNote(text: string): string {
  if (!text.startsWith('(')) return text;
  const end = text.indexOf(')');
  const after = end < 0 ? '' : text.slice(end + 1).trimStart();
  return end < 40 && (after.startsWith('[') || text.startsWith('(subset)')) ? after : text;
}

function takeGroup(text: string, first: boolean): { text: string; rest: string } | null {
  if (text.startsWith('[')) return takeBracket(text) ?? takeUnclosed(text);
  return first
    ? (takeBefore(text) ?? takeOddlyBracketed(text) ?? takeUnopened(text) ?? takeUnbracketed(text))
    : null;
}

/** `v2 [PATCH] x`, `(v2) [PATCH] x`, `RFC: [PATCH] x`: a version or its kind written in front of the brackets. */
function takeBefore(text: string): { text: string; rest: string } | null {
  const match =
    /^\(?(v\d{1,2}|(?:rfc|rfa|wip|draft|resend|repost)(?=\)?:? ?\[[^\]]{0,30}\bpatch(?![a-z]))(?!.{0,40}\bno patch))\)?:? ?(?=\[)/i.exec(
      text,
    );
  return match === null ? null : { text: match[1] ?? '', rest: text.slice(match[0].length) };
}

/** `{PATCH v2 2/3} x`, `(PATCH) x`: other brackets round known words, one of which says that it is a patch. */
function takeOddlyBracketed(text: string): { text: string; rest: string } | null {
  const match = /^(?:\(([^()[\]]{5,40})\)|\{([^{}[\]]{5,40})\}|<([^<>[\]]{5,40})>):? (?!-p\d)/.exec(text);
  const inner = match?.[1] ?? match?.[2] ?? match?.[3];
  if (match === null || inner === undefined) return null;
  const tags = readTags(inner);
  // `(Patch) Tuesday`: a word alone is no tag, unless it is written as one.
  if (/^[^A-Z]*$|^[A-Z][a-z]+$/.test(inner) && tags.length < 2) return null;
  if (!tags.some(({ kind }) => kind === 'patch') || tags.some(({ kind }) => kind === 'prefix')) return null;
  return { text: inner, rest: text.slice(match[0].length) };
}

/** A balanced group; nested brackets belong to it: `[PATCH 1/2 [RESEND]]`. */
function takeBracket(text: string): { text: string; rest: string } | null {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '[') depth += 1;
    else if (char === ']') depth -= 1;
    if (depth === 0) return { text: text.slice(1, at), rest: text.slice(at + 1).trimStart() };
  }
  const end = text.indexOf(']');
  return end < 0 ? null : { text: text.slice(1, end), rest: text.slice(end + 1).trimStart() };
}

/** `[PATCH v2 1/3 x: y`, never closed: words count as tags as long as they are known ones. */
function takeUnclosed(text: string): { text: string; rest: string } | null {
  const words = text.slice(1).split(' ');
  let known = 0;
  while (known < words.length && isKnown(words[known] ?? '')) known += 1;
  if (known === 0) return null;
  return { text: words.slice(0, known).join(' '), rest: words.slice(known).join(' ') };
}

/** `PATCH V2 3/4] x`, never opened: a known word must be first or a counter last. */
function takeUnopened(text: string): { text: string; rest: string } | null {
  const end = text.indexOf(']');
  if (end <= 0 || end > 60 || text.slice(0, end).includes('[')) return null;
  const words = text.slice(0, end).split(' ');
  if (!words.some(isKnown) || !isKnown(words[words.length - 1] ?? '')) return null;
  return { text: text.slice(0, end), rest: text.slice(end + 1).trimStart() };
}

/** `PATCH 1/2: x`, `GIT PULL: x`, `pull request (net): x`: only known words before the colon, one of which says what it is. */
function takeUnbracketed(text: string): { text: string; rest: string } | null {
  const colon = /^[a-z]/i.test(text) ? text.slice(0, 40).indexOf(': ') : -1;
  if (colon < 0) return null;
  const head = text.slice(0, colon);
  const tags = readTags(/^pull/i.test(head) ? head.replace(/ ?\([\w.-]{1,30}\)$/, '') : head);
  if (
    tags.some((tag) => tag.kind === 'prefix') ||
    !tags.some((tag) => tag.kind === 'patch' || tag.kind === 'pull')
  )
    return null;
  return { text: head, rest: text.slice(colon + 2).trimStart() };
}

function isKnown(word: string): boolean {
  const tags = readTags(word);
  return tags.length > 0 && tags.every((tag) => tag.kind !== 'prefix');
}
