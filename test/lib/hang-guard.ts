import vm from 'node:vm';

/**
 * When work counts as hung. Linear work on the texts of these tests takes milliseconds, quadratic work minutes: the figure only
 * has to lie far from both, so that a slow machine changes nothing.
 */
const HANG_MS = 30_000;

const WORK = Symbol.for('covernote.hang-guard');
const script = new vm.Script('globalThis[Symbol.for("covernote.hang-guard")]()');

/** Runs synchronous work and throws where it hangs; the runner's own time-out cannot interrupt a loop or an expression. */
export function finishes<Result>(work: () => Result): Result {
  Object.assign(globalThis, { [WORK]: work });
  return script.runInThisContext({ timeout: HANG_MS }) as Result;
}

/** Reads each text under the guard, and names the one that hangs. */
export function finishesOnAll(texts: readonly string[], read: (text: string) => unknown): void {
  for (const text of texts) {
    try {
      finishes(() => read(text));
    } catch (cause) {
      throw new Error(`failed on ${text.length} characters of ${JSON.stringify(text.slice(0, 40))}`, {
        cause,
      });
    }
  }
}
