/** A pattern, in which a star matches any number of items. */
export interface StarPattern {
  readonly places: number;
  readonly isStar: (place: number) => boolean;
  /** Whether the item at `at` matches a place that is not a star. */
  readonly matches: (place: number, at: number) => boolean;
}

/**
 * Whether a pattern takes all of `length` items, or with `prefix` their beginning. Greedy with one step back, to the last star
 * only: places times items at worst.
 */
export function starMatch({ places, isStar, matches }: StarPattern, length: number, prefix = false): boolean {
  let at = 0;
  let place = 0;
  let starPlace = -1;
  let starAt = 0;
  while (at < length) {
    if (place < places && isStar(place)) {
      starPlace = place;
      starAt = at;
      place += 1;
    } else if (place === places && prefix) return true;
    else if (place < places && matches(place, at)) {
      at += 1;
      place += 1;
    } else if (starPlace >= 0) {
      starAt += 1;
      at = starAt;
      place = starPlace + 1;
    } else return false;
  }
  while (place < places && isStar(place)) place += 1;
  return place === places;
}
