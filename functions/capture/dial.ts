import { connect, type Socket } from 'node:net';

const connectTimeoutMs = 5_000;

/** Connects to the first of these addresses that answers. @throws the last one's error when none does. */
export async function dial(addresses: string[], port: number): Promise<Socket> {
  let failure = new Error('there is no address to dial');
  for (const address of addresses) {
    try {
      return await dialOne(address, port);
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
    }
  }
  throw failure;
}

function dialOne(host: string, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    // `host` is an address, so nothing is resolved again between the check and this.
    const socket = connect({ host, port, timeout: connectTimeoutMs });
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('error', reject);
      resolve(socket);
    });
    socket.once('timeout', () => socket.destroy(new Error(`${host}:${port} did not answer in ${connectTimeoutMs} ms`)));
    socket.once('error', reject);
  });
}
