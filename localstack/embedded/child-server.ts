import { fork } from 'node:child_process';
import { once } from 'node:events';

/** An emulator that runs in a process of its own. */
export interface ChildServer {
  /** Such as `http://127.0.0.1:41234`. */
  url: string;
  /** Ends the process; resolves when it has ended. */
  close(): Promise<void>;
}

/** A child has this long to write what it holds before it is ended by force. */
const closeWithinMs = 5_000;

/**
 * Starts `file`, which sends `{ port }` when it listens and anything else as news. The channel between the processes is also the child's
 * leash: when this process ends, however it ends, the channel closes and the child ends itself.
 * @throws Error with the last of what it wrote when the child ends before it listens.
 */
export async function startChildServer(file: URL, args: string[], onNews: () => void): Promise<ChildServer> {
  const child = fork(file, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], execArgv: [] });
  let written = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      written = (written + chunk.toString('utf8')).slice(-4_000);
    });
  }
  const ended = once(child, 'exit');
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message) => {
      if (message !== null && typeof message === 'object' && 'port' in message) resolve(Number(message.port));
      else onNews();
    });
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`${file.pathname} ended with ${code} before it listened: ${written}`)),
    );
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), closeWithinMs);
      if (child.exitCode === null && child.signalCode === null) await ended;
      clearTimeout(timer);
    },
  };
}
