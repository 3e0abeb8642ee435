import type { Problem } from './mail.js';

/** The problems of the place that a mail was read from, then the mail's own; the same code is listed once. */
export function mergeProblems(place: readonly Problem[], mail: readonly Problem[]): Problem[] {
  const codes = new Set(place.map((problem) => problem.code));
  return [...place, ...mail.filter((problem) => !codes.has(problem.code))];
}
