import { withTerm } from '../../../digest/follow/conditions.js';
import { formatFollow } from '../../../digest/follow/format-follow.js';
import type { Answer } from '../../../digest/ports/chat-bot.js';
import { count } from '../../../digest/text/count.js';
import { orList } from '../../../digest/text/or-list.js';
import { DAY_MS, toIso } from '../../../digest/time/iso.js';
import { echo, problem } from '../chat/answers.js';
import { commandButton, commandButtons } from '../chat/command-button.js';
import type { CommandContext } from '../context.js';
import { followsText } from './follow-words.js';
import { PREVIEW_DAYS, previewFollow } from './preview-follow.js';
import type { Want } from './read-want.js';
import { unseenValue } from './unseen-value.js';

const WEEK_MS = 7 * DAY_MS;

/** What the button behind a question adds: it was meant so. */
const SURE = ' sure:yes';

/** Words without it, and whether it was there. */
export function takeSure(words: string): { readonly typed: string; readonly isSure: boolean } {
  const isSure = words.endsWith(SURE);
  return { typed: isSure ? words.slice(0, -SURE.length) : words, isSure };
}

/**
 * A question if a follow matches nothing of the last 30 days, with an unknown value as the likely reason: it may be a mistake, but mail for
 * it may also still arrive. null if all is well, or if there is no mail of these days to check.
 */
export async function askFirst(wants: readonly Want[], context: CommandContext): Promise<Answer | null> {
  const { library, nowMs } = context;
  if ((await library.store.seriesSince(toIso(nowMs() - PREVIEW_DAYS * DAY_MS))) === 0) return null;
  for (const { tree } of wants) {
    const { matched, isPart } = await previewFollow(tree, context);
    if (matched.length > 0 || (await isHere(tree, context))) continue;
    const unseen = await unseenValue(tree, library);
    // More mail came than was looked at: only a value that is not known at all says something.
    if (isPart && unseen === null) continue;
    const meant = (unseen?.near ?? []).map((value) =>
      formatFollow({ ...tree, where: withTerm(tree.where, unseen?.condition ?? value, value) }),
    );
    const line = `follow ${wants.map(({ words }) => words).join(', ')}${SURE}`;
    const nothing = `Nothing matched in the last ${PREVIEW_DAYS} days: ${await followsText(context, [{ tree }])}.`;
    const instead = meant.length === 0 ? '' : `Did you mean ${orList(meant)}? `;
    return problem(
      [isPart ? '' : nothing, unseen?.message ?? ''].join(' ').trim(),
      `${instead}Add sure:yes to follow it anyway.`,
      [...commandButtons(meant.map((words) => `follow ${words}`)), ...commandButton(line, 'Follow it')],
    );
  }
  return null;
}

/** One series that is here may well be silent for a month. */
async function isHere({ where }: Want['tree'], { library }: CommandContext): Promise<boolean> {
  return (
    where.kind === 'series' &&
    where.query.includes('@') &&
    (await library.store.seriesByMessage(where.query)) !== null
  );
}

/** A message for every series is never meant; the count says why. */
export async function refuseEverything(
  { tree }: Want,
  typed: string,
  { library, nowMs }: CommandContext,
): Promise<Answer> {
  const week = await library.store.seriesSince(toIso(nowMs() - WEEK_MS));
  const all = tree.where.kind === 'all';
  const broad = all ? `${echo(typed)} would send everything` : `${echo(typed)} is too broad`;
  const many = all
    ? `${count(week, 'series', 'series')} in the last 7 days alone`
    : `it would send up to ${count(week, 'series', 'series')}, all that had mail in the last 7 days`;
  return problem(
    // Without mail the count says nothing.
    week === 0 ? `${broad}.` : `${broad}: ${many}.`,
    'Name a subsystem, a list, an author or a path, such as /follow kvm, and add filters.',
  );
}
