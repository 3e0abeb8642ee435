import { takeReplyMarker } from './reply-markers.js';
import { readTags, type Tag } from './tags.js';
import { readTitle } from './title.js';
import type { Subject } from './types.js';

/** Longer subjects are cut: no list carries them, and everything below stays quick. */
const LONGEST_SUBJECT = 2000;
const MOST_GROUPS = 12;

interface Group {
  readonly text: string;
  readonly tags: readonly Tag[];
}

interface Front {
  readonly groups: readonly Group[];
  readonly reply: boolean;
  readonly forwarded: boolean;
  readonly rest: string;
}

/**
 * Takes a decoded subject line apart, in every form that lists have shown: `[PATCHv5 2/2]`, `[RFC][PATCH 0/3]`,
 * `[net-next,v2,1/3]`, `PATCH V2 3/4]`, `Re: [External] Re: [PATCH v2 1/2]`. Only leading bracket groups are
 * tags. Total: any string has an answer, null gives an empty subject.
 */
export function parseSubject(raw: string | null): Subject {
  return parseText(cleanText(raw ?? ''), 0);
}

function parseText(text: string, depth: number): Subject {
  const front = readFront(text);
  const tags = front.groups.flatMap((group) => group.tags);
  const has = (kind: Tag['kind']) => tags.some((tag) => tag.kind === kind);
  const versions = tags.filter((tag) => tag.kind === 'version');
  const counter = tags.find((tag) => tag.kind === 'counter') ?? null;
  const pull = has('pull');
  const patch = has('patch') || ((has('rfc') || counter !== null || versions.length > 0) && !pull);
  const ending = readTitle(front.rest, patch || pull, pickVersion(versions));
  const bareWas = ending.was === null || depth > 0 ? null : parseText(ending.was, depth + 1).title;
  const version = pickVersion(versions) ?? ending.version;
  const count = counter ?? ending.counter;
  return {
    raw: text,
    title: ending.title,
    reply: front.reply,
    forwarded: front.forwarded,
    patch,
    pull: pull || /^git pull\b/i.test(front.rest),
    version: version ?? 1,
    versionInferred: version === null,
    index: count?.index ?? null,
    total: count?.total ?? null,
    countersInferred: counter === null ? ending.counter !== null : counter.inferred,
    rfc: has('rfc'),
    resend: has('resend') || ending.resend,
    wip: has('wip'),
    prefixes: readPrefixes(front.groups),
    was: bareWas === '' ? null : bareWas,
  };
}

/** White space collapsed; NUL, zero-width and direction characters removed, which hide or reorder what is shown. */
function cleanText(raw: string): string {
  return raw
    .slice(0, LONGEST_SUBJECT)
    .replace(/[\u0000\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Reply markers and bracket groups, in any mixture: `Re: [External] Re: [PATCH v2 1/2]`. */
function readFront(text: string): Front {
  let rest = text;
  let groups: Group[] = [];
  let reply = false;
  let forwarded = false;
  for (let turn = 0; turn < MOST_GROUPS * 2; turn += 1) {
    const tagged = groups.some((group) => group.tags.some((tag) => tag.kind === 'patch'));
    const marker = takeReplyMarker(rest, tagged);
    if (marker !== null) {
      // What a gateway put before the marker (`[EXT] Re:`) says nothing about the patch.
      groups = [];
      reply ||= !marker.forwarded;
      forwarded ||= marker.forwarded;
      rest = marker.rest;
      continue;
    }
    if (reply && groups.length === 0) rest = withoutNote(rest);
    const group = takeGroup(rest, groups.length === 0);
    if (group === null || groups.length >= MOST_GROUPS) break;
    groups.push({ text: group.text, tags: readTags(group.text) });
    // `[Patch 2/2]: x`, `[External] : Re: x`, `[PATCH v5] Subject: x`.
    rest = group.rest
      .replace(/^ ?: ?/, '')
      .replace(/^subject: ?/i, '')
      .trimStart();
  }
  return { groups, reply, forwarded, rest };
}

/** `Re: (subset) [PATCH …`, as b4 thanks: the note is no part of the title. */
function withoutNote(text: string): string {
  if (!text.startsWith('(')) return text;
  const end = text.indexOf(')');
  const after = end < 0 ? '' : text.slice(end + 1).trimStart();
  return end < 40 && (after.startsWith('[') || text.startsWith('(subset)')) ? after : text;
}

function takeGroup(text: string, first: boolean): { text: string; rest: string } | null {
  if (text.startsWith('[')) return takeBracket(text) ?? takeUnclosed(text);
  return first ? takeUnopened(text) : null;
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

/** `PATCH V2 3/4] x`, never opened: a known word must stand first or a counter last. */
function takeUnopened(text: string): { text: string; rest: string } | null {
  const end = text.indexOf(']');
  if (end <= 0 || end > 60 || text.slice(0, end).includes('[')) return null;
  const words = text.slice(0, end).split(' ');
  if (!words.some(isKnown) || !isKnown(words[words.length - 1] ?? '')) return null;
  return { text: text.slice(0, end), rest: text.slice(end + 1).trimStart() };
}

function isKnown(word: string): boolean {
  const tags = readTags(word);
  return tags.length > 0 && tags.every((tag) => tag.kind !== 'prefix');
}

/** The version that was said; an integer wins over `v6.1` beside it, which then names a kernel. */
function pickVersion(tags: readonly (Tag & { kind: 'version' })[]): number | null {
  const whole = tags.findLast((tag) => Number.isInteger(tag.version));
  return (whole ?? tags[tags.length - 1])?.version ?? null;
}

/** Groups before the PATCH group come from lists and gateways, save for those that name a tree. */
function readPrefixes(groups: readonly Group[]): string[] {
  const patchAt = groups.findIndex((group) => group.tags.some((tag) => tag.kind !== 'prefix'));
  const prefixes: string[] = [];
  groups.forEach((group, at) => {
    const own = group.tags.every((tag) => tag.kind === 'prefix');
    if (own && at < patchAt && !namesTree(group.text)) return;
    if (own && isListTag(group.text)) return;
    if (own) prefixes.push(group.text.replace(/\s+/g, ' ').trim());
    else prefixes.push(...innerPrefixes(group.tags));
  });
  return [...new Set(prefixes.filter((prefix) => prefix !== ''))];
}

function innerPrefixes(tags: readonly Tag[]): string[] {
  const versions = tags.filter((tag) => tag.kind === 'version');
  const said = pickVersion(versions);
  return tags.flatMap((tag) => {
    if (tag.kind === 'prefix') return isListTag(tag.text) ? [] : [tag.text];
    return tag.kind === 'version' && tag.version !== said && !Number.isInteger(tag.version) ? [tag.text] : [];
  });
}

/** `[6.1]`, `[net-next]`, `[for-linus]`, `[stable-5.10]`: trees that people write into a group of their own. */
function namesTree(text: string): boolean {
  return /^(?:v?\d{1,2}\.\d|for-|stable|(?:net|bpf|wireless|rdma|mm|wpan|iproute2|ipsec|nf)(?:-|$)|-next|next$)/i.test(
    text,
  );
}

const LIST_TAGS = new Set([
  'ext',
  'external',
  'spam',
  'linaro-mm-sig',
  'intel-gfx',
  'bluez',
  'notmuch',
  'xen-devel',
]);

/** `[Qemu-devel]`, `[f2fs-dev]`, `[ath9k-devel]`: what list software puts before a subject. */
function isListTag(text: string): boolean {
  const lower = text.toLowerCase();
  return (
    LIST_TAGS.has(lower) ||
    /^[a-z0-9+]{1,30}(?:-[a-z0-9+]{1,30}){0,4}-(?:devel|dev|user|users|discuss|list)$/.test(lower)
  );
}
