/**
 * Draws rows of each list of what waits, as of fixed days, for reading by hand: is it true that the series waits for that? A series is
 * drawn at most once a list, on the first day that it is on it. Run: `npx tsx eval/waiting.ts CORPUS DAY[,DAY…] [N] [SEED]`, say
 * `npx tsx eval/waiting.ts io-uring-10k.mbox.gz 2025-02-01,2025-06-01 40`.
 */
import { board, type Waiting, waitingFor } from '../src/digest/plan/waiting.js';
import { eachDay } from './lib/ingested-corpus.js';
import { drawSample, seededRandom } from './lib/random.js';
import { requireShared, sharedPath } from './lib/shared-corpus.js';

async function main(): Promise<void> {
  const [corpus = 'io-uring-10k.mbox.gz', typed = '2025-06-01', n = '40', seed = '1'] = process.argv.slice(2);
  requireShared(`corpora/${corpus}`);
  const days = typed.split(',').sort();
  const found = new Map<string, { readonly row: Waiting; readonly day: string }>();
  const given = {
    days: days.map((day) => `${day}T00:00:00Z`),
    maintainers: sharedPath('corpora/MAINTAINERS'),
  };
  await eachDay(sharedPath(`corpora/${corpus}`), given, (now, series) => {
    const rows = board(series, now);
    const counts = waitingFor.map((one) => `${one} ${rows.filter((row) => row.for === one).length}`);
    console.log(`${corpus} as of ${now.slice(0, 10)}: ${series.length} series; ${counts.join(', ')}`);
    for (const row of rows) {
      const key = `${row.for} ${row.revision.id}`;
      if (!found.has(key)) found.set(key, { row, day: now.slice(0, 10) });
    }
  });
  for (const one of waitingFor) {
    const rows = [...found.values()].filter(({ row }) => row.for === one);
    console.log(`\n## ${one}: ${rows.length}`);
    for (const drawn of drawSample(rows, Number(n), seededRandom(Number(seed)))) console.log(lineOf(drawn));
  }
}

function lineOf({ row, day }: { readonly row: Waiting; readonly day: string }): string {
  const { series, revision, days, since } = row;
  const said = series.state.evidence.map(
    ({ quote, by, date }) => `${date?.slice(0, 10)} ${by.name || by.email}: ${quote}`,
  );
  return [
    `- [${revision.messageId}] ${day}: v${revision.version} ${revision.title} (${series.author.name}), since ${since.slice(0, 10)}, ${days} days, ${series.replies} replies`,
    ...said.map((text) => `    ${text.slice(0, 200)}`),
  ].join('\n');
}

await main();
