/**
 * What each feature of a sentence is worth. A positive weight speaks for showing the sentence.
 */
export const WEIGHTS = {
  /** Stands early: 1 for the first sentence, 0 from the ninth. */
  early: 1,
  /** Opens its paragraph. */
  opensBlock: 0.3,
  /** Says what the series does: `This series adds …`, `Add …`, `We now …`. */
  says: 1.6,
  action: 0.4,
  purpose: 0.5,
  problem: 0.4,
  /** Share of the title's words that it takes up. */
  title: 0.5,
  /** Words, not in the title, that the patches' titles have as well. */
  shortlog: 0.6,
  /** How much its words are those of the whole letter. */
  central: 0.8,
  /** Words that the title lacks. */
  news: 1,
  short: -0.6,
  long: -0.5,
  item: -0.7,
  patchNumber: -0.9,
  dangling: -0.4,
  joined: -0.2,
  person: -0.6,
  hedge: -0.7,
  pointer: -0.8,
  example: -0.5,
  measure: -0.6,
  /** Share of words that are names of code. */
  names: -0.6,
  aside: -2.5,
  /** Was cut short at a clause. */
  cut: -0.3,
  /** Ends by announcing what is not shown (`the following:`). */
  lead: -0.9,
  /** Of a pair: share of the shorter one's words that the other has too. */
  overlap: -1.2,
  /** Of a pair: one follows the other in its paragraph. */
  adjacent: 0.3,
  /** Of a pair: one says what, the other why. */
  whatAndWhy: 0.6,
  /** What a second sentence costs. */
  second: -0.5,
} as const satisfies Record<string, number>;
