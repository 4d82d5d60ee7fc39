import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));

/** The budget of `s.js`; `npm run bench` shows it. */
export const snippetBrotliBytesMax = 3_072;

/** Sizes of `s.js` in bytes. */
export interface SnippetSize {
  raw: number;
  gzip: number;
  brotli: number;
}

/** Builds `<outDir>/snippet/s.js` and copies the demo site to `<outDir>/demo`. */
export async function buildSnippet(outDir: string): Promise<SnippetSize> {
  const file = join(outDir, 'snippet', 's.js');
  await mkdir(dirname(file), { recursive: true });
  await build({
    entryPoints: [join(here, 'snippet.ts')],
    outfile: file,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    legalComments: 'none',
    logLevel: 'warning',
  });
  await rm(join(outDir, 'demo'), { recursive: true, force: true });
  await cp(join(here, 'demo'), join(outDir, 'demo'), { recursive: true });
  const text = await readFile(file);
  return { raw: text.length, gzip: gzipSync(text, { level: 9 }).length, brotli: brotliCompressSync(text).length };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { raw, gzip, brotli } = await buildSnippet('dist');
  console.log(`s.js: ${raw} bytes, ${gzip} gzip, ${brotli} brotli (of ${snippetBrotliBytesMax})`);
}
