import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface DynamoOptions {
  /** Folder that keeps the tables; without one they are in memory. */
  path?: string;
  /** 0, or left out: any free one. */
  port?: number;
  /** How often expired items are swept away, ms. */
  sweepMs?: number;
}

/** How long a child may take to end by itself before it is killed. */
const closeMsMax = 10_000;

/**
 * DynamoDB for the embedded cloud: dynalite in a process of its own, so that parsing its requests takes no time from the
 * functions. It listens on 127.0.0.1 only and ends with its parent.
 * @throws when it could not start, as with a port in use.
 */
export async function startDynamo(options: DynamoOptions = {}): Promise<{ url: string; close(): Promise<void> }> {
  const entry = fileURLToPath(new URL('dynamodb-process.mjs', import.meta.url));
  const child = fork(entry, [JSON.stringify(options)], {
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const port = await Promise.race([
    once(child, 'message').then(([message]) => (message as { port: number }).port),
    exited.then(([code]) => {
      throw new Error(`DynamoDB (dynalite) ended with code ${code} before it was ready`);
    }),
  ]);

  let closing: Promise<void> | undefined;
  exited.then(([code, signal]) => {
    if (!closing) console.error(`DynamoDB (dynalite) ended by itself (${signal ?? `code ${code}`}): start anew`);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      closing ??= (async () => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.send('close');
        const killing = setTimeout(() => child.kill('SIGKILL'), closeMsMax);
        await exited;
        clearTimeout(killing);
      })();
      return closing;
    },
  };
}
