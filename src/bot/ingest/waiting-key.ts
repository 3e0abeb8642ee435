/** The key under which a notice waits for the patch that it names: only notices have such a key, so it joins the clusters of these alone. */
export function waitingKey(patchKey: string): string {
  return `notice:${patchKey}`;
}
