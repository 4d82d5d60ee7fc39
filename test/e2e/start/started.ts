import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { eventually } from '../product.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** What `npm start` starts, at work, in a process group of its own, as a terminal gives one to what is typed there. */
export interface Started {
  /** All that it has written so far. */
  output(): string;
  /** The code that it ended with; null while it runs. */
  code(): number | null;
  /** Ctrl-C: the terminal sends SIGINT to every process of the group. Resolves when all of them are gone. */
  interrupt(): Promise<void>;
  /** Whether any process of the group lives. */
  isAlive(): boolean;
  /** Ends whatever is left by force. */
  kill(): void;
}

/** How long the end may take: what is under way is let finish. */
const endMsMax = 20_000;

/** Without npm around it, which answers a Ctrl-C with a code of its own, 130, whatever became of what it ran. */
export function start(environment: Record<string, string>): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', 'localstack/start.ts'], {
    cwd: root,
    env: { ...process.env, ...environment },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const group = child.pid;
  if (!group) throw new Error('node could not be started');
  let output = '';
  let code: number | null = null;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8');
    });
  }
  child.on('exit', (ended, signal) => {
    code = ended;
    if (signal) output += `\nended by ${signal}`;
  });
  const isAlive = () => signalled(group, 0);
  return {
    output: () => output,
    code: () => code,
    isAlive,
    async interrupt() {
      signalled(group, 'SIGINT');
      await eventually(
        async () => isAlive(),
        (alive) => !alive,
        endMsMax,
      );
    },
    kill: () => void signalled(group, 'SIGKILL'),
  };
}

/** False: no process of the group is left. */
function signalled(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(-group, signal);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** Takes a port on this machine, 0: any; rejects when it is taken. */
export function occupy(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

export function release(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** The first of three ports that stand free side by side. */
export async function freeBase(): Promise<number> {
  for (;;) {
    // Below what the system gives out by itself: another test's server must not come between.
    const base = 10_000 + Math.floor(Math.random() * 20_000);
    const tried = await Promise.allSettled([occupy(base), occupy(base + 1), occupy(base + 2)]);
    const held = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await Promise.all(held.map(release));
    if (held.length === 3) return base;
  }
}
