import type { Destination } from '../../adapters/store/chat/destination.js';
import type { StoredSlot } from '../../adapters/store/chat/slots.js';
import type { Answer } from '../../digest/ports/chat-bot.js';
import { count } from '../../digest/text/count.js';
import type { Block, Span } from '../../digest/view/view.js';
import { note, paragraph, privately } from './answers.js';
import { destinationOf } from './change.js';
import { catchingUp, catchUpText, sourceLabel } from './freshness.js';
import { nextRun, resultText, scheduleText } from './next-run.js';
import { type Asked, type ChatScene, chatOf, type SourceStatus } from './scene.js';

/** Older than this, the newest mail says that something is wrong with the sources. */
const STALE_MS = 24 * 3_600_000;

type Row = { label: string; spans: readonly Span[] };

/** What is asked when a digest does not come. */
interface Standing {
  readonly destination: Destination | null;
  readonly follows: number;
  readonly last: StoredSlot | null;
  readonly newest: string | null;
  /** How many are here, while a source is read for the first time. */
  readonly messages: number;
  readonly sources: readonly SourceStatus[];
}

/** `/digest status`: last run, next run, how fresh the mail is, what is wrong: why it is silent. */
export async function answerStatus(asked: Asked): Promise<Answer> {
  const { scene } = asked;
  const destination = await destinationOf(asked);
  const sources = await scene.sources();
  const standing: Standing = {
    destination,
    follows: destination === null ? 0 : (await chatOf(scene).follows.of(destination.id)).length,
    last: destination === null ? null : await chatOf(scene).slots.last(destination.id),
    newest: (await scene.library.store.freshness()).received,
    messages: catchingUp(sources).length === 0 ? 0 : (await scene.library.store.counts()).messages,
    sources,
  };
  const why = reasons(scene, standing);
  const text = why[0] ?? 'Nothing keeps it silent.';
  return privately({
    fallback: text,
    blocks: [
      { kind: 'facts', rows: [...placeRows(scene, standing), ...freshnessRows(standing)] },
      why.length === 0 ? paragraph(text) : { kind: 'list', items: why.map((reason) => [{ text: reason }]) },
    ],
  });
}

function placeRows(scene: ChatScene, { destination, follows, last }: Standing): Row[] {
  const rows: Row[] = [
    { label: 'Follows', spans: [{ text: follows === 0 ? 'nothing' : count(follows, 'thing') }] },
    {
      label: 'Last digest',
      spans:
        last === null
          ? [{ text: 'none yet' }]
          : [{ at: last.due, form: 'time' }, { text: `: ${resultText(last)}` }],
    },
  ];
  if (destination === null || !scene.delivers(destination)) return rows.slice(0, 1);
  const paused = destination.state === 'active' ? '' : '; paused';
  rows.push({ label: 'Schedule', spans: [{ text: `${scheduleText(destination) ?? 'none'}${paused}` }] });
  const next = nextRun(scene, destination);
  return next === null ? rows : [...rows, { label: 'Next digest', spans: [{ at: next, form: 'time' }] }];
}

/** How fresh the mail is, source by source. */
function freshnessRows({ newest, sources }: Pick<Standing, 'newest' | 'sources'>): Row[] {
  const rows: Row[] = [
    {
      label: 'Newest mail',
      spans: newest === null ? [{ text: 'none yet' }] : [{ at: newest, form: 'relative' }],
    },
  ];
  for (const source of sources.slice(0, 20)) {
    const read: Span[] =
      source.caughtUpAt === null
        ? [{ text: 'being read for the first time' }]
        : [{ text: 'read ' }, { at: source.caughtUpAt, form: 'relative' }];
    const wrong: Span[] = source.problem === null ? [] : [{ text: ` · ${source.problem}`, style: 'warn' }];
    rows.push({ label: sourceLabel(source), spans: [...read, ...wrong] });
  }
  return rows;
}

/** Why nothing comes, the nearest cause first; empty where something will. */
function reasons(
  scene: ChatScene,
  { destination, follows, last, newest, messages, sources }: Standing,
): string[] {
  const found: string[] = [];
  if (follows === 0) found.push('Nothing is followed here: /follow kvm, for example.');
  if (destination !== null && !scene.delivers(destination))
    found.push('Nothing is ever sent to a terminal: /digest shows what there is.');
  else if (destination !== null && follows > 0) found.push(...scheduleReasons(scene, destination, last));
  if (destination?.state === 'active' && last?.state === 'empty')
    found.push('The last one was empty: nothing of what is followed came since the one before.');
  if (last?.problem != null && last.state !== 'sent')
    found.push(`The last one met a problem: ${last.problem}`);
  const far = catchUpText(sources, messages);
  if (newest === null) found.push(`There is no mail here yet. ${far ?? ''}`.trim());
  else if (far !== null) found.push(far);
  else if (scene.nowMs() - Date.parse(newest) > STALE_MS)
    found.push('The newest mail here is more than a day old: a source may be stuck.');
  for (const source of sources)
    if (source.problem !== null) found.push(`${sourceLabel(source)} can't be read: ${source.problem}`);
  return found;
}

function scheduleReasons(scene: ChatScene, destination: Destination, last: StoredSlot | null): string[] {
  if (scheduleText(destination) === null)
    return ['No digest is scheduled: /digest at 09:00 weekdays Europe/Berlin sets one.'];
  switch (destination.state) {
    case 'paused':
      return ['It is paused: /digest resume goes on.'];
    case 'broken':
      return [
        `It was stopped after ${count(destination.failedSlots, 'digest')} that could not be posted here. Mend that, then /digest resume.`,
      ];
    case 'active':
      return last === null && nextRun(scene, destination) !== null
        ? ['The first one has not been due yet.']
        : [];
    default:
      return destination.state satisfies never;
  }
}

/** `/covernote status`: how much mail is here, how fresh it is, how the sources do. */
export async function answerOwnStatus({ scene }: Asked): Promise<Answer> {
  const { store } = scene.library;
  const [counts, { received: newest }, sources] = [
    await store.counts(),
    await store.freshness(),
    await scene.sources(),
  ];
  const rows: Row[] = [
    {
      label: 'Mail',
      spans: [{ text: `${count(counts.messages, 'message')}, ${count(counts.series, 'series', 'series')}` }],
    },
    ...freshnessRows({ newest, sources }),
  ];
  const far = catchUpText(sources, counts.messages);
  const blocks: Block[] = [{ kind: 'facts', rows }, ...(far === null ? [] : [note(far)])];
  if (sources.length > 20) blocks.push(note(`+${sources.length - 20} more sources`));
  return privately({ fallback: `${count(counts.series, 'series', 'series')} are here.`, blocks });
}
