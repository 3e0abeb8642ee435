import { readFront } from './front.js';
import { pickVersion, readPrefixes } from './prefixes.js';
import type { Subject } from './subject.js';
import type { Tag } from './tags.js';
import { readTitle } from './title.js';

/** Longer subjects are cut: no list carries them, and everything below stays fast. */
const LONGEST_SUBJECT = 2000;
/**
 * Parses a decoded subject line, in every form seen on lists: `[PATCHv5 2/2]`, `[RFC][PATCH 0/3]`,
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
  const hasPatchTag = has('rfc') || has('pushed') || counter !== null || versions.length > 0;
  const patch = has('patch') || (hasPatchTag && !pull);
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
    pull,
    version: version ?? 1,
    versionInferred: version === null,
    index: count?.index ?? null,
    total: count?.total ?? null,
    countersInferred: counter === null ? ending.counter !== null : counter.inferred,
    rfc: has('rfc') || ending.rfc,
    resend: has('resend') || ending.resend,
    wip: has('wip') || ending.wip,
    pushed: has('pushed'),
    commitNotice: has('commit'),
    prefixes: readPrefixes(front.groups),
    was: bareWas === '' ? null : bareWas,
  };
}

/** White space collapsed; NUL, zero-width and direction characters removed, which hide or reorder visible text. */
function cleanText(raw: string): string {
  return (
    raw
      .slice(0, LONGEST_SUBJECT)
      // `【PATCH v2】x`: brackets as Chinese is written.
      .replace(/[【［]([^【】［］]{0,40}\b(?:patch|rfc)(?![a-z])[^【】［］]{0,40})[】］]/gi, '[$1] ')
      .replace(/[\u0000\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g, '')
      .replace(/\s+/g, ' ')
      .trim()
  );
}
