import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));

/** The last argument of each call of a log, with the file; `[^;]` keeps a match inside its statement. */
function logCalls(text: string): string[] {
  return [
    ...text.matchAll(/\blog\.(?:debug|info|warn|error)\(([^;]*?)(['`][^'`;]*['`]),?\s*\)(?=[\s;,)])/g),
  ].map((match) => match[2] ?? '');
}

const calls = files.flatMap((file) =>
  logCalls(readFileSync(join(src, file), 'utf8')).map((event) => ({ file, event })),
);

it('finds the log lines', () => {
  expect(calls.length).toBeGreaterThan(40);
});

it('every log line has a stable event name, whose fields hold all that differs', () => {
  expect(calls.filter(({ event }) => !/^'[a-z]+(?:\.[a-z_]+)+'$/.test(event))).toEqual([]);
});

it('every log line has its error in the field `error`', () => {
  const other = /\blog\.(?:debug|info|warn|error)\(\s*\{[^}]*\b(?:err|why)\b\s*[,:}]/;
  expect(files.filter((file) => other.test(readFileSync(join(src, file), 'utf8')))).toEqual([]);
});
