import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('../..', import.meta.url));
const common = { root, testTimeout: 60_000, hookTimeout: 60_000 };
/** What builds the project anew or takes the whole machine. */
const alone = ['start', 'chaos', 'shards', 'two-dashboards', 'burst'].map((name) => `test/e2e/${name}/**/*.test.ts`);

// biome-ignore lint/style/noDefaultExport: vitest wants one.
export default defineConfig({
  root,
  test: {
    globalSetup: 'test/e2e/global-setup.ts',
    projects: [
      // Much of a scenario is waiting, for a horizon or a retry: another runs meanwhile.
      {
        test: {
          ...common,
          name: 'beside',
          include: ['test/e2e/**/*.test.ts'],
          exclude: alone,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: { ...common, name: 'alone', include: alone, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
