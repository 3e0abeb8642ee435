import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A regular expression as written in a source file. */
export interface RegexLiteral {
  readonly file: string;
  readonly line: number;
  readonly regex: RegExp;
}

/** What may be before a `/` that begins a regular expression rather than a division. */
const BEFORE = /(?:^|[(,=:[!&|?{};>\n]|\breturn|\bcase)\s*$/;

/** Every regular expression literal of the TypeScript files under a folder. */
export function regexLiterals(folder: string): RegexLiteral[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => literalsIn(file, readFileSync(join(folder, file), 'utf8')));
}

function literalsIn(file: string, text: string): RegexLiteral[] {
  const found: RegexLiteral[] = [];
  /** Open braces: true for one that a template's `${` opened. */
  const braces: boolean[] = [];
  for (let at = 0; at < text.length; ) {
    const two = text.slice(at, at + 2);
    if (two === '//') at = skipTo(text, '\n', at);
    else if (two === '/*') at = skipTo(text, '*/', at + 2);
    // The end of an element in JSX.
    else if (two === '/>' && file.endsWith('.tsx')) at += 2;
    else if (text[at] === "'" || text[at] === '"') at = skipString(text, at);
    else if (text[at] === '{') at += braces.push(false) > 0 ? 1 : 0;
    else if (text[at] === '`' || (text[at] === '}' && braces.pop() === true)) {
      at = skipTemplate(text, at);
      if (text[at - 1] === '{') braces.push(true);
    } else if (text[at] === '/' && BEFORE.test(text.slice(Math.max(0, at - 60), at))) {
      const end = endOfRegex(text, at);
      const flags = /^[a-z]*/.exec(text.slice(end))?.[0] ?? '';
      const line = text.slice(0, at).split('\n').length;
      found.push({ file, line, regex: new RegExp(text.slice(at + 1, end - 1), flags) });
      at = end + flags.length;
    } else at++;
  }
  return found;
}

function skipTo(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end + mark.length;
}

function skipString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[from] || text[at] === '\n') return at + 1;
  }
  return text.length;
}

/** The text of a template up to its end or its first `${`; what is between the braces is read as code. */
function skipTemplate(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '`') return at + 1;
    else if (text[at] === '$' && text[at + 1] === '{') return at + 2;
  }
  return text.length;
}

function endOfRegex(text: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
    else if (text[at] === '/' && !inClass) return at + 1;
  }
  return text.length;
}
