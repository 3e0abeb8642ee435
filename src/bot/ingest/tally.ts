import type { Problem } from '../../digest/mail/mail.js';

/** How often each thing happened, by its code, with the first case. */
export type Tally = Readonly<Record<string, { readonly count: number; readonly example: string }>>;

export function createTally() {
  const counts = new Map<string, { count: number; example: string }>();
  return {
    add(problem: Problem, where: string): void {
      const entry = counts.get(problem.code);
      if (entry !== undefined) entry.count++;
      else {
        const example = problem.detail === '' ? where : `${where}: ${problem.detail}`;
        counts.set(problem.code, { count: 1, example });
      }
    },
    result: (): Tally => Object.fromEntries(counts),
  };
}
