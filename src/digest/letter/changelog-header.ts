import { type Scan, scanTokens, type Token } from './changelog-tokens.js';

/** A version as a heading names it. */
export interface NamedVersion {
  readonly number: number;
  readonly rfc: boolean;
}

/** The first line of a changelog entry, or of a changelog as a whole. */
export interface ChangelogHeader {
  /**
   * `entry`: it names a version (or `the last version`). `list`: `Changelog:`, entries or points follow.
   */
  readonly form: 'entry' | 'list';
  /** A word (`Changes in`, `Since`) or an arrow made it a heading; a version alone might be anything. */
  readonly strong: boolean;
  readonly colon: boolean;
  /** `Changes in v5`: the version that the entry describes. */
  readonly version: NamedVersion | null;
  /** `Changes since v4`, `v4 -> v5`: the version that it is compared with. */
  readonly since: NamedVersion | null;
  /** `Changes to v4`: may mean either; `version` holds it. */
  readonly unsure: boolean;
  /** What follows on the same line. */
  readonly inline: string;
}

/** Only the beginning of a line can be a heading. */
const HEAD_LIMIT = 160;
const HINT = /v\.? ?\d|version|rfc|chan?ge?|chagn|histor|revision|differ|delta|diff |update|since|posting/i;

/** Reads a line as the heading of a changelog entry; null if it is none. The caller checks its position. */
export const parseChangelogHeader = (line: string): ChangelogHeader | null => {
  let text = line.length > HEAD_LIMIT ? line.slice(0, HEAD_LIMIT) : line;
  if (!HINT.test(text)) return null;
  // `v4…v5 https://…`: the link is what follows the heading.
  const link = text.search(/[ :]https?:\/\//);
  if (link > 0) text = text.slice(0, link + 1);
  const scan = scanTokens(text, skipDecoration(text));
  if (scan === null) return null;
  const rest = scan.rest < 0 ? (link > 0 ? link + 1 : -1) : scan.rest;
  return judge(scan, rest < 0 ? '' : line.slice(rest).trim());
};

/** `- v2:`, `4. Changes …`, `## Changelog`, `[v2]`, `<v3>`, `=== v3 ===`. */
const skipDecoration = (text: string): number => {
  const match = /^[\s\-*+#=~•.]*(?:o\s+|\d{1,2}[.)]\s+)?(?:<(?=v\d{1,3}>)|[*_[{"(]{0,3})/.exec(text);
  return match?.[0].length ?? 0;
};

const judge = (scan: Scan, inline: string): ChangelogHeader | null => {
  const versions = scan.tokens.filter((token) => token.kind === 'version');
  const colon = scan.tokens.at(-1)?.kind === 'colon';
  if (versions.length === 0) return judgeNameless(scan, inline, colon);
  const first = scan.tokens.findIndex((token) => token.kind === 'version');
  const before = scan.tokens.slice(0, first);
  const keyed = scan.tokens.some((token) => token.kind === 'key');
  // `Changes since v1, as Jane proposed:` may say what it likes, as long as it ends there.
  const spare = keyed && before.length > 0 && colon && inline === '' ? 6 : 0;
  if (scan.unknown > spare) return null;
  const base = { form: 'entry' as const, colon, inline, unsure: false };
  const named =
    versions.length > 1 ? twoVersions(scan.tokens, before) : oneVersion(before, versions[0], keyed);
  return named === null ? null : { ...base, ...named };
};

type Named = Pick<ChangelogHeader, 'version' | 'since' | 'strong'> & { readonly unsure?: boolean };

const SINCE = new Set([
  'since',
  'sice',
  'from',
  'against',
  'vs',
  'after',
  'over',
  'compared',
  'relative',
  'wrt',
  'respect',
  'between',
  '自',
  '从',
]);

/** `A -> B`, `from A to B`, `in B since A`, `from A and B`. */
const twoVersions = (tokens: readonly Token[], before: readonly Token[]): Named | null => {
  const at = tokens.flatMap((token, index) => (token.kind === 'version' ? [index] : []));
  const [i = 0, j = 0] = at.slice(-2);
  const older = named(tokens[i]);
  const newer = named(tokens[j]);
  if (older === null || newer === null) return null;
  const between = tokens.slice(i + 1, j);
  const preps = between.flatMap((token) => (token.kind === 'prep' ? [token.word] : []));
  const joined = between.some((token) => token.kind === 'arrow' || token.kind === 'dash');
  if (!joined && preps.length === 0) {
    const since = before.some((token) => token.kind === 'prep' && SINCE.has(token.word));
    return since ? { version: null, since: newer, strong: true } : null;
  }
  if (preps.some((word) => SINCE.has(word))) return { version: older, since: newer, strong: true };
  // `from v10 to v9` was meant the other way round.
  const swapped = older.number > newer.number && !older.rfc && !newer.rfc;
  return swapped
    ? { version: older, since: newer, strong: true }
    : { version: newer, since: older, strong: true };
};

const oneVersion = (before: readonly Token[], token: Token | undefined, keyed: boolean): Named | null => {
  const version = named(token);
  if (version === null) return null;
  const preps = before.flatMap((one) => (one.kind === 'prep' ? [one.word] : []));
  if (preps.some((word) => SINCE.has(word))) return { version: null, since: version, strong: true };
  if (before.length === 0) return { version, since: null, strong: keyed };
  const keyBefore = before.some((one) => one.kind === 'key');
  if (preps.length === 0) return keyBefore ? { version, since: null, strong: true } : null;
  if (!keyBefore)
    return preps.length === 1 && preps[0] === 'in' && before.length === 1
      ? { version, since: null, strong: false }
      : null;
  // `- Update to v6`
  if (preps.at(-1) === 'to' && before.some((one) => one.kind === 'key' && one.word.startsWith('update')))
    return null;
  const unsure = preps.at(-1) === 'to' || preps.at(-1) === 'of' || preps.at(-1) === 'with';
  return { version, since: null, strong: true, unsure };
};

const named = (token: Token | undefined): NamedVersion | null =>
  token?.kind === 'version' ? { number: token.number, rfc: token.rfc } : null;

const LIST_KEYS =
  /^(?:changes|cha?n?ge?log|changelogs|changlog|chagelog|change-log|history|histories|revisions|updates)$/;

/** The version of the letter itself. */
const THIS_VERSION = new Set(['version', 'revision', 'iteration', 'round', 'submission', 'posting']);

/** `Changes in this version:`; not `Changes in this series`, which tells what it does. */
const isOfThis = (words: readonly { readonly kind: string; readonly word: string }[]): boolean => {
  const at = words.findIndex(({ word }) => word === 'this');
  const preps = words.filter(({ kind }) => kind === 'prep');
  return (
    at > 0 &&
    at === words.length - 2 &&
    preps.length === 1 &&
    preps[0]?.word === 'in' &&
    THIS_VERSION.has(words[at + 1]?.word ?? '')
  );
};

/** `Changelog:`, `Change log`, `Revision history:`; `Changes since the last version:`, `Changes in this version:`. */
const judgeNameless = (scan: Scan, inline: string, colon: boolean): ChangelogHeader | null => {
  const { tokens, unknown } = scan;
  const base = { strong: true, colon, version: null, since: null, unsure: false, inline };
  const words = tokens.flatMap((token) => ('word' in token ? [token] : []));
  const keyed = words.some((token) => token.kind === 'key');
  if (!keyed || unknown > 0) return null;
  const since = words.some((token) => token.kind === 'prep' && SINCE.has(token.word));
  if (since) return words.some((token) => token.kind === 'relative') ? { ...base, form: 'entry' } : null;
  if (isOfThis(words)) return inline === '' ? { ...base, form: 'entry' } : null;
  if (words.some((token) => token.kind === 'prep' || token.kind === 'relative') || words.length > 3)
    return null;
  const log =
    words.some((token) => LIST_KEYS.test(token.word)) || words.some((token) => token.word === 'log');
  return log ? { ...base, form: 'list' } : null;
};
