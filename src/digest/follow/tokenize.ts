/** One piece of a follow's text; positions count UTF-16 units from the start. */
export type Token =
  | { readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'comma'; readonly position: number }
  /** `key:value`, `key:"value with blanks"`; several values were separated by commas. */
  | {
      readonly kind: 'field';
      readonly key: string;
      readonly values: readonly string[];
      readonly quoted: boolean;
      readonly position: number;
    }
  | { readonly kind: 'word'; readonly text: string; readonly position: number }
  | { readonly kind: 'quoted'; readonly text: string; readonly position: number };

export type Tokens =
  | { readonly ok: true; readonly tokens: readonly Token[] }
  | {
      readonly ok: false;
      readonly message: string;
      readonly position: number;
      readonly suggestions: readonly string[];
    };

/** Chats turn `"` into these. */
const QUOTES = new Set(['"', '\u201c', '\u201d', '\u201e', '\u201f', '\u00ab', '\u00bb', '\u2033']);
/** And `-` into these. */
const MINUS = new Set(['-', '!', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212']);
const isBlank = (character: string): boolean =>
  character.trim() === '' || character === '\u200b' || character === '\ufeff';
const endsWord = (character: string): boolean =>
  isBlank(character) || character === '(' || character === ')' || QUOTES.has(character);

/** Fields whose value may have commas in it. */
const WHOLE_VALUE = new Set(['path', 'file', 'series', 'title', 'subject', 'msgid']);

const isKey = (text: string): boolean => text.length <= 40 && /^[A-Za-z][A-Za-z-]*$/.test(text);

/** Finds the closing quote from `start`, the place after the opening one; a backslash keeps what follows it. null if none comes. */
function readQuoted(text: string, start: number): { value: string; end: number } | null {
  let value = '';
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\' && at + 1 < text.length) {
      at += 1;
      value += text.charAt(at);
    } else if (QUOTES.has(character)) return { value, end: at + 1 };
    else value += character;
  }
  return null;
}

function readWord(text: string, start: number): number {
  let at = start;
  // A parenthesis closes a group only if the word did not open it: `title(s)` stays whole.
  let open = 0;
  while (at < text.length) {
    const character = text.charAt(at);
    if (character === '(' && at > start) open += 1;
    else if (character === ')' && open > 0) open -= 1;
    else if (endsWord(character)) break;
    at += 1;
  }
  return at;
}

function keyword(word: string, position: number): Token | null {
  switch (word) {
    case 'AND':
    case 'and':
    case 'And':
    case '&':
    case '&&':
    case '+':
      return { kind: 'and', position };
    case 'OR':
    case 'or':
    case 'Or':
    case '|':
    case '||':
      return { kind: 'or', position };
    case 'NOT':
    case 'not':
    case 'Not':
      return { kind: 'not', position };
    default:
      return null;
  }
}

/** Splits `key:value`; null for anything else. Links keep their colon. */
function splitField(word: string): { key: string; rest: string } | null {
  const colon = word.indexOf(':');
  if (colon <= 0 || word.startsWith('://', colon)) return null;
  const key = word.slice(0, colon);
  return isKey(key) ? { key: key.toLowerCase(), rest: word.slice(colon + 1) } : null;
}

/** A comma at the end separates a complete value from what follows: `path:mm/**, kvm`. */
const splitValues = (key: string, text: string): string[] =>
  WHOLE_VALUE.has(key)
    ? [text.length > 1 && text.endsWith(',') ? text.slice(0, -1) : text]
    : text.split(',').filter((value) => value !== '');

/** Splits a follow's text into tokens. Only an unclosed quotation is an error here. */
export function tokenize(text: string): Tokens {
  const tokens: Token[] = [];
  let at = 0;
  const unclosed = (position: number): Tokens => ({
    ok: false,
    message: 'This quotation mark is never closed.',
    position,
    suggestions: [`${text.slice(position)}"`],
  });
  while (at < text.length) {
    const character = text.charAt(at);
    const position = at;
    if (isBlank(character)) at += 1;
    else if (character === '(' || character === ')') {
      tokens.push({ kind: character === '(' ? 'open' : 'close', position });
      at += 1;
    } else if (character === ',' || character === ';') {
      tokens.push({ kind: 'comma', position });
      at += 1;
    } else if (MINUS.has(character)) {
      tokens.push({ kind: 'not', position });
      at += 1;
    } else if (QUOTES.has(character)) {
      const quoted = readQuoted(text, at + 1);
      if (quoted === null) return unclosed(position);
      tokens.push({ kind: 'quoted', text: quoted.value, position });
      at = quoted.end;
    } else {
      const end = readWord(text, at);
      const word = text.slice(at, end);
      const field = splitField(word);
      at = end;
      if (field !== null && field.rest === '' && QUOTES.has(text.charAt(end))) {
        const quoted = readQuoted(text, end + 1);
        if (quoted === null) return unclosed(end);
        tokens.push({ kind: 'field', key: field.key, values: [quoted.value], quoted: true, position });
        at = quoted.end;
      } else if (field !== null) {
        const values = splitValues(field.key, field.rest);
        const list = word.endsWith(',') && values.length > 0;
        tokens.push({ kind: 'field', key: field.key, values, quoted: false, position });
        if (list) tokens.push({ kind: 'comma', position: end - 1 });
      } else pushWords(tokens, word, position);
    }
  }
  return { ok: true, tokens };
}

/** `kvm,mm` is two words with a comma between them; links and paths keep theirs. */
function pushWords(tokens: Token[], word: string, position: number): void {
  const special = keyword(word, position);
  if (special !== null) {
    tokens.push(special);
    return;
  }
  if (word.includes('://')) {
    tokens.push({ kind: 'word', text: word, position });
    return;
  }
  let at = position;
  word.split(',').forEach((part, index) => {
    if (index > 0) tokens.push({ kind: 'comma', position: at - 1 });
    if (part !== '') tokens.push({ kind: 'word', text: part, position: at });
    at += part.length + 1;
  });
}
