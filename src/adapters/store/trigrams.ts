/** The three-letter pieces of a word, each once. */
export function trigrams(word: string): string[] {
  const letters = [...word];
  const found = new Set<string>();
  for (let i = 0; i + 3 <= letters.length; i++) found.add(letters.slice(i, i + 3).join(''));
  return [...found];
}
