import { SHORTER, type Unit } from './digest-units.js';

/**
 * Cuts units into runs that each fit, as few as can be; stops after `most` runs. A unit that fits nowhere is shortened until it does, and
 * is put in a run by itself if even that does not help. `firstGuess`: how many the first run may hold.
 */
export function splitUnits(
  units: readonly Unit[],
  fits: (units: readonly Unit[]) => boolean,
  most: number,
  firstGuess = 8,
): Unit[][] {
  const runs: Unit[][] = [];
  let from = 0;
  let guess = firstGuess;
  while (from < units.length && runs.length < most) {
    const size = largestThatFits(units, from, guess, fits);
    if (size === 0) {
      const [unit] = units.slice(from, from + 1);
      if (unit !== undefined) runs.push([shortened(unit, fits)]);
      from += 1;
      continue;
    }
    runs.push(units.slice(from, from + size));
    from += size;
    guess = size;
  }
  return runs;
}

function shortened(unit: Unit, fits: (units: readonly Unit[]) => boolean): Unit {
  const forms = SHORTER.map((shorter) => shorter(unit));
  return forms.find((form) => fits([form])) ?? forms.at(-1) ?? unit;
}

/** Starts near the size of the previous run, because rendering is expensive. 0 if not even one fits. */
function largestThatFits(
  units: readonly Unit[],
  from: number,
  guess: number,
  fits: (units: readonly Unit[]) => boolean,
): number {
  const left = units.length - from;
  const works = (size: number): boolean => fits(units.slice(from, from + size));
  // Everything up to `low` fits, nothing from `high` on. From the guess in ever larger steps, up or down.
  let [low, high] = [0, left + 1];
  const start = Math.min(guess, left);
  const up = works(start);
  if (up) low = start;
  else high = start;
  for (let step = 1; up ? high > left && low < left : low === 0 && high > 1; step *= 2) {
    const size = up ? Math.min(left, low + step) : Math.max(1, high - step);
    if (works(size)) low = size;
    else high = size;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (works(middle)) low = middle;
    else high = middle;
  }
  return low;
}
