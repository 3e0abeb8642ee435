/** Addresses that stand in a message, in the order of first mention; Slack's markup undone. Linear. */
export function addressesIn(value: unknown): string[] {
  const found = new Set<string>();
  collect(value, found, 0);
  return [...found].slice(0, MOST);
}

const MOST = 20;
const DEPTH = 12;

function collect(value: unknown, found: Set<string>, depth: number): void {
  if (depth > DEPTH || found.size >= MOST) return;
  if (typeof value === 'string') {
    for (const [address] of value.slice(0, 40_000).matchAll(/https?:\/\/[^\s<>|"']+/g))
      found.add(address.replaceAll('&amp;', '&'));
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) collect(inner, found, depth + 1);
}
