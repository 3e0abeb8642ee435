/**
 * Shows what covernote sends to Discord, in Discord's look, as a page to open in a browser: `npx tsx scripts/preview-discord.ts DATABASE [OUT]`.
 * DATABASE is one that `covernote ingest` filled. It holds the digest of the busiest day, that of an empty one, and the ten longest series.
 */
import { writeFileSync } from 'node:fs';
import { fits, type MessageBody, renderMessage } from '../src/adapters/discord/render-message.js';
import { createChatBot } from '../src/bot/commands/chat/chat-bot.js';
import { commands } from '../src/bot/commands/commands.js';
import { answerDigest } from '../src/bot/commands/digest/build.js';
import { createLocalBot } from '../src/bot/commands/run.js';
import { withLibrary } from '../src/bot/compose.js';
import { readConfig } from '../src/bot/config.js';
import type { Library } from '../src/bot/library.js';
import { planParts } from '../src/digest/plan/plan-parts.js';
import { fitsPart, partView } from '../src/digest/view/part-view.js';
import { messageProblems } from '../test/fakes/discord/limits.js';
import { schemaProblems } from '../test/fakes/discord/validate.js';
import { embedPageOf, pageOf } from './discord-page.js';

const CARDS = 10;

interface Shown {
  readonly title: string;
  readonly body: MessageBody;
}

const [database, out = 'preview-discord.html'] = process.argv.slice(2);
if (database === undefined) throw new Error('usage: preview-discord.ts DATABASE [OUT]');
const read = readConfig({ DATABASE_URL: `sqlite:${database}`, MAINTAINERS: process.env.MAINTAINERS });
if (!read.ok) throw new Error(JSON.stringify(read.problems));
const shown = await withLibrary(read.config, Date.now(), async (library) => [
  ...(await digests(library)),
  ...(await cards(library)),
]);
for (const { title, body } of shown) {
  const problems = [
    ...schemaProblems('POST /channels/{channel_id}/messages', body),
    ...messageProblems({ ...body }),
  ];
  const units = JSON.stringify(body).length;
  process.stdout.write(
    `${title}: ${units} units of JSON, ${problems.length === 0 ? 'valid' : problems.join('; ')}\n`,
  );
}
writeFileSync(out, pageOf(shown));
writeFileSync(out.replace(/(?:\.html)?$/, '-embeds.html'), embedPageOf(shown));
process.stdout.write(`${out}\n`);

async function digests(library: Library): Promise<Shown[]> {
  const day = await busiestDay(library);
  return [...(await digestOf(library, day)), ...(await digestOf(library, '1999-01-01'))];
}

async function digestOf(library: Library, day: string): Promise<Shown[]> {
  const since = `${day}T00:00:00Z`;
  const until = new Date(Date.parse(since) + 86_400_000).toISOString();
  const { digest } = await answerDigest(library, { follows: [], window: { since, until }, budget: 200 });
  const plan = { digest, told: [], late: 0, waiting: [], cursorSeq: 0, upTo: 0 };
  return planParts(
    plan,
    fitsPart((view) => fits(view, [])),
  ).map(({ content }, i) => ({
    title: `Digest of ${day}, message ${i + 1}`,
    body: renderMessage(partView(content), []),
  }));
}

async function busiestDay(library: Library): Promise<string> {
  const days = new Map<string, number>();
  for await (const series of library.store.allSeries())
    for (const { date } of series.revisions) {
      const day = date?.slice(0, 10);
      if (day !== undefined) days.set(day, (days.get(day) ?? 0) + 1);
    }
  return [...days].sort((a, b) => b[1] - a[1])[0]?.[0] ?? '2020-01-01';
}

async function cards(library: Library): Promise<Shown[]> {
  const all: { id: string; size: number }[] = [];
  for await (const { id, revisions } of library.store.allSeries())
    all.push({ id, size: Math.max(...revisions.map((one) => one.total)) + revisions.length });
  const bot = createLocalBot((options) => createChatBot({ ...options, commands }), library, {
    nowMs: () => Date.parse('2020-06-01'),
    onBug: () => {},
  });
  const asker = {
    id: '1',
    tenant: 't',
    name: 'jane',
    zone: null,
    rights: 'manager',
    rightsHold: 'here',
  } as const;
  const place = { platform: 'discord', tenant: 't', address: '2', kind: 'channel', name: '#kvm' } as const;
  const longest = all.sort((a, b) => b.size - a.size).slice(0, CARDS);
  const shown: Shown[] = [];
  for (const { id } of longest)
    for (const view of id === longest[0]?.id
      ? ['card', 'patches', 'changes', 'history', 'reviews']
      : ['card']) {
      const answer = await bot.answer({
        request: { kind: 'options', command: 'series', form: '', options: { query: id, view } },
        asker,
        place,
      });
      shown.push({ title: `Series ${id}, ${view}`, body: renderMessage(answer.view, answer.actions) });
    }
  return shown;
}
