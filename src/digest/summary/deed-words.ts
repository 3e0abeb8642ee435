/** What a word can be in a sentence that says what the posting does, as bits. */
export const DeedWord = { posting: 1, pointer: 2, we: 4, denial: 8 } as const;

/** No word is of two kinds. */
const KINDS: readonly (readonly [number, string])[] = [
  // The posting itself, as it speaks of itself: `this series`, `the following patches`.
  [DeedWord.posting, 'series patchset patchsets set patches patch patchseries changeset rfc commit work'],
  [DeedWord.pointer, 'this these the my our following present current each'],
  [DeedWord.we, "we i i've we've i'm let's lets"],
  [DeedWord.denial, 'no not never cannot nor neither without hardly none unable'],
];
const BITS: ReadonlyMap<string, number> = new Map(
  KINDS.flatMap(([bit, words]) => words.split(' ').map((word) => [word, bit] as const)),
);

/** The bits of a word, lower case. */
export function deedWordOf(text: string): number {
  const bits = BITS.get(text) ?? 0;
  return text.endsWith("n't") || text.endsWith('n’t') ? bits | DeedWord.denial : bits;
}
