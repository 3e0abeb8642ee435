/**
 * The words of a line that may be a changelog's heading, as kinds; `Changes from RFC v2 to v3:` is key, prep, version,
 * prep, version, colon.
 */
export type Token =
  | { readonly kind: 'version'; readonly number: number; readonly rfc: boolean }
  | { readonly kind: 'relative' | 'key' | 'prep' | 'and' | 'filler'; readonly word: string }
  | { readonly kind: 'arrow' | 'colon' | 'dash' | 'aside' };

export interface Scan {
  readonly tokens: readonly Token[];
  /** Where in the line the first colon's rest begins; -1 where there is none. */
  readonly rest: number;
  /** The words that no rule knows, up to the colon or the end. */
  readonly unknown: number;
}

const VERSION =
  /(rfc[ -]?)?(?:patch(?:set)?[ -]?|series[ -])?(?:v(?:er(?:sion)?s?)?\.? ?|rev(?:ision)? ?)(\d{1,3}(?:\.\d)?)(?!\w|\.\d|-rc)(?:[ -]?(?:rfc)\b)?/iy;
const BARE_NUMBER = /(\d{1,3})(?![\w.])/y;
const ARROW = /(?:[-=–—~]{1,3}\s?>+|→|⇒|…|>+|\.{2,3}|--+|–|—|~)/y;
const WORD = /\p{L}+(?:['’-]\p{L}+)*/uy;
const SPACE = /\s+/y;
const ASIDE_CLOSE: Record<string, string> = { '(': ')', '[': ']', '{': '}', '<': '>' };

const KEYS = new Set(
  'change changes changed chages chanages chagnes chnages changelog changelogs changlog chagelog change-log history histories difference differences diff delta deltas update updates updated modification modifications revision revisions new fixes improvements'.split(
    ' ',
  ),
);
const PREPS = new Set(
  'since sice from in for to of with against vs after over between at on compared relative wrt respect'.split(
    ' ',
  ),
);
const RELATIVES = new Set(
  'last previous prior first second third fourth original initial earlier before'.split(' '),
);
const FILLERS = new Set(
  'the main major minor notable significant key summary list all some other are is were important functional general more few a small big what s here this these patch patches patchset patch-set series set posting posted submission round iteration version versions log changelog review reviews comments rfc as follows following include includes including version-history were was made have has been been: only short brief tl per full code design my our top-level high-level resend repost'.split(
    ' ',
  ),
);

/** Reads tokens from `start` up to the first colon, or to the end; null where too much of it is no heading's word. */
export const scanTokens = (text: string, start: number): Scan | null => {
  const tokens: Token[] = [];
  let unknown = 0;
  let at = start;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match !== null) at = pattern.lastIndex;
    return match;
  };
  while (at < text.length && tokens.length < 24) {
    if (take(SPACE)) continue;
    const version = take(VERSION);
    if (version) {
      tokens.push({ kind: 'version', number: Number(version[2]), rfc: /rfc/i.test(version[0]) });
      continue;
    }
    const char = text[at] ?? '';
    if (char === ':' || char === ';' || char === '：')
      return { tokens: [...tokens, { kind: 'colon' }], rest: at + 1, unknown };
    const close = ASIDE_CLOSE[char];
    if (close !== undefined) {
      const end = text.indexOf(close, at);
      if (end < 0)
        return tokens.length > 0 ? { tokens: [...tokens, { kind: 'aside' }], rest: at, unknown } : null;
      tokens.push({ kind: 'aside' });
      at = end + 1;
      continue;
    }
    if (take(ARROW)) {
      tokens.push({ kind: 'arrow' });
      continue;
    }
    const last = tokens.at(-1)?.kind;
    if ((last === 'arrow' || last === 'dash') && hasVersion(tokens)) {
      const bare = take(BARE_NUMBER);
      if (bare) {
        tokens.push({ kind: 'version', number: Number(bare[1]), rfc: false });
        continue;
      }
    }
    const word = take(WORD);
    if (word) {
      const lower = word[0].toLowerCase();
      const kind = wordKind(lower);
      // `v1->v2 what changed`, without a colon.
      if (
        kind === null &&
        unknown === 0 &&
        tokens.map((one) => one.kind).join() === 'version,arrow,version'
      ) {
        return { tokens, rest: at - lower.length, unknown };
      }
      if (kind === null) unknown += 1;
      else if (kind === 'rfc') tokens.push({ kind: 'version', number: 0, rfc: true });
      else tokens.push({ kind, word: lower });
      if (unknown > 8) return null;
      continue;
    }
    if (char === '-' && last === 'version') {
      at += 1;
      tokens.push({ kind: 'dash' });
      // `v2 - text on the line`
      if (!/^\s*(?:rfc|patch|v)?\s*v?\d/i.test(text.slice(at, at + 12))) return { tokens, rest: at, unknown };
      continue;
    }
    if (']})*_="\'.,&#/-'.includes(char)) {
      at += 1;
      // `[v2] text on the line`, `**v2** text`
      if (char === ']' && tokens.length === 1 && tokens[0]?.kind === 'version' && text[at] !== ':') {
        return { tokens: [...tokens, { kind: 'aside' }], rest: at, unknown };
      }
      continue;
    }
    unknown += 1;
    at += 1;
    if (unknown > 8) return null;
  }
  return { tokens, rest: -1, unknown };
};

const hasVersion = (tokens: readonly Token[]): boolean => tokens.some((token) => token.kind === 'version');

const wordKind = (word: string): 'key' | 'prep' | 'relative' | 'filler' | 'and' | 'rfc' | null => {
  if (word === 'rfc') return 'rfc';
  if (KEYS.has(word)) return 'key';
  if (PREPS.has(word)) return 'prep';
  if (RELATIVES.has(word)) return 'relative';
  if (word === 'and') return 'and';
  return FILLERS.has(word) ? 'filler' : null;
};
