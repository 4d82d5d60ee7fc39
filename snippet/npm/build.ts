import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, transform } from 'esbuild';

const here = import.meta.dirname;
const root = join(here, '..', '..');

/** Stands for the snippet's own script element where there is none. */
export const scriptName = 'sitepulseScript';

/**
 * Writes the npm module, with its types, to `folder`. Nothing of it runs when it is imported: the whole snippet stands inside `start`.
 * @param snippet its text, which reads `scriptName`
 */
export async function buildNpm(folder: string, snippet: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const around = await build({
    entryPoints: [join(here, 'start.ts')],
    format: 'esm',
    target: 'es2021',
    write: false,
    banner: { js: `const runSnippet = (${scriptName}) => {${snippet}};` },
  });
  const { code } = await transform(around.outputFiles[0]?.text ?? '', { minify: true, format: 'esm' });
  const { version, license } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Record<string, string>;
  const facts = {
    name: 'sitepulse-snippet',
    version,
    description: 'Counts what happens on a page, for SitePulse',
    license,
    type: 'module',
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
    files: ['index.js', 'index.d.ts'],
    sideEffects: false,
  };
  await Promise.all([
    writeFile(join(folder, 'index.js'), code),
    writeFile(join(folder, 'package.json'), `${JSON.stringify(facts, null, 2)}\n`),
    copyFile(join(here, 'sitepulse.d.ts'), join(folder, 'index.d.ts')),
    copyFile(join(here, 'README.md'), join(folder, 'README.md')),
  ]);
}
