import { patchNumber, versionNumber } from '../../text/bounded-number.js';

/** One thing that a bracket group of a subject says. */
export type Tag =
  | { readonly kind: 'patch' | 'rfc' | 'resend' | 'wip' | 'pull' | 'pushed' | 'commit' }
  | { readonly kind: 'version'; readonly version: number; readonly text: string }
  | {
      readonly kind: 'counter';
      /** null for a letter: `1/n`. */
      readonly index: number | null;
      readonly total: number | null;
      /** `PATCH1/8`, `3/4/5`: read with a guess. */
      readonly inferred: boolean;
    }
  | { readonly kind: 'prefix'; readonly text: string };

/** Words of a tag that are known, longest first; what is glued to one is read on its own: `PATCHv5`, `RFC/PATCH`, `PATCH1/8`. */
const HEADS: readonly (readonly [string, Tag['kind']])[] = [
  ['patchbomb', 'patch'],
  ['patchset', 'patch'],
  ['patches', 'patch'],
  ['patch', 'patch'],
  // Frequent typing errors.
  ['pathc', 'patch'],
  ['ptach', 'patch'],
  ['rfc', 'rfc'],
  // GDB's request for approval.
  ['rfa', 'patch'],
  ['resubmission', 'resend'],
  ['resubmitted', 'resend'],
  ['re-submitted', 'resend'],
  ['resubmit', 'resend'],
  ['re-submit', 'resend'],
  ['resending', 'resend'],
  ['re-sending', 'resend'],
  ['re-send', 'resend'],
  ['re-sent', 'resend'],
  ['resend', 'resend'],
  ['resent', 'resend'],
  ['reposting', 'resend'],
  ['reposted', 'resend'],
  ['re-posted', 'resend'],
  ['re-post', 'resend'],
  ['repost', 'resend'],
];

const WIP_WORDS = new Set([
  'wip',
  'dnm',
  'nomerge',
  'donotmerge',
  'do-not-merge',
  'do-not-apply',
  'not-for-merge',
  'not-for-merging',
  'not-for-upstream',
  'not-for-inclusion',
  'draft',
  'poc',
]);

/** GCC, glibc, binutils: the author posts what is in the tree already. */
const PUSHED_WORDS = new Set(['pushed', 'committed', 'commited', 'comitted', 'installed']);

type Phrase = readonly [words: readonly string[], kind: Tag['kind']];

/** Wordings that may take several words, by their first. */
const PHRASES = new Map<string, readonly Phrase[]>([
  [
    'git',
    [
      [['git', 'pull', 'request'], 'pull'],
      [['git', 'pull'], 'pull'],
      // Buildroot's notice of what was pushed: `[git commit branch/2024.02.x] x`.
      [['git', 'commit'], 'commit'],
      // `[GIT] Networking`.
      [['git'], 'pull'],
    ],
  ],
  ['checked', [[['checked', 'in'], 'pushed']]],
  [
    'pull',
    [
      [['pull', 'request'], 'pull'],
      [['pull', 'req'], 'pull'],
      [['pull'], 'pull'],
    ],
  ],
  ['git-pull', [[['git-pull'], 'pull']]],
  ['pull-request', [[['pull-request'], 'pull']]],
  [
    'do',
    [
      [['do', 'not', 'merge'], 'wip'],
      [['do', 'not', 'apply'], 'wip'],
    ],
  ],
  [
    'not',
    ['merge', 'merging', 'upstream', 'inclusion'].map((word) => [['not', 'for', word], 'wip'] as const),
  ],
]);

/** Tags of one group before the counter limits of mail: more words than this is prose in brackets. */
const MOST_WORDS = 40;

/** Reads what is between the brackets: `PATCH RFC v4 00/13`, `net-next,v2,1/3`, `PATCH 0 of 3`. */
export function readTags(group: string): Tag[] {
  const words = group
    .replace(/[[\](){}]/g, ' ')
    .replace(/(\d)\/ (?=\d)/g, '$1/')
    .split(/[\s,;|]+/)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
  const tags: Tag[] = [];
  let at = 0;
  while (at < words.length) at += readWords(words, at, tags);
  return tags;
}

/** Reads the words at `at` into `tags`; returns how many it used. */
function readWords(words: readonly string[], at: number, tags: Tag[]): number {
  const phrase = readPhrase(words, at);
  if (phrase !== null) {
    tags.push({ kind: phrase.kind } as Tag);
    return phrase.used;
  }
  const word = words[at] ?? '';
  const next = words[at + 1] ?? '';
  const afterNext = words[at + 2] ?? '';
  // Mercurial writes `PATCH 0 of 3`; others put blanks round the slash.
  const spaced = next.toLowerCase() === 'of' || next === '/';
  const [index, total] = spaced ? [patchNumber(word), patchNumber(afterNext)] : [null, null];
  if (index !== null && total !== null) {
    tags.push({ kind: 'counter', index, total, inferred: false });
    return 3;
  }
  const denied = readNoPatch(words.slice(at, at + MOST_DENIED));
  if (denied !== null) {
    tags.push({ kind: 'prefix', text: denied.join(' ') });
    return denied.length;
  }
  // `[PATCH rev. 3]`; not `[HW rev. 3]`
  const unit = words.some((one) => /^patch/i.test(one)) && word.endsWith('.') ? word.slice(0, -1) : word;
  if (/^(?:v|ver|version|rev|revision|take|try|round|attempt)$/i.test(unit) && /^#?\d{1,3}$/.test(next)) {
    const version = versionNumber(next.replace('#', ''));
    if (version !== null) tags.push({ kind: 'version', version, text: `${word} ${next}` });
    return 2;
  }
  // In `GIT PULL for v6.2` it is a kernel.
  if (/^for$/i.test(word) && /^v?\d/i.test(next)) {
    tags.push({ kind: 'prefix', text: `for-${next}` });
    return 2;
  }
  readWord(word, tags);
  return 1;
}

const MOST_DENIED = 4;

/** `[no patch yet]`, `[not a patch]`, `[without patch]`: the words that say so; null for others. */
function readNoPatch(words: readonly string[]): readonly string[] | null {
  const said = /^(?:no|not an?|without an?|without) patch(?:es)?(?: yet)?(?= |$)/i.exec(words.join(' '));
  return said === null ? null : words.slice(0, said[0].split(' ').length);
}

function readPhrase(words: readonly string[], at: number): { kind: Tag['kind']; used: number } | null {
  const phrases = PHRASES.get((words[at] ?? '').toLowerCase()) ?? [];
  for (const [parts, kind] of phrases) {
    if (parts.every((part, index) => words[at + index]?.toLowerCase() === part))
      return { kind, used: parts.length };
  }
  return null;
}

function readWord(written: string, tags: Tag[]): void {
  let word = written;
  let glued = false;
  for (let head = takeHead(word); head !== null; head = takeHead(word)) {
    tags.push({ kind: head.kind } as Tag);
    word = head.rest;
    glued = true;
    if (word === '') return;
  }
  const counter = readCounter(word, glued) ?? readDashed(word, tags);
  if (counter !== null) {
    tags.push(...counter);
    return;
  }
  const version = readVersion(word);
  if (version !== null) {
    tags.push(version.tag);
    if (version.rest !== '') readWord(version.rest, tags);
    return;
  }
  const plain = trimColon(word).toLowerCase();
  if (WIP_WORDS.has(plain)) tags.push({ kind: 'wip' });
  else if (PUSHED_WORDS.has(plain)) tags.push({ kind: 'pushed' });
  // A lone number counts resends: `RESEND 2`.
  else if (/[\p{L}\p{N}]/u.test(word) && !/^\d{1,2}$/.test(word))
    tags.push({ kind: 'prefix', text: trimColon(word) });
}

function takeHead(written: string): { kind: Tag['kind']; rest: string } | null {
  const word = written.startsWith('-') ? written.slice(1) : written;
  if (!/^[pr]/i.test(word)) return null;
  const lower = word.toLowerCase();
  const head = HEADS.find(([text]) => lower.startsWith(text));
  if (head === undefined) return null;
  const rest = word.slice(head[0].length);
  if (rest === '') return { kind: head[1], rest };
  // `rfcomm` and `patchwork` are words of their own; `-v2`, `/for-next`, `v5` and `1/8` are glued tags.
  if (/^[-/_.:+#]/.test(rest)) return { kind: head[1], rest: rest.replace(/^[-/_.:+#]{1,3}/, '') };
  if (/^v\.?\d/i.test(rest) || /^\d/.test(rest)) return { kind: head[1], rest };
  return null;
}

/** A patch put in between: `1.5/5`, `02.5/10`, and by letter `3a/5`, which comes after 3 as 3.1. */
function readBetween(text: string): Tag | null {
  const match = /^(\d{1,4})(?:\.(\d)|([a-i]))\/(\d{1,4})$/i.exec(text);
  if (match === null) return null;
  const tenths = patchNumber(match[2]) ?? ' abcdefghi'.indexOf(match[3]?.toLowerCase() ?? '');
  const [index, total] = [patchNumber(match[1]), patchNumber(match[4])];
  if (index === null || total === null) return null;
  return { kind: 'counter', index: (index * 10 + tenths) / 10, total, inferred: false };
}

/** `3/8`, `1/n`, `1of3`, `3/4/5` (the last two count, as patchwork reads it), `1/3v2`, `1.5/3`. */
function readCounter(word: string, glued: boolean): Tag[] | null {
  const text = trimColon(word).replace(/^#/, '');
  const three = /^\d{1,4}\/(\d{1,4})\/(\d{1,4})$/.exec(text);
  if (three !== null) {
    return [{ kind: 'counter', index: patchNumber(three[1]), total: patchNumber(three[2]), inferred: true }];
  }
  const between = readBetween(text);
  if (between !== null) return [between];
  const two = /^(\d{1,4}|[nNxX]{1,2})(?:\/|-?of-?)(\d{1,4}|[nNxXmM?]{1,2})(?:[-_.]?v(\d{1,3}))?$/.exec(text);
  if (two === null) return null;
  const index = patchNumber(two[1]);
  const total = patchNumber(two[2]);
  if (index === null && total === null) return null;
  const counter: Tag = { kind: 'counter', index, total, inferred: glued };
  const version = versionNumber(two[3]);
  return version === null ? [counter] : [counter, { kind: 'version', version, text: `v${two[3]}` }];
}

/** `PATCH 1-3`: a dash for the slash. */
function readDashed(word: string, tags: readonly Tag[]): Tag[] | null {
  const dashed = /^(\d{1,3})-(\d{1,3})$/.exec(trimColon(word));
  const [index, total] = [patchNumber(dashed?.[1]), patchNumber(dashed?.[2])];
  if (index === null || total === null || index > total) return null;
  return tags.some(({ kind }) => kind === 'patch')
    ? [{ kind: 'counter', index, total, inferred: true }]
    : null;
}

/**
 * `v5`, `-v2`, `V3`, `r2`, `v5.1`, `v4a`, `v2bis`, `v2-net`, `v10.2.1`. `v6.20`, `v5.4.y`, `v6.9-rc1` and `v6.1-stable` name a kernel: no one
 * replaces one patch of a version ten times.
 */
function readVersion(word: string): { tag: Tag; rest: string } | null {
  const text = trimColon(word);
  const match =
    /^(?:#|-?(?:v\.?|ver\.?|rev\.?|take|try)#?)(\d{1,3})(\.\d)?([a-d]|-?bis)?(?![\d\p{L}]|\.(?!\p{L}{3}))/iu.exec(
      text,
    ) ??
    // Too short for a driver's name (`r8169`), and beyond any kernel's number.
    /^r(\d{1,2})$/i.exec(text) ??
    /^v((?:[89]|\d{2}))(\.\d)\.\d{1,2}$/i.exec(text);
  if (match === null) return null;
  if (match[2] !== undefined && /^[-_+]?(?:rc\d|next|stable|lts|y\b|v?\d)/i.test(text.slice(match[0].length)))
    return null;
  const rest = text.slice(match[0].length).replace(/^[-/_:+.]{1,3}/, '');
  const version = versionNumber(`${match[1]}${match[2] ?? ''}`);
  return version === null ? null : { tag: { kind: 'version', version, text }, rest };
}

function trimColon(word: string): string {
  return /[:.]$/.test(word) ? word.slice(0, -1) : word;
}
