/** What a tag may count as for the patches it is given to. */
export type Verdict = 'review' | 'ack' | 'test' | 'nack';

/** A kind of trailer: all that covernote knows of it. A new kind is one row here. */
interface TrailerKind {
  /** As git would capitalize it. */
  readonly kind: string;
  readonly countsAs?: Verdict;
  /** What a card says the person did. */
  readonly verb?: string;
  /** Its value is a link, a commit or a Message-ID rather than a person. */
  readonly reference?: true;
  /** Other spellings, lower case: slips of the fingers, and words that say the same. */
  readonly also?: readonly string[];
}

/** Kinds ending in `-by` that are not listed are read too, and count as nothing: `Suggested-by`, `Reported-by` … */
const TRAILER_KINDS: readonly TrailerKind[] = [
  {
    kind: 'Reviewed-by',
    countsAs: 'review',
    verb: 'reviewed',
    also: ['reviwed-by', 'reveiwed-by', 'reviewd-by', 'reviewed-off-by', 'review-by'],
  },
  { kind: 'Acked-by', countsAs: 'ack', verb: 'acked', also: ['ack-by', 'akced-by'] },
  { kind: 'Approved-by', countsAs: 'ack', verb: 'approved' },
  { kind: 'Tested-by', countsAs: 'test', verb: 'tested', also: ['test-by'] },
  {
    kind: 'Nacked-by',
    countsAs: 'nack',
    verb: 'rejected',
    also: ['nack-by', 'nak-by', 'naked-by', 'naked-off-by', 'rejected-by'],
  },
  { kind: 'Signed-off-by', also: ['singed-off-by', 'sign-off-by'] },
  { kind: 'Cc' },
  { kind: 'To' },
  { kind: 'Link', reference: true },
  { kind: 'Closes', reference: true },
  { kind: 'Fixes', reference: true },
  { kind: 'BugLink', reference: true },
  { kind: 'Bugzilla', reference: true },
  { kind: 'Message-ID', reference: true },
  { kind: 'References', reference: true },
  { kind: 'Supersedes', reference: true },
  { kind: 'Obsoletes', reference: true },
  { kind: 'Obsoleted-by', reference: true },
  { kind: 'Based-on', reference: true },
  { kind: 'Depends-on', reference: true },
  { kind: 'Resolves', reference: true },
  { kind: 'See-also', reference: true },
  { kind: 'Cherry-picked-from', reference: true },
  { kind: 'Stable-dep-of', reference: true },
];

const BY_WORD = new Map(
  TRAILER_KINDS.flatMap((row) => [row.kind.toLowerCase(), ...(row.also ?? [])].map((word) => [word, row])),
);

/** Words before a colon in letters that are no trailer: other headers, contact lines, git's and b4's own. */
const NEVER = new Set([
  'author',
  'base-commit',
  'base-tree',
  'change-id',
  'date',
  'e-mail',
  'email',
  'from',
  'mail',
  'phone',
  'prerequisite-change-id',
  'prerequisite-message-id',
  'prerequisite-patch-id',
  'reply-to',
  'sent',
  'subject',
  'subscribe',
  'unsubscribe',
]);

/** Headers of the mail that a reply answers, often left above its text. */
const NEVER_IN_REPLIES = new Set(['cc', 'bcc', 'to', 'message-id', 'in-reply-to', 'references']);

const LONGEST_KIND = 40;

/** `Acked By:`, `Signed off by:`: written with blanks, by the commonest alone, for prose has such words too. */
const SPACED =
  /^(?:acked|reviewed|tested|reported|suggested|signed[ -]off)(?:[ -](?:and|&)[ -](?:acked|reviewed|tested|reported))?[ _-]by$/i;

/** The trailer's name as git would capitalize it (`reviewed-By` is `Reviewed-by`); null if the word is none. */
export function readKind(written: string, place: 'letter' | 'reply'): string | null {
  const spaced =
    written.length <= LONGEST_KIND && SPACED.test(written) ? written.replace(/[ _]/g, '-') : written;
  // `Reviewed-by/Tested-by: Name <address>`
  const pair = /^([a-z]{3,12}-by)\/([a-z]{3,12}-by)$/i.exec(spaced);
  const isPair =
    pair?.slice(1).every((one) => BY_WORD.get(one.toLowerCase())?.countsAs !== undefined) === true;
  const word = isPair ? `${pair?.[1]?.slice(0, -'-by'.length)}-and-${pair?.[2]}` : spaced;
  if (word.length < 2 || word.length > LONGEST_KIND || !/^[A-Za-z][A-Za-z&-]*$/.test(word)) return null;
  const lower = word.toLowerCase().replaceAll('-&-', '-and-');
  if (NEVER.has(lower) || (place === 'reply' && NEVER_IN_REPLIES.has(lower))) return null;
  const known = BY_WORD.get(lower);
  if (known !== undefined) return known.kind;
  if (!lower.endsWith('-by') || lower.includes('&')) return null;
  return misspelled(lower.slice(0, -'-by'.length)) ?? capitalise(lower);
}

/** Tags that are written most and thus misspelled most. */
const OFTEN: readonly (readonly [string, string])[] = [
  ['reviewed', 'Reviewed-by'],
  ['acked', 'Acked-by'],
  ['tested', 'Tested-by'],
  ['signed-off', 'Signed-off-by'],
];
/** As near to one of them, and words of their own. */
const WORDS = new Set([
  'reviewer',
  'asked',
  'acted',
  'aced',
  'tester',
  'texted',
  'tasted',
  'tended',
  'tented',
  'ached',
  'reviewee',
]);

/** `Revewed-by`, `Tetsed-by`: one letter missing, doubled, wrong or in another's place, but not the first. */
function misspelled(word: string): string | null {
  if (WORDS.has(word)) return null;
  return OFTEN.find(([right]) => right[0] === word[0] && isOneSlip(word, right))?.[1] ?? null;
}

function isOneSlip(written: string, right: string): boolean {
  let at = 0;
  while (at < right.length && written[at] === right[at]) at += 1;
  const [rest, due] = [written.slice(at), right.slice(at)];
  return (
    rest.slice(1) === due.slice(1) ||
    rest.slice(1) === due ||
    rest === due.slice(1) ||
    (rest[0] === due[1] && rest[1] === due[0] && rest.slice(2) === due.slice(2))
  );
}

/** Whether the value points somewhere instead of naming a person. */
export function isReference(kind: string): boolean {
  return BY_WORD.get(kind.toLowerCase())?.reference === true;
}

/** How little or how much was looked at changes nothing about what the tag counts as: `Build-tested-by`, `Series-reviewed-by`. */
const EXTENTS = new Set(['boot', 'build', 'compile', 'runtime', 'series', 'smoke']);

/** The rows that a kind combines: one for `Acked-by` and `Acked-for-MFD-by`, two for `Reviewed-and-tested-by` in any order. */
function rowsOf(kind: string): readonly TrailerKind[] {
  const lower = kind.toLowerCase();
  const whole = BY_WORD.get(lower);
  if (whole !== undefined) return [whole];
  if (lower.length > LONGEST_KIND || !lower.endsWith('-by')) return [];
  return lower
    .slice(0, -'-by'.length)
    .split('-and-')
    .flatMap((part) => {
      const [deed = ''] = part.split('-for-');
      const [extent = '', ...rest] = deed.split('-');
      return BY_WORD.get(`${EXTENTS.has(extent) ? rest.join('-') : deed}-by`) ?? [];
    });
}

/** What a trailer counts as, each once; empty for what is not a review: `Signed-off-by`, `Suggested-by`. */
export function verdictsOf(kind: string): readonly Verdict[] {
  const found: Verdict[] = [];
  for (const { countsAs } of rowsOf(kind))
    if (countsAs !== undefined && !found.includes(countsAs)) found.push(countsAs);
  return found;
}

/** Whether a person judges a patch by it. */
export function isReviewKind(kind: string): boolean {
  return verdictsOf(kind).length > 0;
}

/** What a person did who gave the tag, in words: `reviewed and tested`; null for what is not a review. */
export function deedOf(kind: string): string | null {
  const verbs = rowsOf(kind).flatMap(({ countsAs, verb }) => (countsAs === undefined ? [] : (verb ?? [])));
  return verbs.length === 0 ? null : verbs.join(' and ');
}

function capitalise(lower: string): string {
  // One spelling a kind: `Acked-for-MFD-by` is `Acked-for-mfd-by` however it was written.
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}
