import type { IncomingMessage } from 'node:http';

/** The whole body, or null when it has more than `bytesMax`; the rest of such a body is let go unread. */
export function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= bytesMax) return void chunks.push(chunk);
      chunks.length = 0;
      resolve(null);
    });
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('the sender went away')));
    request.on('end', () => resolve(Buffer.concat(chunks)));
  });
}
