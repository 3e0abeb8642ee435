import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/**
 * The layers of the core, lowest first: a folder imports itself and those before it. This is the only place where the order is
 * written down; docs/architecture.md describes what each folder is for.
 */
const LAYERS = [
  'text',
  'time',
  'failure',
  'mail',
  'trailer',
  'patch',
  'letter',
  'claims',
  'message',
  'revision',
  'review',
  'state',
  'subsystem',
  'summary',
  'series',
  'follow',
  'search',
  'schedule',
  'plan',
  'view',
  'contract',
  'ports',
];

/** Libraries that the core may use: parsing into types, hashes. */
const CORE_LIBRARIES = new Set(['zod', 'node:crypto', 'diff']);

const src = fileURLToPath(new URL('../src', import.meta.url));
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
const isThere = new Set(files);

interface Import {
  readonly file: string;
  readonly to: string;
}

function specifiersOf(file: string): string[] {
  const text = readFileSync(join(src, file), 'utf8');
  return [
    ...text.matchAll(
      /^\s*(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|import\(['"]([^'"]+)['"]\)|^import\s+['"]([^'"]+)['"]/gm,
    ),
  ]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .filter((target) => target !== '');
}

/** The file that is imported as `….js`. */
function sourceOf(path: string): string {
  const source = path.replace(/\.js$/, '.ts');
  return isThere.has(source) ? source : source.replace(/\.ts$/, '.tsx');
}

const internal: Import[] = files.flatMap((file) =>
  specifiersOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => ({
      file,
      to: sourceOf(relative(src, resolve(src, dirname(file), target))),
    })),
);
const external: Import[] = files.flatMap((file) =>
  specifiersOf(file)
    .filter((target) => !target.startsWith('.'))
    .map((to) => ({ file, to })),
);

/** `digest`, `bot`, `adapters/store` …: the part of the program that a file belongs to. */
function ringOf(path: string): string {
  const [ring = '', folder = ''] = path.split('/');
  return ring === 'adapters' ? `adapters/${folder}` : ring;
}

/** The folder of the core that a file belongs to, or the file itself at the top of the core; '' outside of it. */
function layerOf(path: string): string {
  const [ring, folder = ''] = path.split('/');
  return ring === 'digest' ? folder : '';
}

/** `a → b`, as failures name an import. */
const named = (imports: readonly Import[]): string[] => imports.map(({ file, to }) => `${file} → ${to}`);

describe('the three rings', () => {
  it('finds the files and their imports', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(internal.length).toBeGreaterThan(100);
  });

  it('lets the core import only the core', () => {
    expect(
      named(internal.filter(({ file, to }) => ringOf(file) === 'digest' && ringOf(to) !== 'digest')),
    ).toEqual([]);
  });

  it('lets the core use no library but zod, hashes and a line diff', () => {
    expect(
      named(external.filter(({ file, to }) => ringOf(file) === 'digest' && !CORE_LIBRARIES.has(to))),
    ).toEqual([]);
  });

  it('lets an adapter import the core and itself, never another adapter', () => {
    const wrong = internal.filter(({ file, to }) => {
      const ring = ringOf(file);
      return ring.startsWith('adapters/') && ringOf(to) !== ring && ringOf(to) !== 'digest';
    });
    expect(named(wrong)).toEqual([]);
  });

  it('lets one file alone import the mail parser', () => {
    expect(external.filter(({ to }) => to === 'mailparser').map(({ file }) => file)).toHaveLength(1);
  });
});

describe('the layers of the core', () => {
  const core = internal.filter(({ file, to }) => layerOf(file) !== '' && layerOf(to) !== '');

  it('lists every folder of the core', () => {
    const folders = [...new Set(files.map(layerOf).filter((name) => name !== '' && !name.endsWith('.ts')))];
    expect(folders.sort()).toEqual([...LAYERS].sort());
  });

  it('lets each folder import only itself and the folders before it', () => {
    const upward = core.filter(({ file, to }) => LAYERS.indexOf(layerOf(to)) > LAYERS.indexOf(layerOf(file)));
    expect(named(upward)).toEqual([]);
  });

  it('keeps the clock, chance and the environment out of the core', () => {
    const acting = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bperformance\.now\(/;
    const wrong = files.filter(
      (file) => ringOf(file) === 'digest' && acting.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps state out of the modules of the core', () => {
    // Top-level `let` and `var`, and collections that start empty: a constant table has its contents.
    const mutable =
      /^(?:export )?(?:let|var) |^(?:export )?const \w+[^=\n]*= new (?:WeakMap|WeakSet)|^(?:export )?const \w+[^=\n]*= new (?:Map|Set)(?:<[^\n]*>)?\(\)/m;
    const wrong = files.filter(
      (file) => ringOf(file) === 'digest' && mutable.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});

/**
 * Files from the command line to the last that it needs, those that are imported for their types alone included: as many must be opened
 * to follow one call to its end. A type that lengthens it usually belongs in a separate file.
 */
const LONGEST_CHAIN = 26;

describe('files', () => {
  const imports = new Map<string, string[]>();
  for (const { file, to } of internal) imports.set(file, [...(imports.get(file) ?? []), to]);

  it('import each other in no circle', () => {
    expect(cyclesOf(imports)).toEqual([]);
  });

  it('import each other in no chain longer than it needs to be', () => {
    const chain = longestChain(imports);
    expect(chain.length, chain.join('\n')).toBeLessThanOrEqual(LONGEST_CHAIN);
  });
});

/** The longest way from a file to one that imports none. */
function longestChain(imports: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const known = new Map<string, readonly string[]>();
  const from = (file: string): readonly string[] => {
    const chain = known.get(file);
    if (chain !== undefined) return chain;
    // Until its own is known: the test before this one rejects circles.
    known.set(file, [file]);
    const rest = longestOf((imports.get(file) ?? []).map(from));
    known.set(file, [file, ...rest]);
    return [file, ...rest];
  };
  return longestOf([...imports.keys()].map(from));
}

function longestOf(chains: readonly (readonly string[])[]): readonly string[] {
  return chains.reduce((longest, chain) => (chain.length > longest.length ? chain : longest), []);
}

/** One circle for each file that closes one, as a path: depth first, each file visited once. */
function cyclesOf(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) {
      cycles.push([...path.slice(at), file].join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return cycles;
}
