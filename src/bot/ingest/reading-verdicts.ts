/** What is known of a mail before it is read. */
export type Standing =
  | 'clean'
  /** It was at hand, among others, when a process ended; or it stalled the reader once. */
  | 'suspect'
  | 'quarantined';

/** How a mail is read: with others, by itself, or not at all. */
export type Care = 'together' | 'alone' | 'not';

export function careFor(standing: Standing): Care {
  switch (standing) {
    case 'clean':
      return 'together';
    case 'suspect':
      return 'alone';
    case 'quarantined':
      return 'not';
    default:
      return standing satisfies never;
  }
}

/** What a mail that ended or stalled its reader becomes: the second time decides. `alone`: no other mail was at hand. */
export function afterStrike(standing: Standing, alone: boolean): Standing {
  if (standing === 'quarantined') return 'quarantined';
  return standing === 'suspect' && alone ? 'quarantined' : 'suspect';
}

/** A note of a process that ended in the middle of it: see ReadingJournal. `R`: what else the note holds. */
export interface NotedReading {
  /** Keys of mails. */
  readonly keys: readonly string[];
  readonly isAlone: boolean;
}

export interface Verdict<R extends NotedReading> {
  readonly suspected: readonly string[];
  readonly convicted: readonly R[];
}

/**
 * Judges the mails that a process had at hand when it ended. A mail is convicted only if it was suspected before and was read alone, with
 * nothing else at hand: then no other can be to blame. All others are suspected, which costs no more than that they are read one at a time.
 * Judging the same notes twice gives the same verdict.
 */
export function judgeEnd<R extends NotedReading>(
  notes: readonly R[],
  standingOf: (key: string) => Standing,
): Verdict<R> {
  const onlyOne = notes.length === 1;
  const convicted = notes.filter(
    ({ keys, isAlone }) =>
      keys.length > 0 &&
      keys.every((key) => afterStrike(standingOf(key), isAlone && onlyOne) === 'quarantined'),
  );
  const settled = new Set(convicted.flatMap(({ keys }) => keys));
  const suspected = notes
    .flatMap(({ keys }) => keys)
    .filter((key) => !settled.has(key) && standingOf(key) === 'clean');
  return { suspected: [...new Set(suspected)], convicted };
}
