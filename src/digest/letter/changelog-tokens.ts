import { versionNumber } from '../text/bounded-number.js';

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
  /** Where in the line the first colon's rest begins; -1 if there is none. */
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

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** What makes it a heading, in the spellings that letters hold. */
const KEYS = words(`
  change changes changed chages chanages chagnes chnages changelog changelogs changlog chagelog
  change-log history histories difference differences diff delta deltas update updates updated
  modification modifications revision revisions new fixes improvements
  变更 更改 修改 改动 的变更 的更改 的修改 的改动 以来的变更 以来的修改 変更点 変更
`);
const PREPS = words(`
  since sice from in for to of with against vs after over between at on compared relative wrt
  respect 自 从 到
`);
const RELATIVES = words(`
  last previous prior first second third fourth original initial earlier before
`);
const FILLERS = words(`
  the main major minor notable significant key summary list all some other are is were important
  functional general more few a small big what s here this these patch patches patchset patch-set
  series set posting posted submission round iteration version versions log changelog review reviews
  comments as follows following include includes including was made have has been only short brief
  tl per full code design my our top-level high-level resend repost
`);

/** How far a line has been scanned. */
interface State {
  readonly text: string;
  at: number;
  readonly tokens: Token[];
  unknown: number;
  /** Not -1: the heading ends before it. */
  rest: number;
}

/** A heading has few words of its own, and few words in all. */
const UNKNOWN_LIMIT = 8;
const TOKEN_LIMIT = 24;

/** Reads tokens from `start` up to the first colon, or to the end; null if too much of it is not a heading's word. */
export const scanTokens = (text: string, start: number): Scan | null => {
  const state: State = { text, at: start, tokens: [], unknown: 0, rest: -1 };
  while (state.rest < 0 && state.at < text.length && state.tokens.length < TOKEN_LIMIT) {
    if (!STEPS.some((step) => step(state))) {
      state.unknown += 1;
      state.at += 1;
    }
    if (state.unknown > UNKNOWN_LIMIT) return null;
  }
  return state;
};

const take = (state: State, pattern: RegExp): RegExpExecArray | null => {
  pattern.lastIndex = state.at;
  const match = pattern.exec(state.text);
  if (match !== null) state.at = pattern.lastIndex;
  return match;
};

/** Ends the heading; what follows is text. */
const endAt = (state: State, rest: number): true => {
  state.rest = rest;
  return true;
};

const takeVersion = (state: State): boolean => {
  const match = take(state, VERSION);
  const number = versionNumber(match?.[2]);
  if (match === null || number === null) return false;
  state.tokens.push({ kind: 'version', number, rfc: /rfc/i.test(match[0]) });
  return true;
};

const takeColon = (state: State): boolean => {
  const char = state.text[state.at] ?? '';
  if (!':;：'.includes(char)) return false;
  state.tokens.push({ kind: 'colon' });
  return endAt(state, state.at + 1);
};

/** `(suggested by Jane)`, `[3]`; one that does not end on the line is text. */
const takeAside = (state: State): boolean => {
  const close = ASIDE_CLOSE[state.text[state.at] ?? ''];
  if (close === undefined) return false;
  const end = state.text.indexOf(close, state.at);
  if (end < 0 && state.tokens.length === 0) return false;
  state.tokens.push({ kind: 'aside' });
  if (end < 0) return endAt(state, state.at);
  state.at = end + 1;
  return true;
};

const takeArrow = (state: State): boolean => {
  // `<v3>`
  if (/^[\s\-*]{0,8}<v\d{1,3}>:?\s*$/i.test(state.text) && kindsOf(state) === 'version') {
    state.tokens.push({ kind: 'aside' });
    return endAt(state, state.at + 1);
  }
  if (!take(state, ARROW)) return false;
  state.tokens.push({ kind: 'arrow' });
  return true;
};

/** `v1 -> 2`. */
const takeBareNumber = (state: State): boolean => {
  const last = state.tokens.at(-1)?.kind;
  if ((last !== 'arrow' && last !== 'dash') || !state.tokens.some(({ kind }) => kind === 'version'))
    return false;
  const number = versionNumber(take(state, BARE_NUMBER)?.[1]);
  if (number === null) return false;
  state.tokens.push({ kind: 'version', number, rfc: false });
  return true;
};

const takeWord = (state: State): boolean => {
  const start = state.at;
  const word = take(state, WORD)?.[0].toLowerCase();
  if (word === undefined) return false;
  const kind = wordKind(word);
  if (kind === 'rfc') state.tokens.push({ kind: 'version', number: 0, rfc: true });
  else if (kind !== null) state.tokens.push({ kind, word });
  else if (state.unknown === 0 && kindsOf(state) === 'version,arrow,version') {
    // `v1->v2 what changed`, without a colon.
    return endAt(state, start);
  } else state.unknown += 1;
  return true;
};

const kindsOf = ({ tokens }: State): string => tokens.map(({ kind }) => kind).join();

/** `v13-v14` continues; `v2 - text on the line` ends the heading. */
const takeDash = (state: State): boolean => {
  if (state.text[state.at] !== '-' || state.tokens.at(-1)?.kind !== 'version') return false;
  state.at += 1;
  state.tokens.push({ kind: 'dash' });
  const goesOn = /^\s*(?:(?:rfc|patch|v)\s*)?v?\d/i.test(state.text.slice(state.at, state.at + 12));
  return goesOn || endAt(state, state.at);
};

/** Marks that mean nothing; but `[v2] text on the line` ends the heading: `(v2)` is also a chip. */
const takeMark = (state: State): boolean => {
  const char = state.text[state.at] ?? '';
  if (!']})*_="\'.,&#/-'.includes(char)) return false;
  state.at += 1;
  if (char === ']' && kindsOf(state) === 'version' && state.text[state.at] !== ':') {
    state.tokens.push({ kind: 'aside' });
    return endAt(state, state.at);
  }
  return true;
};

const STEPS: readonly ((state: State) => boolean)[] = [
  (state) => take(state, SPACE) !== null,
  takeVersion,
  takeColon,
  takeAside,
  takeArrow,
  takeBareNumber,
  takeWord,
  takeDash,
  takeMark,
];

const wordKind = (word: string): 'key' | 'prep' | 'relative' | 'filler' | 'and' | 'rfc' | null => {
  if (word === 'rfc') return 'rfc';
  if (KEYS.has(word)) return 'key';
  if (PREPS.has(word)) return 'prep';
  if (RELATIVES.has(word)) return 'relative';
  if (word === 'and') return 'and';
  return FILLERS.has(word) ? 'filler' : null;
};
