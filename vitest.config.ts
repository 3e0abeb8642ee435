import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { StallReporter } from './test/lib/stall-reporter.js';

/** What mostly waits for the next minute begins first, beside all else, whatever is known of earlier runs. */
class WaitersFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const waits = ({ moduleId }: TestSpecification) => moduleId.includes('/test/e2e/');
    const sorted = await super.sort(files);
    return [...sorted.filter(waits), ...sorted.filter((file) => !waits(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    reporters: ['default', new StallReporter()],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Many wait (for slots, servers, time-outs) rather than work: one more than there are cores on small machines.
    maxWorkers: Math.max(3, availableParallelism()),
    sequence: { sequencer: WaitersFirst },
  },
});
