import { cp, mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';

const here = import.meta.dirname;

/** Every function's name and the file that it starts with. The stack expects each at `<outDir>/<name>/index.mjs`. */
export const functionEntries = {
  ingest: 'ingest/ingest.lambda.ts',
  process: 'process/process.lambda.ts',
  archive: 'archive/archive.lambda.ts',
  query: 'query/query.lambda.ts',
  socket: 'query/socket.lambda.ts',
  alerts: 'alerts/alerts.lambda.ts',
  canary: 'canary/canary.lambda.ts',
  capture: 'capture/capture.lambda.ts',
  forget: 'forget/forget.lambda.ts',
  'capture-plan': 'capture/plan.lambda.ts',
  budget: 'budget/budget.lambda.ts',
  erase: 'erase/erase.lambda.ts',
} as const;

/** Loads files of its own beside it, so it can't be bundled: it goes along as a package. */
const unbundled = 'playwright-core';

/**
 * Bundles every function with the AWS SDK in it: the same bytes run on AWS, on compatible endpoints and in the embedded cloud.
 * Readable, with source maps: a stack trace in a log should name our files.
 */
export async function buildFunctions(outDir: string): Promise<void> {
  await Promise.all(
    Object.keys(functionEntries).map((name) => rm(join(outDir, name), { recursive: true, force: true })),
  );
  await build({
    entryPoints: Object.entries(functionEntries).map(([name, entry]) => ({
      in: join(here, entry),
      out: `${name}/index`,
    })),
    outdir: outDir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    sourcemap: true,
    sourcesContent: false,
    // Some packages are CommonJS inside and call `require` for Node's own modules.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    external: [unbundled],
    plugins: [onlyCaptureMayLeaveOut],
    logLevel: 'warning',
  });
  await addBrowser(join(outDir, 'capture'));
}

/** What is left out of the bundle is there for capture alone: another function that imports it would fail on AWS. */
const onlyCaptureMayLeaveOut: Plugin = {
  name: 'only-capture-may-leave-out',
  setup({ onResolve }) {
    onResolve({ filter: new RegExp(`^${unbundled}$`) }, ({ importer }) =>
      importer.startsWith(join(here, 'capture'))
        ? { path: unbundled, external: true }
        : { errors: [{ text: `${importer} imports ${unbundled}, which only the capture function carries` }] },
    );
  },
};

/** The capture function carries a browser for Linux, what drives it, and the script that runs inside the page. */
async function addBrowser(folder: string): Promise<void> {
  const require = createRequire(import.meta.url);
  const chromium = await packageFolder(require.resolve('@sparticuz/chromium'), '@sparticuz/chromium');
  const driver = await packageFolder(require.resolve(unbundled), unbundled);
  await mkdir(folder, { recursive: true });
  await Promise.all([
    cp(join(chromium, 'bin'), join(folder, 'chromium'), { recursive: true }),
    cp(driver, join(folder, 'node_modules', unbundled), {
      recursive: true,
      filter: (path) => !/\/(types|bin)$/.test(path),
    }),
    build({
      entryPoints: [join(here, 'capture', 'page-script.ts')],
      outfile: join(folder, 'page-script.js'),
      bundle: true,
      format: 'iife',
      globalName: 'pageScript',
      target: 'es2022',
      logLevel: 'warning',
    }),
  ]);
}

async function packageFolder(entry: string, name: string): Promise<string> {
  for (let at = dirname(entry); at !== dirname(at); at = dirname(at)) {
    const text = await readFile(join(at, 'package.json'), 'utf8').catch(() => '{}');
    if ((JSON.parse(text) as { name?: string }).name === name) return at;
  }
  throw new Error(`${entry} is not inside the package ${name}`);
}
