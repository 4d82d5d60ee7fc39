import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';

const logFile = new URL('../../.sitepulse/logs/process.log', import.meta.url);

/** Counts, from now on, the items that the processor says it wrote: its metric lines in the local log. */
export function itemsWritten(): () => number {
  const from = existsSync(logFile) ? statSync(logFile).size : 0;
  return () => {
    if (!existsSync(logFile)) return 0;
    const file = openSync(logFile, 'r');
    const bytes = Buffer.alloc(Math.max(0, statSync(logFile).size - from));
    readSync(file, bytes, 0, bytes.length, from);
    closeSync(file);
    let items = 0;
    for (const match of bytes.toString('utf8').matchAll(/"itemsWritten":(\d+)/g)) items += Number(match[1]);
    return items;
  };
}
