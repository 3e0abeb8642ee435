/** Words that stand before a colon in letters and are no trailer: other headers, contact lines, git's and b4's own. */
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

/** Headers of the mail that a reply answers, often left standing above its text. */
const NEVER_IN_REPLIES = new Set(['cc', 'bcc', 'to', 'message-id', 'in-reply-to', 'references']);

/** Trailers that are not spelled `…-by`, as git and the kernel write them. */
const KNOWN = new Map(
  [
    'Cc',
    'To',
    'Link',
    'Closes',
    'Fixes',
    'BugLink',
    'Bugzilla',
    'Message-ID',
    'References',
    'Supersedes',
    'Obsoletes',
    'Based-on',
    'Depends-on',
    'Resolves',
    'See-also',
    'Cherry-picked-from',
    'Stable-dep-of',
  ].map((kind) => [kind.toLowerCase(), kind]),
);

/** Trailers whose value is a link, a commit or a Message-ID rather than a person. */
const REFERENCES = new Set([
  'link',
  'closes',
  'fixes',
  'buglink',
  'bugzilla',
  'message-id',
  'references',
  'supersedes',
  'obsoletes',
  'obsoleted-by',
  'based-on',
  'depends-on',
  'resolves',
  'see-also',
  'cherry-picked-from',
  'stable-dep-of',
]);

const LONGEST_KIND = 40;

/** `Acked By:`, `Signed off by:`: written with blanks, by the commonest alone, for prose has such words too. */
const SPACED =
  /^(?:acked|reviewed|tested|reported|suggested|signed[ -]off)(?:[ -](?:and|&)[ -](?:acked|reviewed|tested|reported))?[ _-]by$/i;

/** Common slips of the fingers. */
const MISSPELLED = new Map([
  ['reviwed-by', 'reviewed-by'],
  ['reveiwed-by', 'reviewed-by'],
  ['reviewd-by', 'reviewed-by'],
  ['reviewed-off-by', 'reviewed-by'],
  ['review-by', 'reviewed-by'],
  ['ack-by', 'acked-by'],
  ['akced-by', 'acked-by'],
  ['singed-off-by', 'signed-off-by'],
  ['sign-off-by', 'signed-off-by'],
]);

/** The trailer's name as git would capitalise it (`reviewed-By` is `Reviewed-by`); null where the word is none. */
export function readKind(written: string, place: 'letter' | 'reply'): string | null {
  const word =
    written.length <= LONGEST_KIND && SPACED.test(written)
      ? written.replace(/[ _]/g, '-').replace('-&-', '-and-')
      : written;
  if (word.length < 2 || word.length > LONGEST_KIND || !/^[A-Za-z][A-Za-z-]*$/.test(word)) return null;
  const lower = word.toLowerCase();
  if (NEVER.has(lower) || (place === 'reply' && NEVER_IN_REPLIES.has(lower))) return null;
  const known = KNOWN.get(lower);
  if (known !== undefined) return known;
  if (!lower.endsWith('-by')) return null;
  return capitalise(NACKS.has(lower) ? 'nacked-by' : (MISSPELLED.get(lower) ?? lower));
}

const NACKS = new Set(['nacked-by', 'nack-by', 'nak-by', 'naked-by', 'naked-off-by', 'rejected-by']);

/** Whether the value points somewhere instead of naming a person. */
export function isReference(kind: string): boolean {
  return REFERENCES.has(kind.toLowerCase());
}

function capitalise(lower: string): string {
  // `Acked-for-MFD-by` keeps what its writer capitalised in the middle nowhere: one spelling a kind.
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}
