import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { finishes } from './lib/hang-guard.js';
import { regexLiterals } from './lib/regex-literals.js';

/** Long enough that a quadratic expression takes minutes. */
const LENGTH = 400_000;
/** What is tried first. */
const SAMPLE_LENGTH = 10_000;

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

const PARTS = UNITS.flatMap((unit) => STARTS.map((start) => ({ start, unit })));

function makeLine({ start, unit }: { start: string; unit: string }, length: number): string {
  return (start + unit.repeat(length / unit.length)).slice(0, length) + END;
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

const samples = PARTS.map((part) => makeLine(part, SAMPLE_LENGTH));
/** A sample that takes longer may only be unlucky on a busy machine: the long line decides. */
const SUSPECT_MS = 1;

function hangsOn(regex: RegExp): string | null {
  for (const [at, sample] of samples.entries()) {
    if (fastestMs(regex, sample, SUSPECT_MS) <= SUSPECT_MS) continue;
    const line = makeLine(PARTS[at] ?? { start: '', unit: ' ' }, LENGTH);
    try {
      finishes(() => line.match(regex));
    } catch {
      return JSON.stringify(line.slice(0, 30));
    }
  }
  return null;
}

const literals = regexLiterals(fileURLToPath(new URL('../src', import.meta.url)));

describe('regular expressions', () => {
  it('are found in the sources', () => {
    expect(literals.length).toBeGreaterThan(100);
  });

  it('are linear: none hangs on any line of 400,000 characters', { timeout: 600_000 }, () => {
    const hanging = literals.flatMap(({ file, line, regex }) => {
      const found = hangsOn(regex);
      return found === null ? [] : [`${file}:${line} ${regex} on ${found}`];
    });
    expect(hanging).toEqual([]);
  });
});
