import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stop } from 'esbuild';
import { buildFunctions } from '../functions/build.ts';
import { buildSnippet } from '../snippet/build.ts';
import { buildWeb } from '../web/build.ts';

const root = join(import.meta.dirname, '..');

/** Everything that is served or run, under `outDir`: functions/, snippet/s.js, demo/ and web/. @throws Error of the part that can't be built. */
export async function build(outDir: string): Promise<void> {
  await Promise.all([buildFunctions(join(outDir, 'functions')), buildSnippet(outDir), buildWeb(join(outDir, 'web'))]);
  // Its service would stay in memory (a quarter of a gigabyte) as long as this process runs.
  await stop();
  for (const file of ['functions/ingest/index.mjs', 'snippet/s.js', 'demo/index.html', 'web/index.html']) {
    if (!existsSync(join(outDir, file))) throw new Error(`the build should have written ${file}, and did not`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await build(join(root, 'dist'));
