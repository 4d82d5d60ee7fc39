import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**'],
    globalSetup: 'test/scratch.ts',
    // All cores: the default leaves one of two idle.
    maxWorkers: '100%',
    // Tests wait on conditions, not on time: this only ends what hangs, on a slow and crowded machine, too.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
