import type { Answer } from '../../../digest/ports/chat-bot.js';
import type { SeriesRecord } from '../../../digest/series/record.js';
import { problem } from '../chat/answers.js';
import { type CommandContext, chatOf } from '../context.js';

/** Answers about the series that now holds the message that an anchor names. */
export async function withSeries(
  context: CommandContext,
  anchor: string,
  answer: (series: SeriesRecord) => Promise<Answer>,
): Promise<Answer> {
  const message = await chatOf(context).anchors.resolve(anchor);
  const series = message === null ? null : await context.library.store.seriesByMessage(message);
  if (series !== null) return answer(series);
  return problem('This series is no longer here.', 'Ask for it again with /series and words of its title.');
}
