import { versionNumber } from '../text/bounded-number.js';

/** An earlier version as a few words name it: `v3`, `RFC v2`, `the previous version`. */
export interface Mention {
  /** null for `RFC` and `the previous version`. */
  readonly version: number | null;
  readonly rfc: boolean;
  /** The words hold nothing but the version: `v3:`, `- Link to v3:`, `[RFC v2]`. */
  readonly plain: boolean;
}

/** Words between a version and the link to it, which do not make it someone else's or something else. */
const BETWEEN = new Set(
  `a all also an and archive archives are at available be been below can changelog changes conversation could cover discussed discussion discussions
  email emails find follow following for found from-v here history id in is it's its latter letter lived link links list lists located look lore
  mail mailing may message message-id of on one original patch patches patchset patchseries please post posted posting postings posts proposal public
  reference read rfc s see seen sent series set sets submission submitted the there this thread threads to under up url v version versions via
  viewed was were where which with work`.split(/\s+/),
);

/** Words that make the link one to something else than an older posting of this letter. */
const ELSEWHERE =
  /\b(?:qemu|libvirt|user-?space|user space|liburing|kvm-unit-tests?|kvmtool|fio|xfstests|blktests|man-?pages?|depend\w*|prerequisite\w*|requires?|bases? on|based (?:up)?on|on top of|spec|specification|git|branch|repo|repository|tree|slides?|follow-?up|inspired|bases? upon|built on|comments?|feedback|suggest\w*|report\w*|reply)\b/;

const VERSION =
  /(rfc[ -]?)?(?:patch(?:set)?[ -]?)?(?<![\w.-])(?:rfc)?v(?:ersion)?\.? ?(\d{1,3})(?:\.\d)?(?!\w|\.\d|-rc)(?:[ -]rfc\b)?/g;
const RELATIVE =
  /\b(previous|last|prior|earlier|original|first|initial|second|third|old|older)(?:ly)? (?:\w+ )?(?:versions?|postings?|posts?|series|revisions?|patch-?sets?|patch sets?|patch|rfcs?|submissions?|rounds?|iterations?)\b/g;
const ALONE =
  /^\W*(?:links?(?: to)? )?(previous(?:ly)?)\b|\brfc\W*$|^\W*rfc\b|\b(?:following|the|this|my|our|initial) rfc\b/g;
/** `This series replaces …`: what it replaces is an earlier version, if it is a mail and not a lock or a function. */
const REPLACED =
  /\b(?:this|it)(?: (?:patch|series|set|patch-?set|patch series|version|posting|one))?(?: is)?(?: (?:intended|meant|supposed) to)? (?:(?:super[sc]ee?d|replac|obsolet)es?|an? (?:replacement|successor) (?:for|of|to))(?: my| our| an?)?(?![\w-])/g;

/** The version that the words just before a link name; null if they name none, or another work's. */
export const mentionIn = (before: string): Mention | null => {
  const text = before.slice(-240).toLowerCase();
  const found = lastMatch(text);
  if (found === null) return null;
  const gap = text.slice(found.end).match(/[a-z][a-z'-]*/g) ?? [];
  if (gap.length > 10 || gap.some((word) => !BETWEEN.has(word))) return null;
  const lead = text.slice(0, found.start);
  if (/[\w]['’]s? (?:\w+ ){0,2}$/.test(lead.slice(-40))) return null;
  const plain =
    /^\W*(?:\d{1,2}[.)] )?(?:links?(?: to)? )?(?:the )?(?:rfc |patch )?\W*$/.test(lead) && gap.length <= 3;
  if (!plain && ELSEWHERE.test(text)) return null;
  return { version: found.version, rfc: found.rfc, plain };
};

interface Match {
  readonly start: number;
  readonly end: number;
  readonly version: number | null;
  readonly rfc: boolean;
}

const lastMatch = (text: string): Match | null => {
  let last: Match | null = null;
  const consider = (match: RegExpMatchArray, version: number | null, rfc: boolean) => {
    const start = match.index ?? 0;
    const end = start + match[0].length;
    if (last === null || end > last.end) last = { start, end, version, rfc };
  };
  for (const match of text.matchAll(ALONE)) consider(match, null, match[1] === undefined);
  for (const match of text.matchAll(REPLACED)) consider(match, null, false);
  for (const match of text.matchAll(RELATIVE))
    consider(match, ORDINALS[match[1] ?? ''] ?? null, match[0].includes('rfc'));
  for (const match of text.matchAll(VERSION))
    consider(match, versionNumber(match[2]), match[0].includes('rfc'));
  return last;
};

const ORDINALS: Record<string, number> = { first: 1, initial: 1, original: 1, second: 2, third: 3 };

/** A version that is behind its link: `[1] https://… (v3)`. */
export const mentionAfter = (after: string): Mention | null => {
  const match = /^[\s()[\]#,:-]*(rfc ?)?v(\d{1,3})[\s)\].,]*$/i.exec(after.slice(0, 40));
  if (match === null) return null;
  return { version: versionNumber(match[2]), rfc: match[1] !== undefined, plain: true };
};
