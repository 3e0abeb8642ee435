import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const src = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

function importsOf(file: string): string[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [
    ...text.matchAll(
      /^\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)|^import\s+['"]([^'"]+)['"]/gm,
    ),
  ]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .filter((target) => target !== '');
}

/** `digest`, `bot`, `adapters/store` …: the room that a file of ours stands in. */
function roomOf(path: string): string {
  const [ring = '', folder = ''] = path.split('/');
  return ring === 'adapters' ? `adapters/${folder}` : ring;
}

const ours = files.flatMap((file) =>
  importsOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => ({ file, to: relative(src, resolve(src, dirname(file), target)) })),
);
const foreign = files.flatMap((file) =>
  importsOf(file)
    .filter((target) => !target.startsWith('.'))
    .map((target) => ({ file, target })),
);

describe('the three rings', () => {
  it('finds the files and their imports', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(ours.length).toBeGreaterThan(100);
  });

  it('lets the core import the core alone', () => {
    expect(ours.filter(({ file, to }) => roomOf(file) === 'digest' && roomOf(to) !== 'digest')).toEqual([]);
  });

  it('lets the core have no library but zod, hashes and the calendar', () => {
    const allowed = new Set(['zod', 'node:crypto', 'temporal-polyfill']);
    expect(foreign.filter(({ file, target }) => roomOf(file) === 'digest' && !allowed.has(target))).toEqual(
      [],
    );
  });

  it('lets an adapter import the core and itself, never another adapter', () => {
    const wrong = ours.filter(({ file, to }) => {
      const room = roomOf(file);
      return room.startsWith('adapters/') && roomOf(to) !== room && roomOf(to) !== 'digest';
    });
    expect(wrong).toEqual([]);
  });

  it('keeps the clock, chance and the environment out of the core', () => {
    const acting = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\./;
    const wrong = files.filter(
      (file) => roomOf(file) === 'digest' && acting.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  it('lets one file alone import the mail parser', () => {
    expect(foreign.filter(({ target }) => target === 'mailparser').map(({ file }) => file)).toHaveLength(1);
  });
});
