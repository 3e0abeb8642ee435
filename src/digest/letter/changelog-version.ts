import type { ChangelogHeader, NamedVersion } from './changelog-header.js';
import type { ChangelogEntry } from './letter.js';
import { isBullet } from './page.js';

/** A heading and the lines below it that belong to it. */
export interface RawEntry {
  readonly header: ChangelogHeader;
  readonly at: number;
  /** Not included. */
  readonly end: number;
  readonly text: string;
}

interface Resolved {
  readonly entries: readonly ChangelogEntry[];
  readonly bodyVersion: number | null;
}

interface Draft {
  /** 0 if it can't be read. */
  readonly version: number;
  readonly since: number | null;
  readonly rfc: boolean;
  /** The version was stated, or follows from what was stated. */
  readonly explicit: boolean;
  readonly text: string;
}

/**
 * Gives each entry the version that it describes. `Changes since v7` is the next higher version that the changelog
 * knows, which for the newest entry is the letter's own; `Changes in v5` is 5; `v4 -> v5` is 5.
 */
export const resolveVersions = (raw: readonly RawEntry[], letterVersion: number): Resolved => {
  const used = raw.filter(
    ({ header, text }) =>
      text !== '' &&
      !(header.form === 'list' && !isOnlyEntry(raw, letterVersion)) &&
      !(isFirst(raw, header, letterVersion) && !text.split('\n').some(isBullet)),
  );
  const known = knownVersions(raw);
  const drafts = used.map((entry) => draft(entry, letterVersion, known));
  const entries = newestFirst(drafts, letterVersion).map(({ version, since, text }) => ({
    version: version > 0 ? version : null,
    since,
    text,
  }));
  return { entries, bodyVersion: claimedVersion(drafts, letterVersion) };
};

/** `Changelog:` over points that name no version is a changelog only where an earlier version must be. */
const isOnlyEntry = (raw: readonly RawEntry[], letterVersion: number): boolean =>
  raw.length === 1 && letterVersion > 1;

/** `v1: initial version`, alone, in the first version: what it is, not what changed. `Changes in v1`, or a list, may be those since an RFC. */
const isFirst = (
  raw: readonly RawEntry[],
  { version, since, strong }: ChangelogHeader,
  letterVersion: number,
) =>
  letterVersion === 1 &&
  !strong &&
  since === null &&
  version?.number === 1 &&
  !version.rfc &&
  raw.filter(({ header }) => header.form === 'entry').length === 1;

/** The versions that headings name, ascending; RFCs may have been counted apart. */
interface Known {
  readonly plain: readonly number[];
  readonly rfc: readonly number[];
}

const knownVersions = (raw: readonly RawEntry[]): Known => {
  const named = raw.flatMap(({ header }) => [header.version, header.since]);
  const numbers = (rfc: boolean) =>
    [...new Set(named.flatMap((one) => (one && one.rfc === rfc && one.number > 0 ? [one.number] : [])))].sort(
      (a, b) => a - b,
    );
  return { plain: numbers(false), rfc: numbers(true) };
};

const draft = ({ header, text }: RawEntry, letterVersion: number, known: Known): Draft => {
  const { version, since } = header;
  if (header.form === 'list')
    return { version: letterVersion === 2 ? 2 : 0, since: null, rfc: false, explicit: false, text };
  if (
    version !== null &&
    header.unsure &&
    version.number < letterVersion &&
    version.number === known.plain.at(-1)
  ) {
    // `Changes to v1` in a v2 letter compares with v1.
    return { version: letterVersion, since: version.number, rfc: version.rfc, explicit: true, text };
  }
  if (version !== null) {
    const number = version.number;
    const crossed = since?.rfc === true && !version.rfc && since.number >= number;
    return {
      version: number,
      since: since === null || since.number === 0 || crossed ? null : since.number,
      // `RFC v2 -> v3` in a v1 letter: the RFCs counted on.
      rfc: version.rfc || (since?.rfc === true && number > letterVersion),
      explicit: number > 0,
      text,
    };
  }
  if (since !== null) return sinceDraft(since, letterVersion, known, text);
  return { version: letterVersion > 1 ? letterVersion : 0, since: null, rfc: false, explicit: false, text };
};

/** `Changes since v7` describes the next version that the changelog knows, else the letter's own. */
const sinceDraft = (since: NamedVersion, letterVersion: number, known: Known, text: string): Draft => {
  const next = (since.rfc ? known.rfc : known.plain).find((one) => one > since.number);
  if (next !== undefined && since.number > 0) {
    return { version: next, since: since.number, rfc: since.rfc, explicit: true, text };
  }
  const version = since.rfc
    ? (known.plain[0] ?? letterVersion)
    : Math.max(letterVersion, letterVersion === 1 ? since.number + 1 : 0);
  // Numbering may begin over after the RFCs: `Changes since RFC v3` in a v1 letter.
  const sinceVersion = since.number > 0 && since.number < version ? since.number : null;
  return { version, since: sinceVersion, rfc: false, explicit: true, text };
};

/** Sorted by version; where one is unknown, in the letter's order, turned round if that ascends. */
const newestFirst = (drafts: readonly Draft[], letterVersion: number): Draft[] => {
  const numbers = drafts.map((one) => one.version);
  if (!numbers.includes(0)) {
    const anew = beganAnew(drafts, letterVersion);
    const rank = ({ version, rfc }: Draft) => (anew && !rfc ? version + 1_000 : version);
    return drafts.toSorted((a, b) => rank(b) - rank(a));
  }
  const known = numbers.filter((one) => one > 0);
  return (known[0] ?? 0) < (known.at(-1) ?? 0) ? drafts.toReversed() : [...drafts];
};

/** After RFC v1 and v2 came v1, and not v3: it is newer than they are. */
const beganAnew = (drafts: readonly Draft[], letterVersion: number): boolean => {
  const plain = new Set(drafts.filter((one) => !one.rfc).map((one) => one.version));
  return drafts.some((one) => one.rfc && (one.version > letterVersion || plain.has(one.version)));
};

/** The highest version that entries name; null if that is less than the subject says, or counts RFCs. */
const claimedVersion = (drafts: readonly Draft[], letterVersion: number): number | null => {
  let claimed = 0;
  for (const one of drafts)
    if (one.explicit && (!one.rfc || one.version <= letterVersion)) claimed = Math.max(claimed, one.version);
  return claimed >= letterVersion && claimed > 0 ? claimed : null;
};
