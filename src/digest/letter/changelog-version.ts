import type { ChangelogHeader, NamedVersion } from './changelog-header.js';
import type { ChangelogEntry } from './letter.js';

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
  /** The version was said, or follows from what was said. */
  readonly explicit: boolean;
  readonly text: string;
}

/**
 * Gives each entry the version that it describes. `Changes since v7` is the next higher version that the changelog
 * knows, which for the newest entry is the letter's own; `Changes in v5` is 5; `v4 -> v5` is 5.
 */
export const resolveVersions = (raw: readonly RawEntry[], said: number): Resolved => {
  const told = raw.filter(
    ({ header, text }) => text !== '' && !(header.form === 'list' && !standsAlone(raw, said)),
  );
  const known = knownVersions(raw);
  const drafts = told.map((entry) => draft(entry, said, known));
  const entries = newestFirst(drafts, said).map(({ version, since, text }) => ({
    version: version > 0 ? version : null,
    since,
    text,
  }));
  return { entries, bodyVersion: claimedVersion(drafts, said) };
};

/** `Changelog:` over points that name no version tells what changed only where an earlier version must be. */
const standsAlone = (raw: readonly RawEntry[], said: number): boolean => raw.length === 1 && said > 1;

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

const draft = ({ header, text }: RawEntry, said: number, known: Known): Draft => {
  const { version, since } = header;
  if (header.form === 'list')
    return { version: said === 2 ? 2 : 0, since: null, rfc: false, explicit: false, text };
  if (version !== null && header.unsure && version.number < said && version.number === known.plain.at(-1)) {
    // `Changes to v1` in a v2 letter compares with v1.
    return { version: said, since: version.number, rfc: version.rfc, explicit: true, text };
  }
  if (version !== null) {
    const number = version.number;
    const crossed = since?.rfc === true && !version.rfc && since.number >= number;
    return {
      version: number,
      since: since === null || since.number === 0 || crossed ? null : since.number,
      // `RFC v2 -> v3` in a v1 letter: the RFCs counted on.
      rfc: version.rfc || (since?.rfc === true && number > said),
      explicit: number > 0,
      text,
    };
  }
  if (since !== null) return sinceDraft(since, said, known, text);
  return { version: said > 1 ? said : 0, since: null, rfc: false, explicit: false, text };
};

/** `Changes since v7` describes the next version that the changelog knows, else the letter's own. */
const sinceDraft = (since: NamedVersion, said: number, known: Known, text: string): Draft => {
  const next = (since.rfc ? known.rfc : known.plain).find((one) => one > since.number);
  if (next !== undefined && since.number > 0) {
    return { version: next, since: since.number, rfc: since.rfc, explicit: true, text };
  }
  const version = since.rfc ? (known.plain[0] ?? said) : Math.max(said, said === 1 ? since.number + 1 : 0);
  // Numbering may begin over after the RFCs: `Changes since RFC v3` in a v1 letter.
  const told = since.number > 0 && since.number < version ? since.number : null;
  return { version, since: told, rfc: false, explicit: true, text };
};

/** Sorted by version; where one is unknown, in the letter's order, turned round if that ascends. */
const newestFirst = (drafts: readonly Draft[], said: number): Draft[] => {
  const numbers = drafts.map((one) => one.version);
  if (!numbers.includes(0)) {
    const anew = beganAnew(drafts, said);
    const rank = ({ version, rfc }: Draft) => (anew && !rfc ? version + 1_000 : version);
    return drafts.toSorted((a, b) => rank(b) - rank(a));
  }
  const known = numbers.filter((one) => one > 0);
  return (known[0] ?? 0) < (known.at(-1) ?? 0) ? drafts.toReversed() : [...drafts];
};

/** After RFC v1 and v2 came v1, and not v3: it is newer than they are. */
const beganAnew = (drafts: readonly Draft[], said: number): boolean => {
  const plain = new Set(drafts.filter((one) => !one.rfc).map((one) => one.version));
  return drafts.some((one) => one.rfc && (one.version > said || plain.has(one.version)));
};

/** The highest version that entries name; null if that is less than the subject says, or counts RFCs. */
const claimedVersion = (drafts: readonly Draft[], said: number): number | null => {
  let claimed = 0;
  for (const one of drafts)
    if (one.explicit && (!one.rfc || one.version <= said)) claimed = Math.max(claimed, one.version);
  return claimed >= said && claimed > 0 ? claimed : null;
};
