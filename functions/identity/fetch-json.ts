import type { FetchJson } from './issuer.ts';

const answerBytesMax = 262_144;
const waitMsMax = 3_000;

/** JSON from an issuer, within three seconds and 256 KiB. A redirect is refused: what is configured is where it is. */
export const fetchJson: FetchJson = async (url, headers) => {
  const response = await fetch(url, { headers, redirect: 'error', signal: AbortSignal.timeout(waitMsMax) });
  if (!response.ok) throw new Error(`${new URL(url).origin} answered ${response.status}`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > answerBytesMax) throw new Error(`${new URL(url).origin} answered over ${answerBytesMax} bytes`);
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
};
