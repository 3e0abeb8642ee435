/** A list of words that is written as one text: `words('from to cc')`. */
export function words(text: string): readonly string[] {
  return text.split(' ');
}

/** Groups of words inverted: each word mapped to the name of its group: `{ author: 'from by' }` gives from → author, by → author. */
export function byWord<Name extends string>(
  groups: Readonly<Record<Name, string>>,
): ReadonlyMap<string, Name> {
  return new Map(
    (Object.keys(groups) as Name[]).flatMap((name) =>
      words(groups[name]).map((word) => [word, name] as const),
    ),
  );
}
