/** `1 patch`, `3 patches`, `0 series`: a number with its noun. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : many}`;
}

/** When to try again, in whole seconds and never too early: `12 seconds`. */
export function retryWords(waitMs: number): string {
  return count(Math.max(1, Math.ceil(waitMs / 1000)), 'second');
}
