import type { Digest } from '../../../digest/contract/digest-answer.js';
import type { Action, Answer } from '../../../digest/ports/chat-bot.js';
import { toIso } from '../../../digest/time/iso.js';
import { digestView } from '../../../digest/view/digest-view.js';
import { pageOf } from '../../../digest/view/pages.js';
import type { Block } from '../../../digest/view/view.js';
import { idOf } from '../chat/action-ids.js';
import { button, echo, note, privately, problem, say } from '../chat/answers.js';
import { destinationOf, refusal } from '../chat/change.js';
import { formProblem } from '../chat/did-you-mean.js';
import { freshnessNotes, noMailWords } from '../chat/freshness.js';
import { nextRunBlock, toldText } from '../chat/next-run.js';
import { takePage } from '../chat/page-word.js';
import { specOf } from '../commands.js';
import { type Asked, type ChatScene, chatOf } from '../context.js';
import { followsNothing } from '../following.js';
import { readForm } from '../parse-line.js';
import { answerDigest } from './build.js';
import { answerEmpty, answerOff, answerPause, answerResume, answerSchedule } from './settings.js';
import { answerSilent } from './silent.js';
import { answerStatus } from './status.js';

const DAY_MS = 86_400_000;
const MOST_DAYS = 3_650;
/** Items of a section that a look back over days shows. */
const BUDGET = 8;

/** `/digest [FORM]`. */
export async function answerDigestCommand(typed: string, asked: Asked): Promise<Answer> {
  const read = readForm(specOf('digest'), typed);
  if (read.kind === 'problem') return formProblem(read.problem);
  const { form, rest } = read;
  if (form.changes) {
    const refused = refusal(asked, 'change the digests here');
    if (refused !== null) return refused;
    if (!asked.scene.delivers(asked.place) && form.name !== 'now') return notDelivered();
  }
  switch (form.name) {
    case 'now':
      return answerNow(asked);
    case 'at':
      return answerSchedule(rest, asked);
    case 'weekly':
      return answerSchedule(`weekly ${rest}`, asked);
    case 'pause':
      return answerPause(asked);
    case 'resume':
      return answerResume(asked);
    case 'off':
      return answerOff(asked);
    case 'empty':
      return answerEmpty(rest, asked);
    case 'silent':
      return answerSilent(rest, asked);
    case 'status':
      return answerStatus(asked);
    case 'last':
      return answerLast(rest, asked);
    default:
      return answerPreview(rest, asked);
  }
}

function notDelivered(): Answer {
  return problem(
    'Nothing is ever sent to a terminal, so there is nothing to schedule.',
    'Type /digest whenever you like, or set a token and run the bot.',
  );
}

/** What the next digest would hold; with a number of days behind it, what happened in these. */
async function answerPreview(typed: string, asked: Asked): Promise<Answer> {
  const { scene, place } = asked;
  const { words, page } = takePage(typed);
  if (words !== '' || !scene.delivers(place)) return answerDays(words === '' ? '1' : words, page, asked);
  const destination = await destinationOf(asked);
  if (destination === null || (await chatOf(scene).follows.of(destination.id)).length === 0)
    return followsNothing(asked);
  const digest = await scene.digests.preview(destination);
  const next = nextRunBlock(scene, destination);
  if (digest.groups.length > 0)
    return digestAnswer(scene, digest, {
      form: 'preview',
      page,
      notes: [note('For you alone: nothing was sent.'), next],
    });
  const blocks = [
    note('Nothing of what is followed here came since the last digest.'),
    ...(await freshnessNotes(scene)),
    next,
  ];
  return privately(say('The next digest would be empty as things stand.', ...blocks), [
    button(commandId('digest', 'status'), 'Why is it silent?'),
  ]);
}

function commandId(command: 'digest', words: string): string {
  const id = idOf({ kind: 'command', command, words, replaces: true });
  if (id === null) throw new Error(`the id for /${command} ${words} is too long`);
  return id;
}

/** A digest in as many pages as it takes. */
function digestAnswer(
  { pageCost }: ChatScene,
  digest: Digest,
  { form, page, notes }: { form: string; page: number; notes: readonly Block[] },
): Answer {
  const view = digestView(digest);
  const shown = pageOf(view, page, pageCost);
  const actions: Action[] =
    shown.number < shown.of
      ? [button(commandId('digest', `${form} page:${shown.number + 1}`), 'Next page')]
      : [];
  return privately({ ...shown.view, blocks: [...shown.view.blocks, ...notes] }, actions);
}

async function answerDays(words: string, page: number, asked: Asked): Promise<Answer> {
  const { scene } = asked;
  const days = /^\d{1,4}d?$/.test(words) ? Number.parseInt(words, 10) : Number.NaN;
  if (!(days >= 1 && days <= MOST_DAYS))
    return problem(
      `${echo(words)} is no number of days.`,
      'For example: /digest 7. /covernote help digest tells what else there is.',
    );
  const { store } = scene.library;
  const { received: newest } = await store.freshness();
  if (newest === null) {
    const { message, remedy } = await noMailWords(scene);
    return problem(message, remedy);
  }
  // The mail that is here may be old: the window ends just behind the newest.
  const untilMs = Math.min(Date.parse(newest) + 1000, Math.max(scene.nowMs(), Date.parse(newest)) + 1000);
  const window = { since: toIso(untilMs - days * DAY_MS), until: toIso(untilMs) };
  const destination = await destinationOf(asked);
  const follows = destination === null ? [] : await chatOf(scene).follows.of(destination.id);
  const { digest, hint } = await answerDigest(scene.library, {
    follows: follows.map((follow) => follow.words),
    window,
    budget: BUDGET,
  });
  return digestAnswer(scene, digest, {
    form: `preview ${days}`,
    page,
    notes: hint === null ? [] : [note(hint)],
  });
}

async function answerNow(asked: Asked): Promise<Answer> {
  const { scene, place } = asked;
  if (!scene.delivers(place)) return answerDays('1', 1, asked);
  const destination = await destinationOf(asked);
  if (destination === null || (await chatOf(scene).follows.of(destination.id)).length === 0)
    return followsNothing(asked);
  const result = await scene.digests.now(destination);
  switch (result.kind) {
    case 'planned':
      return privately(
        say(`The digest is on its way: ${toldText(result.digest)}.`, nextRunBlock(scene, destination)),
      );
    case 'empty':
      return privately(
        say('There is nothing new to send since the last digest.', nextRunBlock(scene, destination)),
        [button(commandId('digest', 'status'), 'Why is it silent?')],
      );
    case 'busy':
      return problem(
        'A digest for this place is being made at this very moment.',
        'Wait a minute, then look at /digest last.',
      );
    default:
      return result satisfies never;
  }
}

/** Everything of the last digest, with what its messages left out. */
async function answerLast(typed: string, asked: Asked): Promise<Answer> {
  const { scene } = asked;
  const destination = await destinationOf(asked);
  const slot = destination === null ? null : await chatOf(scene).slots.lastTold(destination.id);
  if (slot === null)
    return problem(
      'No digest was sent here yet.',
      'Look at the next one with /digest, or send it with /digest now.',
    );
  return digestAnswer(scene, slot.digest, {
    form: 'last',
    page: takePage(typed).page,
    notes: [note('The digest of ', { at: slot.due, form: 'time' }, ', in full.')],
  });
}
