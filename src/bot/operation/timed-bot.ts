import type { Answer, ChatBot } from '../../digest/ports/chat-bot.js';
import type { Metrics } from './metrics.js';

/** The bot, with the time of each answer told to the metrics. */
export function timedBot(bot: ChatBot, metrics: Pick<Metrics, 'command'>): ChatBot {
  const timed = async (name: string, work: () => Promise<Answer>): Promise<Answer> => {
    const began = performance.now();
    let outcome: 'done' | 'problem' | 'failed' = 'failed';
    try {
      const answer = await work();
      outcome = answer.kind;
      return answer;
    } finally {
      metrics.command(name, outcome, (performance.now() - began) / 1000);
    }
  };
  return {
    ...bot,
    answer: (invocation) => timed(invocation.command, () => bot.answer(invocation)),
    press: (press) => timed('press', () => bot.press(press)),
  };
}
