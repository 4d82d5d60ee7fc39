import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Whose turn it is to visit: the gentle visitors of `npm start` step aside while `npm run visitors` measures, so that what it
 * sent can be compared with what was counted. Each side puts up a sign, a file with its process id.
 */
export interface Sign {
  /** True while the process that put it up lives. */
  isUp(): boolean;
  putUp(): void;
  takeDown(): void;
}

export function sign(name: 'gentle' | 'measuring', folder = new URL('../../.sitepulse/', import.meta.url)): Sign {
  const file = new URL(`visitors-${name}.pid`, folder);
  return {
    isUp() {
      if (!existsSync(file)) return false;
      try {
        process.kill(Number(readFileSync(file, 'utf8')), 0);
        return true;
      } catch {
        // Its process is gone without taking it down.
        return false;
      }
    },
    putUp() {
      // The product may keep its own data elsewhere.
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, String(process.pid));
    },
    takeDown: () => rmSync(file, { force: true }),
  };
}

export async function whileUp(other: Sign): Promise<void> {
  while (other.isUp()) await sleep(200);
}
