import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Of the dependencies, those that go into our files: they are on every command's way, and made of many small ones. All others are loaded as they are. */
const BUILT_IN = ['commander', 'kysely', 'mailparser', 'zod'];

/** Makes a few large files of sources, in `out`: one for each entry (name → path from the project's folder), and what they share. */
export async function bundle(entries: Readonly<Record<string, string>>, out: string): Promise<void> {
  await build({
    absWorkingDir: fileURLToPath(new URL('..', import.meta.url)),
    entryPoints: { ...entries },
    outdir: out,
    bundle: true,
    // Half the text: V8 keeps all of it, once a thread. Names are kept, for bug reports.
    minifyWhitespace: true,
    minifySyntax: true,
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
}
