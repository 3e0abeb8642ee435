import type { Destination } from '../../../adapters/store/chat/destination.js';
import type { StoredSlot } from '../../../adapters/store/chat/slots.js';
import type { Answer } from '../../../digest/ports/chat-bot.js';
import { count } from '../../../digest/text/count.js';
import { DAY_MS } from '../../../digest/time/iso.js';
import { facts, list, note, paragraph } from '../../../digest/view/blocks.js';
import type { Block, Span } from '../../../digest/view/view.js';
import { otherMaintainers } from '../../ingest/maintainers-mark.js';
import { privately } from '../chat/answers.js';
import { destinationOf, followsOf } from '../chat/change.js';
import { catchingUp, catchUpText, sourceLabel } from '../chat/freshness.js';
import { nextRun, resultText, scheduleText } from '../chat/next-run.js';
import { type BotServices, type CommandContext, chatOf, type SourceStatus } from '../context.js';

/** If the newest mail is older than this, something is wrong with the sources. */
const STALE_MS = DAY_MS;

type Row = { label: string; spans: readonly Span[] };

interface DigestStatus {
  readonly destination: Destination | null;
  readonly follows: number;
  readonly last: StoredSlot | null;
  readonly newest: string | null;
  /** How many are here, while a source is read for the first time. */
  readonly messages: number;
  readonly sources: readonly SourceStatus[];
}

/** `/digest status`: last run, next run, how fresh the mail is, what is wrong: why it is silent. */
export async function digestStatus(context: CommandContext): Promise<Answer> {
  const { store } = context.library;
  const destination = await destinationOf(context);
  const sources = await context.sources();
  const status: DigestStatus = {
    destination,
    follows: (await followsOf(context, destination)).length,
    last: destination === null ? null : await chatOf(context).slots.last(destination.id),
    newest: (await store.freshness()).received,
    messages: catchingUp(sources).length === 0 ? 0 : (await store.counts()).messages,
    sources,
  };
  const why = reasons(context, status);
  const text = why[0] ?? 'All is well.';
  return privately({
    fallback: text,
    blocks: [
      facts([...placeRows(context, status), ...freshnessRows(status)]),
      why.length === 0 ? paragraph(text) : list(why.map((reason) => [{ text: reason }])),
    ],
  });
}

function placeRows(services: BotServices, { destination, follows, last }: DigestStatus): Row[] {
  const rows: Row[] = [
    { label: 'Follows', spans: [{ text: follows === 0 ? 'none' : String(follows) }] },
    {
      label: 'Last digest',
      spans:
        last === null
          ? [{ text: 'none yet' }]
          : [{ at: last.due, form: 'time' }, { text: `: ${resultText(last)}` }],
    },
  ];
  if (destination === null || !services.delivers(destination)) return rows.slice(0, 1);
  const paused = destination.state === 'active' ? '' : '; paused';
  rows.push({ label: 'Schedule', spans: [{ text: `${scheduleText(destination) ?? 'none'}${paused}` }] });
  const next = nextRun(services, destination);
  return next === null ? rows : [...rows, { label: 'Next digest', spans: [{ at: next, form: 'time' }] }];
}

/** How fresh the mail is, source by source. */
function freshnessRows({ newest, sources }: Pick<DigestStatus, 'newest' | 'sources'>): Row[] {
  const rows: Row[] = [
    {
      label: 'Newest mail',
      spans: newest === null ? [{ text: 'none yet' }] : [{ at: newest, form: 'relative' }],
    },
  ];
  for (const source of sources.slice(0, 20)) {
    const read: Span[] =
      source.caughtUpAt === null
        ? [{ text: 'first import running' }]
        : [{ text: 'read ' }, { at: source.caughtUpAt, form: 'relative' }];
    const wrong: Span[] = source.problem === null ? [] : [{ text: ` · ${source.problem}`, style: 'warn' }];
    rows.push({ label: sourceLabel(source), spans: [...read, ...wrong] });
  }
  return rows;
}

/** Why nothing comes, the nearest cause first; empty if something will. */
function reasons(
  services: BotServices,
  { destination, follows, last, newest, messages, sources }: DigestStatus,
): string[] {
  const found: string[] = [];
  if (follows === 0) found.push('Nothing is followed here: /follow kvm, for example.');
  if (destination !== null && !services.delivers(destination))
    found.push('Nothing is ever sent to a terminal: /digest shows what there is.');
  else if (destination !== null && follows > 0) found.push(...scheduleReasons(services, destination, last));
  if (destination?.state === 'active' && last?.state === 'empty')
    found.push('The last one was empty: nothing that is followed had arrived since the one before.');
  if (last?.problem != null && last.state !== 'sent')
    found.push(`The last one had a problem: ${last.problem}`);
  const far = catchUpText(sources, messages);
  if (newest === null) found.push(`There is no mail here yet. ${far ?? ''}`.trim());
  else if (far !== null) found.push(far);
  else if (services.library.isDemo)
    found.push('This is the mail in examples/, and no more of it comes: SOURCES reads your lists.');
  else if (services.nowMs() - Date.parse(newest) > STALE_MS)
    found.push('The newest mail here is more than a day old: a source may be stuck.');
  for (const source of sources)
    if (source.problem !== null) found.push(`${sourceLabel(source)} can't be read: ${source.problem}`);
  return found;
}

function scheduleReasons(services: BotServices, destination: Destination, last: StoredSlot | null): string[] {
  if (scheduleText(destination) === null)
    return ['No digest is scheduled: /digest at 09:00 weekdays Europe/Berlin sets one.'];
  switch (destination.state) {
    case 'paused':
      return ['It is paused: /digest resume starts it again.'];
    case 'broken':
      return [
        `It was paused after ${count(destination.failedSlots, 'failure')}: fix what keeps digests from being posted, then /digest resume.`,
      ];
    case 'active':
      return last === null && nextRun(services, destination) !== null
        ? ['The first one is not due yet.']
        : [];
    default:
      return destination.state satisfies never;
  }
}

/** `/covernote status`: how much mail is here, how fresh it is, how the sources do. */
export async function botStatus({ library, sources: statuses }: CommandContext): Promise<Answer> {
  const { store } = library;
  const [counts, { received: newest }, sources] = [
    await store.counts(),
    await store.freshness(),
    await statuses(),
  ];
  const rows: Row[] = [
    {
      label: 'Mail',
      spans: [{ text: `${count(counts.messages, 'message')}, ${count(counts.series, 'series', 'series')}` }],
    },
    ...freshnessRows({ newest, sources }),
  ];
  const far = catchUpText(sources, counts.messages);
  const blocks: Block[] = [facts(rows), ...(far === null ? [] : [note(far)])];
  const sorted = await otherMaintainers(store, library.catalog);
  if (sorted !== null)
    blocks.push(
      note(
        `Subsystems may be out of date: ${sorted.replace(' in it', ' here')}. The operator can run `,
        { text: 'covernote reindex', style: 'code' },
        ', also while I am running.',
      ),
    );
  if (sources.length > 20) blocks.push(note(`+${sources.length - 20} more sources`));
  return privately({ fallback: `${count(counts.series, 'series', 'series')} are here.`, blocks });
}
