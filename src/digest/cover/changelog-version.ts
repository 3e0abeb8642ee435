import type { RawEntry } from './changelog.js';
import type { ChangelogEntry } from './types.js';

interface Resolved {
  readonly entries: readonly ChangelogEntry[];
  readonly bodyVersion: number | null;
}

interface Draft {
  /** 0 where it can't be told. */
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
  const entries = newestFirst(drafts).map(({ version, since, text }) => ({
    version: version > 0 ? version : null,
    since,
    text,
  }));
  return { entries, bodyVersion: claimedVersion(drafts, said) };
};

/** `Changelog:` over points that name no version tells what changed only where an earlier version must be. */
const standsAlone = (raw: readonly RawEntry[], said: number): boolean => raw.length === 1 && said > 1;

const knownVersions = (raw: readonly RawEntry[]): number[] => {
  const known = new Set<number>();
  for (const { header } of raw) {
    for (const one of [header.version, header.since]) if (one && one.number > 0) known.add(one.number);
  }
  return [...known].sort((a, b) => a - b);
};

const draft = ({ header, text }: RawEntry, said: number, known: readonly number[]): Draft => {
  const { version, since } = header;
  if (header.form === 'list')
    return { version: said === 2 ? 2 : 0, since: null, rfc: false, explicit: false, text };
  if (version !== null && header.unsure && version.number < said && version.number === known.at(-1)) {
    // `Changes to v1` in a v2 letter compares with v1.
    return { version: said, since: version.number, rfc: version.rfc, explicit: true, text };
  }
  if (version !== null) {
    const number = version.number;
    const crossed = since?.rfc === true && !version.rfc && since.number >= number;
    return {
      version: number,
      since: since === null || since.number === 0 || crossed ? null : since.number,
      rfc: version.rfc,
      explicit: number > 0,
      text,
    };
  }
  if (since !== null) return sinceDraft(since, said, known, text);
  return { version: said > 1 ? said : 0, since: null, rfc: false, explicit: false, text };
};

const sinceDraft = (
  since: { number: number; rfc: boolean },
  said: number,
  known: readonly number[],
  text: string,
): Draft => {
  const next = known.find((one) => one > since.number);
  const base = { rfc: since.rfc, explicit: true, text };
  if (since.number === 0)
    return { ...base, version: next === undefined || said < next ? said : next, since: null };
  if (next !== undefined) return { ...base, version: next, since: since.number };
  if (said > since.number) return { ...base, version: said, since: since.number };
  // The numbering began anew after the RFCs: `Changes since RFC v3` in a v1 letter.
  if (since.rfc) return { ...base, version: said, since: null };
  // The subject has no version, the letter says `Changes since v1`: this is v2.
  if (said === 1) return { ...base, version: since.number + 1, since: since.number };
  return { ...base, version: said, since: null };
};

/** Sorted by version; numbering that begins anew after RFCs keeps the letter's order, turned round where it ascends. */
const newestFirst = (drafts: readonly Draft[]): Draft[] => {
  const numbers = drafts.map((one) => one.version);
  const mixed = drafts.some((one) => one.rfc) || numbers.includes(0);
  if (!mixed) return drafts.toSorted((a, b) => b.version - a.version);
  let rises = 0;
  for (let at = 1; at < numbers.length; at += 1)
    rises += Math.sign((numbers[at] ?? 0) - (numbers[at - 1] ?? 0));
  return rises > 0 ? drafts.toReversed() : [...drafts];
};

/** The highest version that entries name; null where that is less than the subject says, or counts RFCs. */
const claimedVersion = (drafts: readonly Draft[], said: number): number | null => {
  let claimed = 0;
  for (const one of drafts)
    if (one.explicit && (!one.rfc || one.version <= said)) claimed = Math.max(claimed, one.version);
  return claimed >= said && claimed > 0 ? claimed : null;
};
