import type { Library } from '../src/bot/library.js';
import { createBenchBot, place, requester } from './bot.js';
import type { Latency } from './latency.js';

const WARM_UP = 5;

/** What is typed, in turn: what one changes the next takes back. The ids are those of replicas. */
const COMMANDS = [
  '/series 00000000002a',
  '/series 00000000002a view:patches',
  '/series foll_pin',
  '/series io_uring zero copy receive',
  '/series fix',
  '/series regsitered bufers',
  '/series qqqzzz',
  '/follow kvm mm',
  '/following',
  '/digest at 09:00 weekdays Europe/Berlin',
  '/digest at 17:00 Europe/Berlin',
  '/digest status',
  '/unfollow kvm mm',
  '/follow kvn',
  '/follow all',
  '/subsystems memory',
  '/covernote status',
  '/covernote help',
];

/**
 * How long each command takes in process, warm: the median and the 99th percentile of several rounds through all of them. `hits`: what can
 * be pressed below the answer.
 */
export async function measureCommands(library: Library, rounds: number): Promise<Latency[]> {
  const bot = createBenchBot(library, 'commands');
  const measured = COMMANDS.map((line) => ({ line, taken: [] as number[], hits: 0 }));
  for (let round = -WARM_UP; round < rounds; round++)
    for (const one of measured) {
      const start = performance.now();
      const { actions } = await bot.answer({ request: { kind: 'typed', line: one.line }, requester, place });
      if (round >= 0) one.taken.push(performance.now() - start);
      one.hits = actions.length;
    }
  return measured.map(({ line, taken, hits }) => {
    taken.sort((a, b) => a - b);
    const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? 0;
    return { question: line, hits, p50Ms: at(0.5), p99Ms: at(0.99) };
  });
}
