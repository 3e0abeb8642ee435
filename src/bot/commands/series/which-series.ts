import type { Answer } from '../../../digest/ports/chat-bot.js';
import { echo, problem } from '../chat/answers.js';
import { commandButton } from '../chat/command-button.js';
import type { BotServices } from '../context.js';
import { nearSeries, type OneSeries } from './one-series.js';

const MOST_BUTTONS = 5;

/**
 * The answer where words for one series find none or several: those that may be meant are buttons. `lineOf`: the command for one of them,
 * of its id.
 */
export async function whichSeries(
  words: string,
  found: Exclude<OneSeries, { kind: 'one' }>,
  lineOf: (id: string) => string,
  { library }: BotServices,
): Promise<Answer> {
  const isMany = found.kind === 'many';
  const meant = isMany ? found.matches : await nearSeries(library, words);
  const shown = meant.slice(0, MOST_BUTTONS);
  const buttons = shown.flatMap(({ id, title }) => commandButton(lineOf(id), title));
  const isPart = isMany && (found.hasMore || found.matches.length > shown.length);
  const remedy = !isMany
    ? `${buttons.length > 0 ? 'Is it one of these? ' : ''}/series searches titles.`
    : isPart
      ? 'Choose one, or add a word of its title.'
      : 'Choose one.';
  return problem(
    isMany ? `Several series match ${echo(words)}.` : `No series matches ${echo(words)}.`,
    remedy,
    buttons,
  );
}
