import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Many wait (for slots, servers, time-outs) rather than work: one more than there are cores on small machines.
    maxWorkers: Math.max(3, availableParallelism()),
  },
});
