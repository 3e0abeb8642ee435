import { count } from '../../../digest/text/count.js';
import { oneLine, shorten } from '../../../digest/text/inert.js';
import { withoutTail } from '../../../digest/text/without-tail.js';
import { note } from '../../../digest/view/blocks.js';
import type { Block } from '../../../digest/view/view.js';
import type { BotServices, SourceStatus } from '../context.js';

const MOST_NAMED = 3;

type Services = Pick<BotServices, 'library' | 'sources'>;

/** A source for people: a folder of the machine that the bot runs on by its last name, an address as it is. */
export function sourceLabel({ name }: Pick<SourceStatus, 'name'>): string {
  const plain = oneLine(name).replace(/^follow:/, '');
  const path = withoutTail(plain, '/');
  const label = plain.includes('://') ? plain : path.slice(path.lastIndexOf('/') + 1);
  return shorten(label, 60);
}

/** Sources that were never read to their end yet: the first catch-up of a list can take an hour. */
export function catchingUp(sources: readonly SourceStatus[]): readonly SourceStatus[] {
  return sources.filter(({ caughtUpAt, problem }) => caughtUpAt === null && problem === null);
}

/**
 * How far the first reading of the sources has come: `I am still reading lore:kvm for the first time: 12,345 messages are here so far.`; null
 * once all have been read to their end.
 */
export function catchUpText(sources: readonly SourceStatus[], messages: number): string | null {
  const reading = catchingUp(sources);
  if (reading.length === 0) return null;
  const named = reading.slice(0, MOST_NAMED).map(sourceLabel);
  const more = reading.length - named.length;
  const names = named.join(', ') + (more > 0 ? ` and ${count(more, 'more source')}` : '');
  const far =
    messages === 0
      ? 'none of its mail is here yet'
      : `${count(messages, 'message')} ${messages === 1 ? 'is' : 'are'} here so far`;
  return `I am still reading ${names} for the first time: ${far}.`;
}

/** How fresh the mail is, where something was looked for and not found. */
export async function freshnessNotes(services: Services): Promise<Block[]> {
  const { store } = services.library;
  const { received: newest } = await store.freshness();
  const sources = await services.sources();
  const reading = catchingUp(sources);
  const far = reading.length === 0 ? null : catchUpText(sources, (await store.counts()).messages);
  if (newest === null) return [note(far ?? 'There is no mail here yet.')];
  const fresh = note('The newest mail here was received ', { at: newest, form: 'relative' }, '.');
  return far === null ? [fresh] : [note(far), fresh];
}

/** Why there is no mail at all, and what to do. */
export async function noMailWords({
  library,
  sources: statuses,
}: Services): Promise<{ message: string; remedy: string }> {
  const sources = await statuses();
  const far = catchUpText(sources, (await library.store.counts()).messages);
  if (far !== null)
    return { message: `There is no mail here yet. ${far}`, remedy: 'Ask again in a few minutes.' };
  const [wrong] = sources.filter(({ problem }) => problem !== null);
  return {
    message: 'There is no mail here yet.',
    remedy:
      wrong === undefined
        ? 'Mail comes with the first source: the operator of this bot sets it in SOURCES.'
        : `${sourceLabel(wrong)}: ${shorten(oneLine(wrong.problem ?? ''), 300)}`,
  };
}
