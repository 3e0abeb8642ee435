/** Under it a notice waits for the patch that it names: no mail but notices bears such a key, so that it joins nothing else. */
export function waitingKey(patchKey: string): string {
  return `notice:${patchKey}`;
}
