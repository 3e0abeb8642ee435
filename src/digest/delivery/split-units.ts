import { SHORTER, type Unit } from './digest-units.js';

/**
 * Cuts units into runs that each fit, as few as can be; stops after `most` runs. A unit that fits nowhere is shortened until
 * it does, and stands alone where even that does not help.
 */
export function splitUnits(
  units: readonly Unit[],
  fits: (units: readonly Unit[]) => boolean,
  most: number,
): Unit[][] {
  const runs: Unit[][] = [];
  let from = 0;
  let guess = 8;
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

/** Looks near the size of the run before: rendering is what costs. 0 where not even one fits. */
function largestThatFits(
  units: readonly Unit[],
  from: number,
  guess: number,
  fits: (units: readonly Unit[]) => boolean,
): number {
  const left = units.length - from;
  const works = (size: number): boolean => fits(units.slice(from, from + size));
  // Everything up to `low` fits, nothing from `high` on.
  let [low, high] = [0, left + 1];
  for (let size = Math.min(guess, left), step = 1; low < left; ) {
    if (works(size)) {
      low = size;
      if (high <= left || size === left) break;
      size = Math.min(left, size + step);
      step *= 2;
    } else {
      high = size;
      break;
    }
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (works(middle)) low = middle;
    else high = middle;
  }
  return low;
}
