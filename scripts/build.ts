/**
 * `npm run build`: makes `dist/`, what is run. A few large files instead of six hundred small ones: reading those was half of the
 * second in which every command started, and a tenth of ingesting 10,000 mails.
 */
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

/** Of the dependencies, those that go into our files: they are on every command's way, and made of many small ones. All others are loaded as they are. */
const BUILT_IN = ['commander', 'kysely', 'mailparser', 'temporal-polyfill', 'zod'];

/** The program, and the threads that it starts: each is found beside the file that starts it. */
const ENTRIES = {
  main: 'src/bot/cli/main.ts',
  'parse-worker': 'src/bot/ingest/parse-worker.ts',
  'write-worker': 'src/bot/ingest/write-worker.ts',
};

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });
const root = new URL('..', import.meta.url).pathname;
rmSync(values.out, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ENTRIES,
  outdir: values.out,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
  plugins: [
    {
      name: 'other packages stay where they are',
      setup({ onResolve }) {
        onResolve({ filter: /^[^./]/ }, ({ path, kind, resolveDir }) => {
          const ours =
            kind === 'entry-point' || BUILT_IN.some((name) => path === name || path.startsWith(`${name}/`));
          // What a package that is built in asks for is built in as well.
          return ours || resolveDir.includes('node_modules') ? undefined : { path, external: true };
        });
      },
    },
  ],
  // Packages of the older kind ask node for its own modules in the older way.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
  },
});
