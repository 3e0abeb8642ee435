/** How many slips of the finger a word of this length may hold. */
export function allowedEdits(length: number): number {
  if (length < 3) return 0;
  return length <= 5 ? 1 : 2;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789_';

/** All words one edit away; for short words alone, which have too few trigrams in common with their like. */
export function neighbours(word: string): string[] {
  const found = new Set<string>();
  for (let i = 0; i <= word.length; i++) {
    const [head, tail] = [word.slice(0, i), word.slice(i)];
    if (tail !== '') found.add(head + tail.slice(1));
    if (tail.length > 1) found.add(`${head}${tail[1]}${tail[0]}${tail.slice(2)}`);
    for (const letter of LETTERS) {
      found.add(head + letter + tail);
      if (tail !== '') found.add(head + letter + tail.slice(1));
    }
  }
  found.delete(word);
  found.delete('');
  return [...found];
}

/** The three-letter pieces of a word, each once. */
export function trigrams(word: string): string[] {
  const letters = [...word];
  const found = new Set<string>();
  for (let i = 0; i + 3 <= letters.length; i++) found.add(letters.slice(i, i + 3).join(''));
  return [...found];
}
