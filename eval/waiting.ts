/**
 * Draws rows of each list of what waits, as of a fixed day, for reading by hand: is it true that the series waits for that? Run:
 * `npx tsx eval/waiting.ts CORPUS DAY [N] [SEED]`, say `npx tsx eval/waiting.ts io-uring-10k.mbox.gz 2025-06-01 40`.
 */
import { board, type Waiting, waitingFor } from '../src/digest/plan/waiting.js';
import { withIngested } from './lib/ingested-corpus.js';
import { drawSample, seededRandom } from './lib/random.js';
import { requireShared, sharedPath } from './lib/shared-corpus.js';

async function main(): Promise<void> {
  const [corpus = 'io-uring-10k.mbox.gz', day = '2025-06-01', n = '40', seed = '1'] = process.argv.slice(2);
  requireShared(`corpora/${corpus}`);
  const now = `${day}T00:00:00Z`;
  await withIngested(
    sharedPath(`corpora/${corpus}`),
    { until: now, maintainers: sharedPath('corpora/MAINTAINERS') },
    async ({ series }) => {
      const found = board(series, now);
      console.log(`${corpus} as of ${day}: ${series.length} series, ${found.length} wait`);
      for (const one of waitingFor) {
        const rows = found.filter((row) => row.for === one);
        console.log(`\n## ${one}: ${rows.length}`);
        for (const row of drawSample(rows, Number(n), seededRandom(Number(seed)))) console.log(lineOf(row));
      }
    },
  );
}

function lineOf({ series, revision, days, since }: Waiting): string {
  const said = series.state.evidence.map(
    ({ quote, by, date }) => `${date?.slice(0, 10)} ${by.name || by.email}: ${quote}`,
  );
  return [
    `- [${revision.messageId}] v${revision.version} ${revision.title} (${series.author.name}), since ${since.slice(0, 10)}, ${days} days, ${series.replies} replies`,
    ...said.map((text) => `    ${text.slice(0, 200)}`),
  ].join('\n');
}

await main();
