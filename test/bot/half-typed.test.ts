import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { withIngested } from '../../eval/lib/ingested-corpus.js';
import { parseSearch } from '../../src/digest/search/parse-search.js';
import { emptyCatalog } from '../../src/digest/subsystem/catalog.js';
import { HALF_TYPED } from '../digest/search/half-typed.js';

const shared = fileURLToPath(new URL('../../../shared', import.meta.url));
const SOURCES = ['seeds', 'corpora/kvm-2020', 'corpora/io-uring-10k.mbox.gz'];
const isHere = SOURCES.every((source) => existsSync(join(shared, source)));

// Reading 11,000 mails takes half a minute of processor time.
it.skipIf(!isHere)(
  'finds what half-typed words mean among the first three (skipped where ../shared is missing)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'covernote-half-typed-'));
    for (const source of SOURCES)
      symlinkSync(join(shared, source), join(folder, source.replaceAll('/', '-')));
    const missed: string[] = [];
    let sum = 0;
    try {
      await withIngested(folder, {}, async ({ store }) => {
        const catalog = emptyCatalog();
        for (const [typed, title] of HALF_TYPED) {
          const read = parseSearch(typed, { catalog: () => catalog, nowMs: 0, zone: 'UTC' });
          if (!read.ok) throw new Error(`${typed}: ${read.message}`);
          const found = await store.titles(read.query, 10);
          const at = found.findIndex((one) => one.title.toLowerCase().includes(title.toLowerCase()));
          sum += at < 0 ? 0 : 1 / (at + 1);
          if (at < 0 || at > 2) missed.push(`${typed}: ${at < 0 ? 'not there' : `place ${at + 1}`}`);
        }
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
    const mean = sum / HALF_TYPED.length;
    process.stdout.write(
      `half-typed queries: ${HALF_TYPED.length}, mean reciprocal rank ${mean.toFixed(3)}, not among the first three: ${missed.join('; ') || 'none'}\n`,
    );
    expect(HALF_TYPED.length).toBeGreaterThanOrEqual(60);
    expect(missed.length).toBeLessThanOrEqual(2);
    expect(mean).toBeGreaterThan(0.85);
  },
  600_000,
);
