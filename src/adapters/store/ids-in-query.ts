const MAX_CANDIDATES = 12;

/**
 * Message-IDs that a question may name: as such, in angle brackets, or in a link to an archive or to patchwork
 * (`https://lore.kernel.org/kvm/<id>/T/#u`, `https://patchwork.kernel.org/project/kvm/patch/<id>/`). An author's address looks like one
 * too: the caller checks which it is.
 */
export function idsInQuery(query: string): string[] {
  const found = new Set<string>();
  for (const word of query.slice(0, 4_000).split(/\s+/)) {
    const bare = trimmed(word);
    for (const piece of bare.includes('://') ? bare.split(/[/?#&=]/) : [bare]) {
      const id = trimmed(decoded(piece)).replace(/^(?:mid|msgid|id|mailto|message-id):/i, '');
      if (id.includes('@') && !id.startsWith('@') && !id.endsWith('@')) found.add(trimmed(id));
      if (found.size >= MAX_CANDIDATES) return [...found];
    }
  }
  return [...found];
}

function trimmed(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && '<>()[]"\'`,;'.includes(text[from] ?? '')) from++;
  while (to > from && '<>()[]"\'`,;.'.includes(text[to - 1] ?? '')) to--;
  return text.slice(from, to);
}

function decoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
