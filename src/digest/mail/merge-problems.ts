import type { Problem } from './mail.js';

/** What the place a mail was read from says of it, then what the mail shows itself; the same code is listed once. */
export function mergeProblems(place: readonly Problem[], mail: readonly Problem[]): Problem[] {
  const told = new Set(place.map((problem) => problem.code));
  return [...place, ...mail.filter((problem) => !told.has(problem.code))];
}
