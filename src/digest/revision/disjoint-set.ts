/** Sets of ids that only ever grow together (union-find); which id represents a set does not depend on order. */
export interface DisjointSet {
  /** The smallest id of the set that this one is in. */
  find(id: string): string;
  union(a: string, b: string): void;
}

/** Starts with every id alone. */
export function disjointSet(): DisjointSet {
  const above = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let next = above.get(root); next !== undefined; next = above.get(root)) root = next;
    let step = id;
    while (step !== root) {
      const next = above.get(step) ?? root;
      above.set(step, root);
      step = next;
    }
    return root;
  };
  const union = (a: string, b: string): void => {
    const left = find(a);
    const right = find(b);
    if (left === right) return;
    if (left < right) above.set(right, left);
    else above.set(left, right);
  };
  return { find, union };
}

/** Things by the set that their id is in, both in the order given. */
export function gatherSets<T>(
  things: readonly T[],
  idOf: (thing: T) => string,
  sets: DisjointSet,
): readonly T[][] {
  const gathered = new Map<string, T[]>();
  for (const thing of things) {
    const root = sets.find(idOf(thing));
    const list = gathered.get(root);
    if (list === undefined) gathered.set(root, [thing]);
    else list.push(thing);
  }
  return [...gathered.values()];
}
