import { patchNumber, versionNumber } from '../../text/bounded-number.js';
import { pickVersion } from './prefixes.js';
import { readTags, type Tag } from './tags.js';

/** What the words after the tags contain in addition to the title. */
export interface TitleReading {
  readonly title: string;
  /** `(v3)`, `(version 3)`, `take 3`, `v3:`; null if there is none. */
  readonly version: number | null;
  /** `1/2: x`, `x (1/2)`. */
  readonly counter: { readonly index: number; readonly total: number } | null;
  readonly resend: boolean;
  readonly rfc: boolean;
  readonly wip: boolean;
  /** What is in `(was: …)`, tags and all. */
  readonly was: string | null;
}

/**
 * Reads the words after the tags. `tagged` says that the subject is a patch's or a pull request's: then
 * `1/2:` and `v3:` in front and `(v3)`, `take 3`, `(1/2)` at the end are tags that slipped out of the brackets.
 * `tagVersion` is the version of the tags; a bare `v2` at the end repeats it or belongs to the title (`cgroup v2`).
 */
export function readTitle(words: string, tagged: boolean, tagVersion: number | null): TitleReading {
  const { text: whole, was } = takeWas(words);
  const text = withoutPullRequest(whole);
  if (!tagged) return { ...takeUntaggedEnd(text), counter: null, resend: false, rfc: false, wip: false, was };
  let title = text;
  let version: number | null = null;
  let counter: TitleReading['counter'] = null;
  const front = /^(\d{1,3})\/(\d{1,3})(?: ?[:)]| - ) ?/.exec(title);
  if (front !== null) {
    const [index, total] = [patchNumber(front[1]), patchNumber(front[2])];
    counter = index === null || total === null ? null : { index, total };
    title = title.slice(front[0].length);
  }
  const early = /^v(\d{1,3}(?:\.\d)?) ?: ?/i.exec(title);
  if (early !== null) {
    version = versionNumber(early[1]);
    title = title.slice(early[0].length);
  }
  const end = takeEnd(title);
  return {
    ...end,
    title: withoutRepeated(withoutPullRequest(end.title), tagVersion),
    version: version ?? end.version,
    counter: counter ?? end.counter,
    was,
  };
}

/** The number that a forge gives to a patch which it sends to a list: `x (PR #123)`, `x (MR !4)`. GCC's `[PR123]` is a bug. */
function withoutPullRequest(title: string): string {
  const from = Math.max(0, title.length - LONGEST_TAIL);
  const match = / \((?:pr|mr|(?:pull|merge)[ -]request) ?[#!]\d{1,7}\)$/i.exec(title.slice(from));
  return match === null ? title : title.slice(0, from + match.index);
}

/** `[PATCH v2] x v2`, but not `[PATCH v2] x for cgroup v2`. */
function withoutRepeated(title: string, version: number | null): string {
  if (version === null || version < 2 || !title.endsWith(` v${version}`)) return title;
  const rest = title.slice(0, title.lastIndexOf(' '));
  return isVersioned(rest) ? title : rest;
}

/**
 * The version at the end of a title without tags: `x (v3)`, `x, take 6`, and bare, as some write all their
 * letters: `re-enable IOCB_NOWAIT writes to files v4`.
 */
function takeUntaggedEnd(words: string): { title: string; version: number | null } {
  const match = /(?: [([](?:v|version )?|, ?(?:v|take )| v)(\d{1,2})([)\]]?)$/.exec(words.slice(-16));
  const version = versionNumber(match?.[1]);
  if (match === null || version === null || version < 2) return { title: words, version: null };
  const title = words.slice(0, words.length - match[0].length).trim();
  const bracketed = /[([]/.test(match[0]);
  // `(2)` is how bug bots number their reports.
  if (bracketed !== (match[2] !== '') || (bracketed && !match[0].includes('v')))
    return { title: words, version: null };
  if (title === '' || (match[0].startsWith(' v') && isVersioned(title)))
    return { title: words, version: null };
  return { title, version };
}

/** Things that have their own versions: `cgroup v2`. */
const VERSIONED = new Set(
  'abi api btf cgroup cgroups format gic interface ipsec kernel linux luks nfs page_pool protocol psci qemu raid rstat smb smmu spectre tpm uapi usb version xfs'.split(
    ' ',
  ),
);

function isVersioned(title: string): boolean {
  return VERSIONED.has(title.slice(title.lastIndexOf(' ') + 1).toLowerCase());
}

/** `x (was: y)`, `x [was Re: y]`, `x, was: y`. */
function takeWas(words: string): { text: string; was: string | null } {
  const match = /(?:[([]|, )(?:was|formerly)(?:: ?| )(?=\S)/i.exec(words);
  if (match === null || match.index === 0) return { text: words, was: null };
  const opened = '(['.includes(match[0][0] ?? '');
  const inner = words.slice(match.index + match[0].length);
  // `(was wrong) for years` continues: no older title.
  if (opened && !/[)\]]$/.test(inner)) return { text: words, was: null };
  if (!opened && !match[0].includes(':')) return { text: words, was: null };
  return {
    text: words.slice(0, match.index).trim(),
    was: withoutQuotes((opened ? inner.slice(0, -1) : inner).trim()),
  };
}

function withoutQuotes(text: string): string {
  return text.length > 2 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

/** `x (v3)`, `x [ver #3]`, `x, take 6`, `x (1/2)`, `x (v2, RESEND)`. A bare `v2` at the end is part of the title: `cgroup v2`. */
function takeEnd(words: string): Omit<TitleReading, 'was'> {
  const end = { title: words, version: null, counter: null, resend: false, rfc: false, wip: false };
  return takeTails(end, 3);
}

function takeTails(end: Omit<TitleReading, 'was'>, most: number): Omit<TitleReading, 'was'> {
  const tail = most === 0 ? null : takeTail(end.title);
  if (tail === null) return end;
  const { title, tags } = tail;
  const counters = tags.flatMap((tag) =>
    tag.kind === 'counter' ? (counterOf(tag.index, tag.total) ?? []) : [],
  );
  const has = (kind: Tag['kind']): boolean => tags.some((tag) => tag.kind === kind);
  return takeTails(
    {
      title,
      version: end.version ?? pickVersion(tags.filter((tag) => tag.kind === 'version')),
      counter: end.counter ?? counters[0] ?? null,
      resend: end.resend || has('resend'),
      rfc: end.rfc || has('rfc'),
      wip: end.wip || has('wip'),
    },
    most - 1,
  );
}

/** Longer brackets at the end of a title are words of it. */
const LONGEST_TAIL = 40;
const BRACKETED = /[([]([^()[\]]+)[)\]]$/;
/** `GPL, version 2` is a title. */
const LOOSE = /(?:[,;] ?| - |(?= take) )((?:v|take|try) ?#?\d{1,3})$/i;

/** What slipped out of the tags and behind the title; null if the title has no such end. */
function takeTail(words: string): { title: string; tags: readonly Tag[] } | null {
  const text = words.endsWith('.') ? words.slice(0, -1) : words;
  const from = Math.max(0, text.length - LONGEST_TAIL);
  const last = text.slice(from);
  const found = BRACKETED.exec(last) ?? LOOSE.exec(last);
  if (found === null) return null;
  const title = text.slice(0, from + found.index).trim();
  // With `PATCH` before them they are read as tags are.
  const [, ...tags] = readTags(`PATCH ${found[1]}`);
  const tells = title !== '' && tags.some(({ kind }) => kind !== 'patch');
  return tells && tags.every(isTail) ? { title, tags } : null;
}

/** `(r2)`, `(rev 03)` are revisions of hardware, `(v6.1)` is a kernel, and `(#12)` a bug. */
function isTail(tag: Tag): boolean {
  if (tag.kind === 'version') return Number.isInteger(tag.version) && !/^(?:[r#]\d|rev)/i.test(tag.text);
  if (tag.kind === 'counter') return !tag.inferred && counterOf(tag.index, tag.total) !== null;
  return ['patch', 'resend', 'rfc', 'wip'].includes(tag.kind);
}

function counterOf(index: number | null, total: number | null): TitleReading['counter'] {
  if (index === null || total === null || total < 2 || index > total) return null;
  return { index, total };
}
