import { patchNumber, versionNumber } from '../../text/bounded-number.js';

/** What the words after the tags contain in addition to the title. */
export interface TitleReading {
  readonly title: string;
  /** `(v3)`, `take 3`, `v3:`; null if there is none. */
  readonly version: number | null;
  /** `1/2: x`, `x (1/2)`. */
  readonly counter: { readonly index: number; readonly total: number } | null;
  readonly resend: boolean;
  /** What is in `(was: …)`, tags and all. */
  readonly was: string | null;
}

/**
 * Reads the words after the tags. `tagged` says that the subject is a patch's or a pull request's: then
 * `1/2:` and `v3:` in front and `(v3)`, `take 3`, `(1/2)` at the end are tags that slipped out of the brackets.
 * `tagVersion` is the version of the tags; a bare `v2` at the end repeats it or belongs to the title (`cgroup v2`).
 */
export function readTitle(words: string, tagged: boolean, tagVersion: number | null): TitleReading {
  const { text, was } = takeWas(words);
  if (!tagged) return { ...takeUntaggedEnd(text), counter: null, resend: false, was };
  let title = text;
  let version: number | null = null;
  let counter: TitleReading['counter'] = null;
  const front = /^(\d{1,3})\/(\d{1,3})(?: ?[:)]| - ) ?/.exec(title);
  if (front !== null) {
    counter = counterOf(front[1], front[2]);
    title = title.slice(front[0].length);
  }
  const early = /^v(\d{1,3}(?:\.\d)?) ?: ?/i.exec(title);
  if (early !== null) {
    version = versionNumber(early[1]);
    title = title.slice(early[0].length);
  }
  const end = takeEnd(
    tagVersion !== null && tagVersion > 1 && title.endsWith(` v${tagVersion}`)
      ? title.slice(0, title.lastIndexOf(' '))
      : title,
  );
  return {
    title: end.title,
    version: version ?? end.version,
    counter: counter ?? end.counter,
    resend: end.resend,
    was,
  };
}

/**
 * The version at the end of a title without tags: `x (v3)`, `x, take 6`, and bare, as some write all their
 * letters: `re-enable IOCB_NOWAIT writes to files v4`.
 */
function takeUntaggedEnd(words: string): { title: string; version: number | null } {
  const match = /(?: [([]v?|, ?(?:v|take )| v)(\d{1,2})([)\]]?)$/.exec(words.slice(-12));
  const version = versionNumber(match?.[1]);
  if (match === null || version === null || version < 2) return { title: words, version: null };
  const title = words.slice(0, words.length - match[0].length).trim();
  const bracketed = /[([]/.test(match[0]);
  // `(2)` is how bug bots number their reports.
  if (bracketed !== (match[2] !== '') || (bracketed && !match[0].includes('v')))
    return { title: words, version: null };
  const before = title.slice(title.lastIndexOf(' ') + 1).toLowerCase();
  if (title === '' || (match[0].startsWith(' v') && VERSIONED.has(before)))
    return { title: words, version: null };
  return { title, version };
}

/** Things that have their own versions: `cgroup v2`. */
const VERSIONED = new Set(
  'abi api btf cgroup cgroups format gic interface ipsec kernel linux luks nfs page_pool protocol psci qemu raid rstat smb smmu spectre tpm uapi usb version xfs'.split(
    ' ',
  ),
);

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

/**
 * `x (v3)`, `x, v3`, `x, take 6`, `x (1/2)`, `x (RESEND)`. A bare `v2` at the end is part of the title: `cgroup v2`.
 */
function takeEnd(words: string): Omit<TitleReading, 'was'> {
  let title = words;
  let version: number | null = null;
  let counter: TitleReading['counter'] = null;
  let resend = false;
  for (let turn = 0; turn < 3; turn += 1) {
    const tail = takeTail(title);
    if (tail === null) break;
    title = tail.rest;
    version ??= tail.version ?? null;
    counter ??= tail.counter ?? null;
    resend ||= tail.resend ?? false;
  }
  return { title, version, counter, resend };
}

type Tail = { rest: string; version?: number; counter?: { index: number; total: number }; resend?: boolean };

function takeTail(title: string): Tail | null {
  const from = Math.max(0, title.length - 20);
  const match =
    /(?:^| ?[([]|, ?| )(?:(v|take|try) ?#?(\d{1,3})|(\d{1,3})\/(\d{1,3})|(resend|repost))[)\]]?$/i.exec(
      title.slice(from),
    );
  if (match === null) return null;
  const at = from + match.index;
  const rest = title.slice(0, at).trim();
  const bare = match[0].startsWith(' ') && !/[([]/.test(match[0]);
  const closed = /[)\]]$/.test(match[0]) === /[([]/.test(match[0]);
  if (rest === '' || !closed) return null;
  if (match[2] !== undefined) {
    if (bare && match[1]?.toLowerCase() !== 'take') return null;
    const version = versionNumber(match[2]);
    return version === null ? null : { rest, version };
  }
  if (bare || match[0].startsWith(',')) return null;
  if (match[5] !== undefined) return { rest, resend: true };
  const counter = counterOf(match[3], match[4]);
  return counter !== null && counter.total > 1 && counter.index <= counter.total ? { rest, counter } : null;
}

function counterOf(
  indexDigits: string | undefined,
  totalDigits: string | undefined,
): TitleReading['counter'] {
  const [index, total] = [patchNumber(indexDigits), patchNumber(totalDigits)];
  return index === null || total === null ? null : { index, total };
}
