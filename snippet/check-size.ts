/** Fails when `s.js` has grown beyond its bound: part of `npm run check`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSnippet, snippetBrotliBytesMax, snippetBrotliBytesWanted } from './build.ts';

const outDir = await mkdtemp(join(tmpdir(), 'sitepulse-size-'));
const { brotli } = await buildSnippet(outDir).finally(() => rm(outDir, { recursive: true }));
console.log(
  `s.js has ${brotli} bytes (brotli), at most ${snippetBrotliBytesMax}; wanted are ${snippetBrotliBytesWanted}.`,
);
if (brotli > snippetBrotliBytesMax) process.exitCode = 1;
