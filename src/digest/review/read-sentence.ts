import { patchNumber } from '../text/bounded-number.js';

/** The numbers of a `ReviewSummary.sentence`: series and posted digests keep only that. */
interface SentenceNumbers {
  readonly reviewers: number;
  readonly acks: number;
  readonly testers: number;
  readonly nacks: number;
  /** Patches that were reviewed or acked, and how many there are; null for a single patch, or if none was. */
  readonly covered: readonly [patches: number, total: number] | null;
}

/** Reads a sentence of `summariseReviews` back. */
export function readSentence(sentence: string): SentenceNumbers {
  const by = (verb: string) =>
    patchNumber(new RegExp(`\\b${verb} by (\\d{1,6})`, 'i').exec(sentence)?.[1]) ?? 0;
  const covered = /\b(\d{1,6}) of (\d{1,6}) patches covered/.exec(sentence);
  const patches = patchNumber(covered?.[1]);
  const total = patchNumber(covered?.[2]);
  return {
    reviewers: by('reviewed'),
    acks: by('acked'),
    testers: by('tested'),
    nacks: by('rejected'),
    covered: patches === null || total === null ? null : [patches, total],
  };
}

/** `R3 A1 T2 11/11`, by the letters of patchwork; N: people who rejected it. null if no one did any of it. */
export function shortReviews(sentence: string): string | null {
  const { reviewers, acks, testers, nacks, covered } = readSentence(sentence);
  const people = (
    [
      ['R', reviewers],
      ['A', acks],
      ['T', testers],
      ['N', nacks],
    ] as const
  ).flatMap(([letter, n]) => (n > 0 ? [`${letter}${n}`] : []));
  if (people.length === 0) return null;
  return [...people, ...(covered === null ? [] : [covered.join('/')])].join(' ');
}
