import { orderNames } from '../../../digest/plan/item-order.js';
import { DEFAULT_LAYOUT, digestForms, type Layout, threadChoices } from '../../../digest/plan/layout.js';
import { type CountKey, sectionKeys, usualSections } from '../../../digest/plan/sections.js';
import type { Action, Answer } from '../../../digest/ports/chat-bot.js';
import { listed } from '../../../digest/text/listed.js';
import { facts, note, say } from '../../../digest/view/blocks.js';
import { idOf } from '../chat/action-ids.js';
import { button, echo, privately, problem } from '../chat/answers.js';
import { announceSettings, destinationOf } from '../chat/change.js';
import { ensureDestination } from '../chat/ensure-destination.js';
import type { CommandContext } from '../context.js';
import { atOnceText, readLimit, readQuiet } from './at-once-words.js';
import type { LayoutChange } from './layout-change.js';

const MOST_ITEMS = 25;
const NUMBER = /^\d{1,9}$/;

/** Words for each section, as people type them; the first is the one that covernote shows. */
const WORDS_OF_SECTION: Readonly<Record<CountKey, readonly [string, ...string[]]>> = {
  series: ['new', 'series'],
  versions: ['versions', 'version'],
  discussed: ['discussed', 'discussion'],
  applied: ['applied'],
  backports: ['backports', 'backport'],
  waiting: ['waiting', 'waits', 'board'],
};
const SECTION_WORDS: ReadonlyMap<string, CountKey> = new Map(
  sectionKeys.flatMap((key) => WORDS_OF_SECTION[key].map((word): [string, CountKey] => [word, key])),
);

/** The word for a section, as `sections:` takes it. */
export function sectionWord(key: CountKey): string {
  return WORDS_OF_SECTION[key][0];
}

/** The words for all sections, in their order. */
export const sectionWords: readonly string[] = sectionKeys.map(sectionWord);

const HOW = 'For example: /digest layout full 15 sections:new,versions,applied order:size.';

/** `compact`, `full`, `15`, `sections:new,applied`, `order:newest`, `default`, in any order. */
export function readLayout(words: string): LayoutChange {
  let change: Partial<Layout> = {};
  for (const word of words.split(/\s+/).filter((one) => one !== '')) {
    const [key = '', ...rest] = word.toLowerCase().split(':');
    const read = readWord(key, rest.length === 0 ? null : rest.join(':'));
    if (read.kind === 'problem') return read;
    change = { ...change, ...read.change };
  }
  return { kind: 'change', change };
}

function readWord(key: string, value: string | null): LayoutChange {
  const form = digestForms.find((one) => one === (value === null ? key : key === 'form' ? value : ''));
  if (form !== undefined) return { kind: 'change', change: { form } };
  if (value === null && (key === 'default' || key === 'defaults')) {
    const { unfurl: _, ...change } = DEFAULT_LAYOUT;
    return { kind: 'change', change };
  }
  if (value === null && NUMBER.test(key)) return readItems(Number(key));
  if (key === 'items' && value !== null) return readItems(NUMBER.test(value) ? Number(value) : Number.NaN);
  if (key === 'sections' && value !== null) return readSections(value);
  if (key === 'order' && value !== null) return readOrder(value);
  if (key === 'threads' && value !== null) return readThreads(value);
  if (key === 'quiet' && value !== null) return readQuiet(value);
  if (key === 'limit' && value !== null) return readLimit(NUMBER.test(value) ? Number(value) : Number.NaN);
  const typed = value === null ? key : `${key}:${value}`;
  return { kind: 'problem', message: `${echo(typed)} is not part of a layout.`, remedy: HOW };
}

export function readItems(items: number): LayoutChange {
  if (items >= 1 && items <= MOST_ITEMS) return { kind: 'change', change: { items } };
  const message = `A section shows 1 to ${MOST_ITEMS} series.`;
  return { kind: 'problem', message, remedy: 'Show all opens the others.', option: 'items' };
}

/** `new,versions`; `all`. */
export function readSections(typed: string): LayoutChange {
  const words = typed.split(/[\s,+]+/).filter((one) => one !== '');
  if (words.length === 1 && words[0] === 'all')
    return { kind: 'change', change: { sections: [...sectionKeys] } };
  const chosen = new Set<CountKey>();
  for (const word of words) {
    const section = SECTION_WORDS.get(word);
    if (section === undefined)
      return {
        kind: 'problem',
        message: `${echo(word)} is not a section of a digest.`,
        remedy: `The sections are ${listed(sectionWords)}; all shows all of them.`,
        option: 'sections',
      };
    chosen.add(section);
  }
  if (chosen.size > 0)
    return { kind: 'change', change: { sections: sectionKeys.filter((key) => chosen.has(key)) } };
  const message = 'A digest has at least one section.';
  return { kind: 'problem', message, remedy: '/digest off ends digests here.', option: 'sections' };
}

function readOrder(typed: string): LayoutChange {
  const order = orderNames.find((one) => one === typed);
  if (order !== undefined) return { kind: 'change', change: { order } };
  return {
    kind: 'problem',
    message: `${echo(typed)} is not an order for a digest.`,
    remedy: `The orders are ${orderNames.join(', ')}.`,
    option: 'order',
  };
}

function readThreads(typed: string): LayoutChange {
  const threads = threadChoices.find((one) => one === typed);
  if (threads !== undefined) return { kind: 'change', change: { threads } };
  return {
    kind: 'problem',
    message: `${echo(typed)} is not a valid choice for threads.`,
    remedy: 'Type threads:single or threads:subsystem.',
    option: 'threads',
  };
}

/** The parts of a form put together; null: left as it is. */
export function layoutOf(parts: readonly (Partial<Layout> | LayoutChange | null)[]): LayoutChange {
  let change: Partial<Layout> = {};
  for (const part of parts) {
    if (part === null) continue;
    if (!('kind' in part)) change = { ...change, ...part };
    else if (part.kind === 'problem') return part;
    else change = { ...change, ...part.change };
  }
  return { kind: 'change', change };
}

/** `/digest layout …`: how digests look here; without words, how they look now. */
export async function setLayout(read: LayoutChange, context: CommandContext): Promise<Answer> {
  if (read.kind === 'problem') {
    const wrong = problem(read.message, read.remedy);
    return read.option === undefined ? wrong : { ...wrong, option: read.option };
  }
  const stored = (await destinationOf(context))?.layout ?? DEFAULT_LAYOUT;
  if (Object.keys(read.change).length === 0) return showLayout(stored, context);
  const layout = { ...stored, ...read.change };
  const text = `Digests here: ${layoutText(layout)}.`;
  if (JSON.stringify(layout) === JSON.stringify(stored))
    return privately(say(`${text} That was already the setting.`));
  if (!context.delivers(context.place))
    return problem('Nothing is ever sent to a terminal.', 'Type /digest whenever you like.');
  const destination = await ensureDestination(context);
  return announceSettings(context, destination, { layout }, { text, next: 'with schedule' });
}

/** `compact, at most 10 series per section, all sections, by importance`. */
export function layoutText(layout: Layout): string {
  const { form, items, sections, order, threads } = layout;
  const all = sections.length === sectionKeys.length;
  return [
    form === 'compact' ? 'compact' : 'in full',
    `at most ${items} series per section`,
    all
      ? 'all sections'
      : isUsualChoice(sections)
        ? 'all sections except Waiting'
        : `only ${listed(sections.map(nameOf))}`,
    order === 'importance' ? 'by importance' : ORDER_WORDS[order],
    ...(threads === 'single' ? [] : ['a thread for each subsystem']),
    ...(isUsual(layout) ? [] : [`at once ${atOnceText(layout)}`]),
  ].join(', ');
}

function isUsualChoice(sections: readonly CountKey[]): boolean {
  return sections.join() === usualSections.join();
}

/** The bounds of immediate news concern few places: they are shown only if they were changed. */
function isUsual({ limit, quiet }: Layout): boolean {
  return limit === DEFAULT_LAYOUT.limit && quiet === DEFAULT_LAYOUT.quiet;
}

const ORDER_WORDS = {
  newest: 'the newest first',
  oldest: 'the oldest first',
  size: 'the largest first',
  replies: 'the most discussed first',
} as const;

function nameOf(key: CountKey): string {
  const names = {
    series: 'new series',
    versions: 'new versions',
    discussed: 'discussed',
    applied: 'applied',
    backports: 'backports',
    waiting: 'waiting',
  };
  return names[key];
}

function showLayout(layout: Layout, context: CommandContext): Answer {
  const rows = [
    { label: 'Each series', spans: [{ text: layout.form === 'compact' ? 'compact' : 'in full' }] },
    { label: 'Series per section', spans: [{ text: `${layout.items} at most; Show all opens the others` }] },
    { label: 'Sections', spans: [{ text: layout.sections.map(nameOf).join(', ') }] },
    {
      label: 'Order',
      spans: [{ text: layout.order === 'importance' ? 'by importance' : ORDER_WORDS[layout.order] }],
    },
    {
      label: 'Threads',
      spans: [{ text: layout.threads === 'single' ? 'one for the whole digest' : 'one for each subsystem' }],
    },
    { label: 'At once', spans: [{ text: `${atOnceText(layout)}; the rest comes with the digest` }] },
  ];
  return privately(
    { fallback: `Digests here: ${layoutText(layout)}.`, blocks: [facts(rows), note(HOW)] },
    context.delivers(context.place) ? changeButtons(layout) : [],
  );
}

/** The most frequent changes, one press each: also from where no command reaches the place. */
function changeButtons({ form, threads }: Layout): Action[] {
  const changes: readonly (readonly [words: string, label: string])[] = [
    form === 'compact' ? ['layout full', 'Show more per series'] : ['layout compact', 'Show less per series'],
    threads === 'single'
      ? ['layout threads:subsystem', 'A thread for each subsystem']
      : ['layout threads:single', 'One thread for all'],
  ];
  return changes.flatMap(([words, label]) => {
    const id = idOf({ kind: 'command', command: 'digest', words, replaces: false });
    return id === null ? [] : [button(id, label)];
  });
}
