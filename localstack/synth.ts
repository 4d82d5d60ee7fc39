import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** What the template and its assets are made from. */
const inputs = ['cdk', 'cdk.json', 'functions/environment.ts', 'dist/functions', 'package-lock.json'];

/**
 * Synthesises the CDK app into `assembly`, or leaves it when nothing that it is made from has changed since: loading the CDK takes
 * most of a start.
 * @returns whether it was made anew
 * @throws Error with what the app wrote, when it fails.
 */
export async function synth(assembly: string): Promise<boolean> {
  const hash = hashOf(inputs.map((input) => join(root, input)));
  const stamp = join(assembly, 'inputs.sha256');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false;
  rmSync(assembly, { recursive: true, force: true });
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'cdk', 'app.ts')], {
    cwd: root,
    env: { ...process.env, CDK_OUTDIR: assembly },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      written = (written + chunk.toString('utf8')).slice(-20_000);
    });
  }
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`cdk/app.ts ended with ${code}:\n${written}`);
  writeFileSync(stamp, hash);
  return true;
}

/** Of every file's path and content. Large files, such as the packed browser, count by size: their package's version is in the lock file. */
function hashOf(paths: string[]): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    const facts = statSync(path);
    if (facts.isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
      return;
    }
    hash.update(`${path}\0`);
    hash.update(facts.size > 5_000_000 || path.includes('node_modules') ? String(facts.size) : readFileSync(path));
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}
