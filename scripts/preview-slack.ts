/**
 * Shows what covernote sends to Slack, in Slack's look, as a page to open in a browser:
 * `npx tsx scripts/preview-slack.ts DATABASE [OUT]`. DATABASE is one that `covernote ingest` filled.
 */
import { writeFileSync } from 'node:fs';
import { fits, renderMessage } from '../src/adapters/slack/render-message.js';
import { createChatBot } from '../src/bot/commands/chat/chat-bot.js';
import { commands } from '../src/bot/commands/commands.js';
import { answerDigest } from '../src/bot/commands/digest/build.js';
import { createLocalBot } from '../src/bot/commands/run.js';
import { withLibrary } from '../src/bot/compose.js';
import { readConfig } from '../src/bot/config.js';
import type { Library } from '../src/bot/library.js';
import type { Digest } from '../src/digest/plan/digest.js';
import { planParts } from '../src/digest/plan/plan-parts.js';
import { fitsPart, partView } from '../src/digest/view/part-view.js';
import { seriesView } from '../src/digest/view/series-view.js';
import { pageOf, type Shown } from './slack-page.js';

const DAY_MS = 86_400_000;

/** The parts of a digest as they would go out. */
function digestMessages(title: string, digest: Digest): Shown[] {
  const parts = planParts(
    { digest, told: [], late: 0 },
    fitsPart((view) => fits(view, [])),
  );
  return parts.map(({ content }, i) => ({
    title: i === 0 ? title : `${title}: in the thread, ${i}`,
    inThread: i > 0,
    message: renderMessage(partView(content), []),
  }));
}

async function busiestDay(library: Library): Promise<Digest> {
  const { received: newest } = await library.store.freshness();
  const end = Date.parse(newest ?? '2020-12-31T00:00:00Z');
  let best: { since: string; until: string; n: number } = { since: '', until: '', n: -1 };
  for (let day = 0; day < 366; day++) {
    const until = new Date(end - day * DAY_MS).toISOString().slice(0, 10);
    const since = new Date(Date.parse(until) - DAY_MS).toISOString();
    const window = { since, until: `${until}T00:00:00.000Z` };
    const n = (await library.store.activity(window)).length;
    if (n > best.n) best = { ...window, n };
  }
  const window = { since: best.since, until: best.until };
  return (await answerDigest(library, { follows: [], window, budget: 1000 })).digest;
}

/** The cards of the series with most to tell, as the bot answers. */
async function longestCards(library: Library, n: number): Promise<Shown[]> {
  const all: { id: string; title: string; size: number }[] = [];
  for await (const series of library.store.allSeries())
    all.push({ id: series.id, title: series.title, size: JSON.stringify(seriesView(series)).length });
  const bot = createLocalBot((options) => createChatBot({ ...options, commands }), library, {
    nowMs: Date.now,
    onBug: () => {},
  });
  const asker = {
    id: 'U1',
    tenant: 'T1',
    name: 'jane',
    zone: null,
    rights: 'manager',
    rightsHold: 'here',
  } as const;
  const place = { platform: 'slack', tenant: 'T1', address: 'C1', kind: 'channel', name: '#kvm' } as const;
  const longest = all.sort((a, b) => b.size - a.size).slice(0, n);
  return Promise.all(
    longest.map(async ({ id, title }): Promise<Shown> => {
      const { view, actions } = await bot.answer({
        request: { kind: 'options', command: 'series', form: '', options: { query: id } },
        asker,
        place,
      });
      return { title: `/series ${title}`, inThread: false, message: renderMessage(view, actions) };
    }),
  );
}

async function main([database, out = 'preview-slack.html']: readonly string[]): Promise<void> {
  if (database === undefined) throw new Error('npx tsx scripts/preview-slack.ts DATABASE [OUT]');
  const read = readConfig({ ...process.env, DATABASE_URL: `sqlite:${database}` });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  await withLibrary(read.config, Date.now(), async (library) => {
    const busy = await busiestDay(library);
    const empty = {
      ...busy,
      groups: [],
      counts: { ...busy.counts, series: 0, versions: 0, discussed: 0, applied: 0, singlePatches: 0 },
    };
    const shown = [
      ...digestMessages('The busiest day', busy),
      ...digestMessages('An empty day', empty),
      ...(await longestCards(library, 10)),
    ];
    writeFileSync(out, pageOf(shown));
    for (const { title, message } of shown)
      process.stdout.write(
        `${title.slice(0, 70)}: ${message.blocks.length} blocks, ${JSON.stringify(message.blocks).length} characters; “${message.text}”\n`,
      );
    process.stdout.write(`${out}\n`);
  });
}

await main(process.argv.slice(2));
