import { beforeEach } from 'vitest';

type Maybe<T> = T | null | undefined | false;

/** Asks again until it holds; in vain, it says for what, and what `tell` knows of it. */
export async function eventually<T>(
  what: string,
  ask: () => Maybe<T> | Promise<Maybe<T>>,
  tell: () => string,
  withinMs = 60_000,
  everyMs = 25,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const found = await ask();
    if (found !== null && found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}:\n${tell().slice(-4000)}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** A person may give 30 commands a minute: a test that asks by command until something holds asks half as often. */
export const COMMAND_EVERY_MS = 4_000;

/** The next full minute, `09:31`, that leaves time enough to say so. */
export function nextMinute(): string {
  return new Date(Math.ceil((Date.now() + 4_000) / 60_000) * 60_000).toISOString().slice(11, 16);
}

/** Each step builds on the previous ones: after one that failed, the others would only wait. */
export function endAfterFailure(): void {
  let hasFailed = false;
  beforeEach(({ skip, onTestFailed }) => {
    if (hasFailed) skip('an earlier step failed');
    onTestFailed(() => {
      hasFailed = true;
    });
  });
}
