import { readFileSync } from 'node:fs';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Longer than the longest time-out of a test: a file silent for this long cannot be ended by any time-out. */
const LONGEST_SILENCE_MS = 15 * 60_000;

/**
 * Ends a run in which a file has been silent for too long, and names what it was doing: a loop that never yields starves the runner's own
 * time-outs, and the run would continue until something else ends it, without saying why.
 */
export class StallReporter implements Reporter {
  readonly #running = new Map<string, { since: number; doing: string }>();
  #timer: NodeJS.Timeout | undefined;

  onTestRunStart(): void {
    this.#timer = setInterval(() => this.#look(), 10_000);
  }

  onTestModuleStart(module: TestModule): void {
    this.#running.set(module.moduleId, { since: Date.now(), doing: 'loading' });
  }

  onTestCaseReady(test: TestCase): void {
    this.#note(test, test.fullName);
  }

  onTestCaseResult(test: TestCase): void {
    this.#note(test, `after: ${test.fullName}`);
  }

  /** The result of a file's last test can be reported after the end of the file, which then is not running any more. */
  #note({ module }: TestCase, doing: string): void {
    if (this.#running.has(module.moduleId)) this.#running.set(module.moduleId, { since: Date.now(), doing });
  }

  onTestModuleEnd(module: TestModule): void {
    this.#running.delete(module.moduleId);
  }

  onTestRunEnd(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    for (const [file, { since, doing }] of this.#running)
      if (Date.now() - since > LONGEST_SILENCE_MS) {
        process.stderr.write(
          `\nSTALLED: ${file}\n  silent for ${LONGEST_SILENCE_MS / 60_000} minutes at: ${doing}\n`,
        );
        for (const pid of children()) process.kill(pid, 'SIGKILL');
        process.exit(1);
      }
  }
}

/** The runner's workers, where the system tells: one that spins would outlive it. */
function children(): number[] {
  try {
    const text = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}
