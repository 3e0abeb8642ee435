const MAX_CHARS = 12_000;
const MAX_LINE_CHARS = 400;

/**
 * What an author lists, an item a line and in their own words: marks go, wrapped lines are joined again. Headings such as `Patch 3:`
 * stand as they are. Reads the first 12,000 characters.
 */
export function authorsLines(text: string): readonly string[] {
  const items: string[] = [];
  let open = false;
  for (const raw of text.slice(0, MAX_CHARS).split('\n')) {
    const line = raw.trim().slice(0, MAX_LINE_CHARS);
    const mark = /^(?:[-*+•·>]{1,2}\s+|o\s+|\(?\d{1,2}[.)]\s+|[-*•·](?=[A-Za-z]))/.exec(line);
    const words = line.slice(mark?.[0].length ?? 0);
    const last = items.length - 1;
    if (words === '') open = false;
    else if (open && mark === null) items[last] = `${items[last]} ${words}`;
    else items.push(words);
    // What follows a heading is a new item; so is what follows a blank line.
    if (words !== '') open = !words.endsWith(':');
  }
  return items;
}
