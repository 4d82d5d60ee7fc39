import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { row, title } from './print.ts';

export function benchSnippet(): void {
  title('Snippet (budget: 3.0 KB brotli)');
  const script = readFileSync(new URL('../../dist/snippet/s.js', import.meta.url));
  const brotli = brotliCompressSync(script, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  row('raw, gzip -9, brotli 11', `${script.length}, ${gzipSync(script, { level: 9 }).length}, ${brotli.length} B`);
}
