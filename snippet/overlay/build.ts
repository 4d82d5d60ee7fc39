import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { mendHeatmapJs } from '../../web/build.ts';

/** Builds `<folder>/overlay.js`. @returns its size in bytes, gzip */
export async function buildOverlay(folder: string): Promise<number> {
  const outfile = join(folder, 'overlay.js');
  await build({
    entryPoints: [join(import.meta.dirname, 'overlay.ts')],
    outfile,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [mendHeatmapJs],
  });
  return gzipSync(await readFile(outfile), { level: 9 }).length;
}
