import type { Answer, ChatBot, Place, Requester } from '../../digest/ports/chat-bot.js';
import { personKey } from '../../digest/ports/chat-bot.js';
import { retryWords } from '../../digest/text/count.js';
import { createRateLimit, type RateLimit } from '../../digest/time/rate-limit.js';
import { problem } from '../commands/chat/answers.js';

/** Commands and presses: a person who leafs through pages presses once in two seconds. */
export const COMMANDS_A_MINUTE = 30;
/** Links to mails: more is a list of links, and each card takes room from others' talk. */
export const UNFURLS_A_MINUTE = 10;
/** Discord asks with each key that is pressed; more than the fastest typist. */
const SUGGESTIONS_A_MINUTE = 240;

/**
 * The bot, with a limit for each person and minute: one who asks too much is answered when to try again, and costs nothing else. Here all
 * chats come in. `monotonicMs`: `performance.now`.
 */
export function limitedBot(bot: ChatBot, monotonicMs: () => number): ChatBot {
  const commands = createRateLimit(COMMANDS_A_MINUTE, monotonicMs);
  const unfurls = createRateLimit(UNFURLS_A_MINUTE, monotonicMs);
  const suggestions = createRateLimit(SUGGESTIONS_A_MINUTE, monotonicMs);
  const limited = async (by: Caller, work: () => Promise<Answer>): Promise<Answer> => {
    const waitMs = take(commands, by);
    return waitMs === 0 ? work() : tooMany(waitMs);
  };
  return {
    ...bot,
    answer: (invocation) => limited(invocation, () => bot.answer(invocation)),
    press: (press) => limited(press, () => bot.press(press)),
    suggest: async (request) => (take(suggestions, request) === 0 ? bot.suggest(request) : []),
    // No one is waiting for a card that is not shown.
    unfurl: async (url, place, by) =>
      unfurls.take(personKey(place, by)) === 0 ? bot.unfurl(url, place, by) : null,
  };
}

interface Caller {
  readonly requester: Pick<Requester, 'id'>;
  readonly place: Pick<Place, 'platform' | 'tenant'>;
}

function take(limit: RateLimit, { requester, place }: Caller): number {
  return limit.take(personKey(place, requester.id));
}

function tooMany(waitMs: number): Answer {
  return problem(
    `That is more than ${COMMANDS_A_MINUTE} commands and presses in a minute.`,
    `Try again in ${retryWords(waitMs)}.`,
  );
}
