import type { Destination } from '../../../adapters/store/chat/destination.js';
import type { Digest } from '../../../digest/plan/digest.js';
import { messageIdsOf } from '../../../digest/plan/digest-units.js';
import type { Answer } from '../../../digest/ports/chat-bot.js';
import { DAY_MS, toIso } from '../../../digest/time/iso.js';
import { note, say } from '../../../digest/view/blocks.js';
import { digestView } from '../../../digest/view/digest-view.js';
import { pageOf } from '../../../digest/view/pages.js';
import type { Block, View } from '../../../digest/view/view.js';
import { changeDigests, refusal } from '../access.js';
import { shortId } from '../chat/action-ids.js';
import { button, echo, privately, problem } from '../chat/answers.js';
import { destinationOf, followsOf } from '../chat/change.js';
import { commandButton, pageButtons, takePage } from '../chat/command-button.js';
import { freshnessNotes, noMailWords } from '../chat/freshness.js';
import { nextRunBlocks, seriesText } from '../chat/next-run.js';
import { type CommandContext, chatOf } from '../context.js';
import { answerDigest } from './build.js';

const MOST_DAYS = 3_650;
/** Items of a section that a look back over days shows where pages can be turned, and where all of it is one. */
const BUDGET = { paged: 500, whole: 8 } as const;

/** How many days to look back, as it was given; '' for what the next digest would hold. */
export interface Days {
  readonly days: string;
  readonly page: number;
}

export function readDays(typed: string): Days {
  const { words, page } = takePage(typed);
  return { days: words, page };
}

/** What the next digest would hold; with a number of days, what happened in these. */
export async function answerPreview({ days, page }: Days, context: CommandContext): Promise<Answer> {
  if (days !== '' || !context.delivers(context.place))
    return answerDays({ days: days === '' ? '1' : days, page }, context);
  const destination = await followingDestination(context);
  if (destination === null) return followsNothing(context);
  const { digest } = (await context.digests.digestPreview(destination)).plan;
  const next = nextRunBlocks(context, destination);
  if (digest.groups.length > 0) {
    const notes = [note('For you alone: nothing was sent.'), ...next];
    const answer = await digestAnswer(context, digest, { form: 'preview', page, notes });
    const mayChange = refusal(changeDigests, context) === null;
    return {
      ...answer,
      actions: [...answer.actions, ...(mayChange ? commandButton('digest now', 'Send now') : [])],
    };
  }
  const blocks = [
    note('Nothing that is followed here has arrived since the last digest.'),
    ...(await freshnessNotes(context)),
    ...next,
  ];
  return privately(say('As things are, the next digest would be empty.', ...blocks), whySilent());
}

function whySilent() {
  return commandButton('digest status', 'Why no digest?');
}

async function digestAnswer(
  context: CommandContext,
  digest: Digest,
  { form, page, notes }: { form: string; page: number; notes: readonly Block[] },
): Promise<Answer> {
  const { view, shown } = await digestPage(context, digest, page, notes);
  return privately(view, pageButtons(`digest ${form}`, shown));
}

/** One page of a digest with menus that work: their ids hold what is remembered here. */
async function digestPage(
  context: CommandContext,
  digest: Digest,
  page: number,
  notes: readonly Block[],
): Promise<{ view: View; shown: { readonly number: number; readonly of: number } }> {
  await chatOf(context).anchors.anchors(messageIdsOf(digest.groups));
  const shown = pageOf(digestView(digest), page, context.pageCost);
  return { view: { ...shown.view, blocks: [...shown.view.blocks, ...notes] }, shown };
}

async function answerDays({ days: typed, page }: Days, context: CommandContext): Promise<Answer> {
  const days = /^\d{1,4}d?$/.test(typed) ? Number.parseInt(typed, 10) : Number.NaN;
  if (!(days >= 1 && days <= MOST_DAYS))
    return problem(
      `${echo(typed)} is not a valid number of days.`,
      'For example: /digest 7. /covernote help digest shows what else there is.',
    );
  const { received: newest } = await context.library.store.freshness();
  if (newest === null) {
    const { message, remedy } = await noMailWords(context);
    return problem(message, remedy);
  }
  // The mail that is here may be old: the window ends just after the newest.
  const untilMs = Math.min(Date.parse(newest) + 1000, Math.max(context.nowMs(), Date.parse(newest)) + 1000);
  const window = { since: toIso(untilMs - days * DAY_MS), until: toIso(untilMs) };
  const destination = await destinationOf(context);
  const follows = await followsOf(context, destination);
  const { digest, hint } = await answerDigest(context.library, {
    follows: follows.map(({ tree }) => tree),
    window,
    budget: Number.isFinite(context.pageCost) ? BUDGET.paged : BUDGET.whole,
    muted: destination === null ? new Set() : await chatOf(context).mutes.keys(destination.id),
  });
  const notes = hint === null ? [] : [note(hint)];
  return digestAnswer(context, digest, { form: `preview ${days}`, page, notes });
}

/** `/digest now`. */
export async function answerNow(context: CommandContext): Promise<Answer> {
  if (!context.delivers(context.place)) return answerDays({ days: '1', page: 1 }, context);
  const destination = await followingDestination(context);
  if (destination === null) return followsNothing(context);
  const result = await context.digests.digestNow(destination);
  const next = nextRunBlocks(context, destination);
  switch (result.kind) {
    case 'planned':
      if (result.refused !== undefined) return problem(result.refused.replaceAll('`', ''), '');
      return privately(say(`The digest is on its way: ${seriesText(result.plan.digest)}.`, ...next));
    case 'empty':
      return privately(say('There is nothing new to send since the last digest.', ...next), whySilent());
    case 'busy':
      return problem(
        'A digest for this place is being prepared right now.',
        'Wait a minute, then look at /digest last.',
      );
    default:
      return result satisfies never;
  }
}

/** Everything of the last digest, with what its messages left out. */
export async function answerLast(page: number, context: CommandContext): Promise<Answer> {
  const destination = await destinationOf(context);
  const slot = destination === null ? null : await chatOf(context).slots.lastReported(destination.id);
  if (slot === null)
    return problem(
      'No digest was sent here yet.',
      'Look at the next one with /digest, or send it with /digest now.',
    );
  const notes = [note('The digest of ', { at: slot.due, form: 'time' }, ', in full.')];
  return digestAnswer(context, slot.digest, { form: 'last', page, notes });
}

/** The button below a posted digest: everything of that one, page by page. */
export async function answerWhole(
  { madeAt, page, pops }: { readonly madeAt: string; readonly page: number; readonly pops: boolean },
  context: CommandContext,
): Promise<Answer> {
  const destination = await destinationOf(context);
  const slot = destination === null ? null : await chatOf(context).slots.madeAt(destination.id, madeAt);
  if (slot === null)
    return problem('This digest is no longer stored.', '/digest last shows the last one that is.');
  const { view, shown } = await digestPage(context, slot.digest, page, []);
  const next = shown.number + 1;
  const actions =
    next > shown.of
      ? []
      : [button(shortId({ kind: 'digest', madeAt, page: next, pops: false }), 'Next page')];
  return { ...privately(view, actions), replaces: !pops };
}

async function followingDestination(context: CommandContext): Promise<Destination | null> {
  const destination = await destinationOf(context);
  return (await followsOf(context, destination)).length === 0 ? null : destination;
}

function followsNothing({ place }: CommandContext): Answer {
  return problem(
    `${place.kind === 'channel' ? 'This channel follows' : 'You follow'} nothing yet, so there is no digest.`,
    'Try /follow kvm; /subsystems lists what there is.',
  );
}
