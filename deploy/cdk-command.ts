import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Fault } from './fault.ts';

const root = join(import.meta.dirname, '..');
const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');

export interface CdkOptions {
  /** Beside those of this process. */
  environment?: Record<string, string>;
  /** Shows nothing while all goes well. @default false */
  isQuiet?: boolean;
}

/** `cdk …`, of the version that the lock file names. @throws Fault with the end of what it wrote, when it fails. */
export async function cdk(args: string[], { environment = {}, isQuiet = false }: CdkOptions = {}): Promise<void> {
  const child = spawn(process.execPath, [cli, ...args, '--no-notices', '--no-version-reporting'], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['inherit', 'pipe', 'pipe'],
  });
  let written = '';
  for (const [stream, own] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    stream.on('data', (chunk: Buffer) => {
      if (!isQuiet) own.write(chunk);
      written = (written + chunk.toString('utf8')).slice(-10_000);
    });
  }
  const [code] = await once(child, 'exit');
  if (code !== 0)
    throw new Fault(`cdk ${args.join(' ')} ended with ${code}.${isQuiet ? `\n${written}` : ' See above.'}`);
}
