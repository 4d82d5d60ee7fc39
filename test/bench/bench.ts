/** `npm run bench`, or `npm run bench -- cpu`: prints the figures that guide the design. It measures, and asserts nothing. */
import { cpus } from 'node:os';
import { build } from '../../localstack/build.ts';
import { benchBurst } from './burst.ts';
import { benchCosts } from './costs.ts';
import { benchCpu } from './cpu.ts';
import { benchHeatmap } from './heatmap.ts';
import { benchSnippet } from './snippet-bytes.ts';
import { benchWrites } from './writes.ts';

const sections: Record<string, () => void | Promise<void>> = {
  snippet: async () => {
    await build(new URL('../../dist', import.meta.url).pathname);
    benchSnippet();
  },
  cpu: benchCpu,
  writes: benchWrites,
  costs: benchCosts,
  heatmap: benchHeatmap,
  burst: benchBurst,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !sections[name]);
if (unknown.length > 0) {
  console.error(`no section ${unknown.join(', ')}: there are ${Object.keys(sections).join(', ')}`);
  process.exit(1);
}
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`);
for (const [name, run] of Object.entries(sections)) {
  if (asked.length === 0 || asked.includes(name)) await run();
}
