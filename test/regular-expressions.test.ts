import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { regexLiterals } from './lib/regex-literals.js';

const LENGTH = 100_000;
/** No expression may take longer on such a line: mail is hostile. */
const MOST_MS = 50;

/** What a line is made of: each of these, repeated. */
const UNITS = [
  '\n',
  '\r\n',
  '\r',
  'a\n',
  ...' \t>[](){}<>|=-+*#@:;,._/\\"\'~^$&%!?0a',
  '1/',
  '1 ',
  'a ',
  'a,',
  'a.',
  '- ',
  '> ',
  '[a',
  '(a',
  '<a',
  'v1',
  'v1 ',
  '1:',
  'a:',
  'a-',
  'a/',
  '../',
  'a@b ',
  'a@',
  '\u00a0',
  'é',
  'http://a/',
  'Re: ',
  'Re:',
  '[PATCH ',
  'PATCH',
  '=?utf-8?b?',
  '@@ -1',
  'Changes ',
  ' | 1 +',
  '&lt;',
  'a\tb',
  ' - v1',
  '"a" ',
  '(v1) ',
  'ab12',
];
/** A beginning that leads into the middle of an expression. */
const STARTS = [
  '',
  '[',
  '(',
  '"',
  '<',
  '> ',
  'v1',
  'Changes since v1',
  'http://',
  'Reviewed-by: ',
  ' ',
  '@@ -1,',
  'a | 1 ',
  'From ',
];
/** An end that makes an expression fail after it has swallowed the line. */
const END = '\u0001';

function linesOf(length: number): string[] {
  return UNITS.flatMap((unit) =>
    STARTS.map((start) => (start + unit.repeat(length / unit.length)).slice(0, length) + END),
  );
}

function fastestMs(regex: RegExp, line: string, enough: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 8 && best > enough; run++) {
    regex.lastIndex = 0;
    const from = performance.now();
    if (regex.global) line.match(regex);
    else regex.test(line);
    best = Math.min(best, performance.now() - from);
  }
  return best;
}

const lines = linesOf(LENGTH);
/** A tenth as long: what takes a hundredth of the time there is quadratic, and only then is the long line tried. */
const samples = linesOf(LENGTH / 10);
const SUSPECT_MS = 1;

function slowestLine(regex: RegExp): string | null {
  for (const [at, sample] of samples.entries()) {
    if (fastestMs(regex, sample, SUSPECT_MS) <= SUSPECT_MS) continue;
    const line = lines[at] ?? '';
    const ms = fastestMs(regex, line, MOST_MS);
    if (ms > MOST_MS) return `${Math.round(ms)} ms on ${JSON.stringify(line.slice(0, 30))}…`;
  }
  return null;
}

const literals = regexLiterals(fileURLToPath(new URL('../src', import.meta.url)));

describe('regular expressions', () => {
  it('are found in the sources', () => {
    expect(literals.length).toBeGreaterThan(100);
  });

  it('are linear: none is slow on any line of 100,000 characters', { timeout: 600_000 }, () => {
    const slow = literals.flatMap(({ file, line, regex }) => {
      const found = slowestLine(regex);
      return found === null ? [] : [`${file}:${line} ${regex} ${found}`];
    });
    expect(slow).toEqual([]);
  });
});
