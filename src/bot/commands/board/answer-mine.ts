import { mineKinds } from '../../../digest/plan/my-board.js';
import { notSnoozed } from '../../../digest/plan/snooze.js';
import type { Answer } from '../../../digest/ports/chat-bot.js';
import { toIso } from '../../../digest/time/iso.js';
import { myBoardView } from '../../../digest/view/my-board-view.js';
import { pageOf } from '../../../digest/view/pages.js';
import { privately } from '../chat/answers.js';
import { commandButton, pageButtons } from '../chat/command-button.js';
import { emailsOf, personOf } from '../chat/requester-person.js';
import { type CommandContext, chatOf } from '../context.js';
import { weeklyText } from '../me/weekly.js';
import { snoozeSelect } from '../snooze/snooze-press.js';
import { findMine } from './find-mine.js';
import { rowsOnPage } from './rows-on-page.js';

/** What is waiting for the user and what is theirs; null if they registered no address. */
export async function answerMine(page: number, context: CommandContext): Promise<Answer | null> {
  const emails = await emailsOf(context);
  if (emails.length === 0) return null;
  const nowMs = context.nowMs();
  const { rows, ...bounds } = await findMine(context.library, emails, nowMs);
  const isShown = notSnoozed(await chatOf(context).snoozes.of(personOf(context)), toIso(nowMs));
  const shown = rows.filter(({ series }) => isShown(series));
  const view = myBoardView(shown, { snoozed: rows.length - shown.length, ...bounds });
  const one = pageOf(view, page, context.pageCost);
  const listed = mineKinds.flatMap((kind) => shown.filter((row) => row.kind === kind));
  return privately(one.view, [
    ...(await snoozeSelect(rowsOnPage(listed, view, one.number, context.pageCost), context)),
    ...pageButtons('board me', one),
    ...commandButton('board all', 'All that waits'),
    ...((await weeklyText(context)) === null ? commandButton('me weekly', 'Send me this weekly') : []),
  ]);
}
