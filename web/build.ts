/** Builds the dashboard: `npx tsx web/build.ts [outDir]`, or `buildWeb(outDir)`. */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile, type Plugin } from 'esbuild';

const here = import.meta.dirname;

/** All that the browser loads before the heatmap view is opened. */
export const firstLoadGzipBytesMax = 120 * 1024;

/**
 * heatmap.js 2.0.5 assigns a read-only property, which throws in an ES module; the line does nothing. And it reads its canvas
 * back on every draw, which browsers do much faster when they are told beforehand.
 */
export const mendHeatmapJs: Plugin = {
  name: 'mend-heatmap-js',
  setup({ onLoad }) {
    onLoad({ filter: /heatmap\.js[\\/]build[\\/]heatmap\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      const mended = replaceOnce(
        replaceOnce(source, 'img.data = imgData;', ''),
        "this.shadowCtx = shadowCanvas.getContext('2d');",
        "this.shadowCtx = shadowCanvas.getContext('2d', { willReadFrequently: true });",
      );
      return { contents: mended, loader: 'js' };
    });
  },
};

/** @throws Error when `line` is not there exactly once: then heatmap.js has changed, and the mending has to be thought over. */
export function replaceOnce(source: string, line: string, by: string): string {
  const found = source.split(line).length - 1;
  if (found !== 1) {
    throw new Error(
      `heatmap.js has the line "${line}" ${found} times instead of once: see mendHeatmapJs in web/build.ts`,
    );
  }
  return source.replace(line, by);
}

/** Writes index.html, runbook.txt, app.js, apply-theme.js, styles.css and the heatmap's chunk to `outDir`; returns bytes of the first load. */
export async function buildWeb(outDir: string): Promise<{ firstLoadGzipBytes: number }> {
  await rm(outDir, { recursive: true, force: true });
  await mkdir(outDir, { recursive: true });
  const options = { absWorkingDir: here, outdir: outDir, bundle: true, minify: true, target: 'es2022' } as const;
  // On its own, as a classic script: it runs before the first paint.
  await build({ ...options, entryPoints: [join(here, 'apply-theme.ts')], format: 'iife' });
  const { metafile } = await build({
    ...options,
    entryPoints: ['app.tsx', 'styles.css'].map((name) => join(here, name)),
    splitting: true,
    format: 'esm',
    jsx: 'automatic',
    chunkNames: '[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    metafile: true,
    plugins: [mendHeatmapJs],
  });
  const first = staticImports(metafile);
  await writeFile(join(outDir, 'index.html'), withPreloads(await readFile(join(here, 'index.html'), 'utf8'), first));
  // What the health page shows beside an alarm that rings.
  await copyFile(join(here, '..', 'cdk', 'RUNBOOK.md'), join(outDir, 'runbook.txt'));
  const firstLoadGzipBytes = await gzipBytes(first, here);
  if (firstLoadGzipBytes > firstLoadGzipBytesMax) {
    throw new Error(`the dashboard loads ${firstLoadGzipBytes} bytes (gzip) first, over ${firstLoadGzipBytesMax}`);
  }
  return { firstLoadGzipBytes };
}

/** The scripts that app.js needs at once: itself and what it imports, but for lazy imports. */
function staticImports({ outputs }: Metafile): string[] {
  const entry = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === 'app.tsx') ?? '';
  const found = new Set([entry]);
  for (const path of found) {
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement') found.add(next);
    }
  }
  return [...found];
}

/** The page names them all, so that the browser asks for them at once, and not for each when it has read another. */
function withPreloads(page: string, scripts: string[]): string {
  const links = scripts.map((path) => `  <link rel="modulepreload" href="${basename(path)}" />\n  `);
  return page.replace('</head>', (end) => links.join('') + end);
}

async function gzipBytes(paths: string[], folder: string): Promise<number> {
  let bytes = 0;
  for (const path of paths) bytes += gzipSync(await readFile(join(folder, path)), { level: 9 }).length;
  return bytes;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const outDir = process.argv[2] ?? join(here, '..', 'dist', 'web');
  const { firstLoadGzipBytes } = await buildWeb(outDir);
  console.log(`dashboard: ${(firstLoadGzipBytes / 1024).toFixed(1)} KB gzip of JS before the heatmap view (limit 120)`);
}
