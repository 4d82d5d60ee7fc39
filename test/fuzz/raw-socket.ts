import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import type { Attempt } from './request-arbitrary.ts';

const answerMsMax = 10_000;

/**
 * Writes an attempt to a port and reads until the other side has closed. @returns what it said, and whether it closed: one that
 * neither answers to an end nor closes would keep a connection for ever.
 */
export function attempt(port: number, { pieces, ending }: Attempt): Promise<{ said: Buffer; closed: boolean }> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const said: Buffer[] = [];
    const settle = (closed: boolean) => {
      clearTimeout(tooLong);
      socket.destroy();
      resolve({ said: Buffer.concat(said), closed });
    };
    const tooLong = setTimeout(() => settle(false), answerMsMax);
    socket.on('data', (chunk: Buffer) => said.push(chunk));
    // It may be closed while we still write.
    socket.on('error', () => {});
    socket.on('close', () => settle(true));
    socket.on('connect', async () => {
      for (const piece of pieces) {
        if (socket.destroyed) return;
        socket.write(piece);
        await setImmediate();
      }
      if (ending === 'end') socket.end();
      else socket.resetAndDestroy();
    });
  });
}
