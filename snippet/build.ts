import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { build, type Plugin, transform } from 'esbuild';
import { minify } from 'terser';
import { clickFlag, kind, navigation } from '../functions/contract/event.ts';
import { arrowFunctions } from './arrow-functions.ts';
import { buildNpm, scriptName } from './npm/build.ts';
import { buildOverlay } from './overlay/build.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** What `s.js` should weigh, and what it may not exceed until it does. `npm run bench` shows it. */
export const snippetBrotliBytesWanted = 3_072;
export const snippetBrotliBytesMax = 4_380;

/** Sizes of `s.js` in bytes. */
export interface SnippetSize {
  raw: number;
  gzip: number;
  brotli: number;
}

/** Names that only our own interfaces have, neither the browser nor the wire: they are shortened. */
const ownNames =
  /^(events|unsettled|isVisible|touch|touchedAt|collect|wake|turn|hide|show|stop|view|add|beacon|post|later|cancel|retryAfterS|accepted|begin|send|close|pulse|isWaiting|current)$/;

/** What the own names are shortened to: in all files alike, as the other parts work with what `s.js` has made. */
type ShortNames = Record<string, string | false>;

/** The snippet as one text, not yet minified. @param script what it reads its options from, if not from its own script element */
export async function bundleText(script = 'document.currentScript', names: ShortNames = {}): Promise<string> {
  return bundleOf('snippet.ts', names, script === 'document.currentScript' ? {} : { 'document.currentScript': script });
}

async function bundleOf(entry: string, names: ShortNames, define: Record<string, string> = {}): Promise<string> {
  const bundle = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    format: 'esm',
    target: 'es2021',
    write: false,
    define,
    plugins: [inlineNumbers],
    mangleProps: ownNames,
    mangleCache: names,
    logLevel: 'warning',
  });
  Object.assign(names, bundle.mangleCache);
  // One keyword for all: it can be merged, and it repeats.
  return arrowFunctions((bundle.outputFiles[0]?.text ?? '').replace(/\b(const|var)\b/g, 'let'));
}

/** Whatever is missing in a browser, or broken by a page, nothing is thrown into the page. */
async function minified(text: string): Promise<string> {
  // Terser makes 6 % less of it than esbuild does.
  const { code = '' } = await minify(text, {
    ecma: 2021,
    compress: {
      passes: 5,
      ecma: 2021,
      toplevel: true,
      inline: 1,
      // What asks for a boolean takes a number as well, the browser included.
      booleans_as_integers: true,
      loops: false,
      keep_fargs: false,
      pure_getters: true,
      unsafe: true,
      unsafe_arrows: true,
      unsafe_comps: true,
      unsafe_methods: true,
    },
    mangle: { toplevel: true },
  });
  // Its names are the block's own: `let` is all that declares any.
  return `try{${code.replace(/;$/, '')}}catch{}`;
}

/** Builds `<outDir>/snippet/s.js`, `panes.js`, `vitals.js` and `overlay.js` and `<outDir>/npm`, and copies the demo site to `<outDir>/demo`. */
export async function buildSnippet(outDir: string): Promise<SnippetSize> {
  const folder = join(outDir, 'snippet');
  const names: ShortNames = {};
  const code = await minified(await bundleText(undefined, names));
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 's.js'), code);
  await writeFile(join(folder, 'panes.js'), await minified(await bundleOf('panes.ts', names)));
  await writeFile(join(folder, 'vitals.js'), await minified(await bundleOf('vitals.ts', names)));
  await buildOverlay(folder);
  await buildNpm(join(outDir, 'npm'), await bundleText(scriptName, names));
  await rm(join(outDir, 'demo'), { recursive: true, force: true });
  await cp(join(here, 'demo'), join(outDir, 'demo'), { recursive: true });
  const bytes = Buffer.from(code);
  return { raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotliCompressSync(bytes).length };
}

/** Writes `kind.view` and the like as the numbers that they are: no bundler looks into an object for them. */
const inlineNumbers: Plugin = {
  name: 'inline-numbers',
  setup({ onLoad }) {
    const groups: Record<string, Record<string, number>> = { kind, navigation, clickFlag };
    onLoad({ filter: /snippet[\\/].*\.ts$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, 'utf8'), { loader: 'ts', target: 'esnext' });
      const contents = code.replace(/\b(kind|navigation|clickFlag)\.(\w+)/g, (text, group: string, name: string) =>
        String(groups[group]?.[name] ?? text),
      );
      return { contents, loader: 'js' };
    });
  },
};

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { raw, gzip, brotli } = await buildSnippet('dist');
  console.log(`s.js: ${raw} bytes, ${gzip} gzip, ${brotli} brotli (wanted: ${snippetBrotliBytesWanted})`);
}
