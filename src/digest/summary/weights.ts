/**
 * What each feature of a sentence is worth. A positive weight speaks for showing the sentence.
 *
 * Set by hand from what a reader wants, then moved one after the other where that raised two scores together: on 70
 * letters of `io-uring-10k` and `kvm-2020` whether a sentence is shown that a reader had marked as telling what the
 * series does, with nothing beside it that had not been marked; and F1 on the half of `corpora/summaries.jsonl` that is
 * for tuning (`eval/summaries.ts`). F1 alone can hardly tell weights apart: a ridge regression over these very features
 * comes to 0.16 to 0.18 there, left-one-out, and 0.19 on the letters it was fitted to, where the first two sentences
 * have 0.175 and the best pick 0.25. Choosing pairs as pairs (what both cover of the letter, of the patches' titles and of the
 * changelog, weighed by how rare a word is elsewhere) comes to 0.15 to 0.17, left-one-out; choosing the pair whose words a
 * maintainer would most likely use, by a regression over the words of 59 letters, to 0.15 alone and 0.177 beside these weights; a
 * reward for length, to 0.16. So where the two disagreed, the reader won.
 */
export const WEIGHTS = {
  /** Stands early: 1 for the first sentence, 0 from the ninth. */
  early: 2.9,
  /** Opens its paragraph. */
  opensBlock: 1,
  /** Says what the series does: `This series adds …`, `Add …`, `We now …`. */
  saysSeries: 4,
  /** `Add …` */
  saysOrder: 2.6,
  /** `we add …` */
  saysWe: 1.6,
  /** `Two fixes for …` */
  saysCount: 1,
  /** The first sentence that is no noise. */
  opens: 0.8,
  /** 0 to the sixth sentence, 1 from the sixteenth. */
  late: -1,
  action: 0.7,
  purpose: 0.1,
  problem: 0.3,
  /** Share of the title's words that it takes up. */
  title: 0.5,
  /** Words, not in the title, that the patches' titles have as well. */
  shortlog: 1,
  /** How much its words are those of the whole letter. */
  central: 1.4,
  /** Words that the title lacks. */
  news: 1.9,
  /** Share of its words that the title has already said. */
  echo: -0.4,
  /** Has one word or none that the title lacks. */
  fewNews: -0.75,
  short: -0.8,
  long: -1.6,
  /** Seems to be half a sentence. */
  half: -1.5,
  item: -0.7,
  patchNumber: -1.2,
  /** The number of its patch was taken off its front: it tells of a part, and reads as if of the whole. */
  ofPatch: -0.8,
  /** Tells of patches that only prepare. */
  prep: -4,
  dangling: -0.4,
  joined: -0.2,
  person: -1,
  hedge: -0.5,
  pointer: -1.2,
  example: -0.8,
  measure: -0.6,
  /** Share of words that are names of code. */
  names: -0.1,
  aside: -2.5,
  /** Was cut short at a clause. */
  cut: 0,
  /** Ends by announcing what is not shown (`the following:`). */
  lead: -0.9,
  /** Of a pair: share of the shorter one's words that the other has too. */
  overlap: -1.2,
  /** Of a pair: one follows the other in its paragraph. */
  adjacent: 0.3,
  /** Of a pair: one says what, the other why. */
  whatAndWhy: 0.3,
  /** Of a pair: the second says what is done about the first. */
  answers: 1,
  /** What a second sentence costs. */
  second: -1.2,
  /** Of a pair: how many sentences lie between, less one, 1 for six. */
  apart: -1,
  /** Of a pair: both say what the series does, which counts for one. */
  both: -1.5,
  /** No sentence shown says what the series does, and the first stands in the middle of an account. */
  midway: -4.5,
  /** Of a pair: the second says neither what nor why. */
  idle: -0.3,
  /** The same, and it does not follow the first in its paragraph. */
  stray: -1.6,
  /** Of a pair: they share no word, nor the second any with the title. */
  unrelated: -1.5,
} as const satisfies Record<string, number>;
