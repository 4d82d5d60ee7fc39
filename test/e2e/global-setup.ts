import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { synth } from '../../localstack/synth.ts';

const root = join(import.meta.dirname, '..', '..');

/** Once for all scenarios, since they run beside each other: the template that their products run. */
// biome-ignore lint/style/noDefaultExport: vitest wants one.
export default async function setUp(): Promise<void> {
  if (!existsSync(join(root, 'dist', 'functions'))) {
    throw new Error('dist/ is missing: run `npm run build` first, or `npm test`');
  }
  await synth(join(root, 'cdk.out'));
}
