/**
 * Splits items into the sets that hang together: two items that share a key are in one set, and so on from there.
 * Sets and their items are in the order of the items given.
 */
export function disjointSets<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => Iterable<string>,
): Item[][] {
  const parent = items.map((_, i) => i);
  const find = (start: number): number => {
    let root = start;
    while (parent[root] !== root) root = parent[root] ?? root;
    for (let at = start; at !== root; ) {
      const next = parent[at] ?? root;
      parent[at] = root;
      at = next;
    }
    return root;
  };
  const first = new Map<string, number>();
  items.forEach((item, i) => {
    for (const key of keysOf(item)) {
      const other = first.get(key);
      if (other === undefined) first.set(key, i);
      else join(parent, find(other), find(i));
    }
  });
  const sets = new Map<number, Item[]>();
  items.forEach((item, i) => {
    const root = find(i);
    const set = sets.get(root);
    if (set === undefined) sets.set(root, [item]);
    else set.push(item);
  });
  return [...sets.values()];
}

/** The lower one stays the root, so that sets are in the order of their first item. */
function join(parent: number[], a: number, b: number): void {
  parent[Math.max(a, b)] = Math.min(a, b);
}
