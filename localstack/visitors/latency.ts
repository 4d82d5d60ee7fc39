import WebSocket from 'ws';
import type { ServerMessage } from '../../functions/contract/live.ts';
import type { LocalProduct } from './local-product.ts';

/** Watches a site as a dashboard does, and measures how long an event takes from the visitor to the socket. */
export interface Listener {
  /** Ms from a page view to its row in the live feed (of each message, at most the newest 20 rows come). */
  readonly latencies: number[];
  messages: number;
  close(): void;
}

export async function listen(local: LocalProduct): Promise<Listener> {
  const response = await fetch(`${local.apiUrl}/v1/sites/${local.site}/tickets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${local.apiKey}` },
  });
  if (!response.ok) throw new Error(`no ticket: ${response.status} ${await response.text()}`);
  const { ticket } = (await response.json()) as { ticket: string };
  const socket = new WebSocket(`${local.socketUrl}?ticket=${encodeURIComponent(ticket)}`);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const listener: Listener = { latencies: [], messages: 0, close: () => socket.close() };
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as ServerMessage;
    listener.messages++;
    if (message.type !== 'totals') return;
    for (const row of message.feed ?? []) {
      // Sender and listener share a clock here, so a row's own time is when its visitor did it, but for the way to ingest.
      if (row.what === 'view') listener.latencies.push(Date.now() - row.at);
    }
  });
  socket.send(JSON.stringify({ op: 'watch', view: 'live' }));
  const ticking = setInterval(() => socket.send(JSON.stringify({ op: 'tick' })), 5_000);
  socket.once('close', () => clearInterval(ticking));
  return listener;
}

/** The value below which `share` (0..1) of the sorted values lie. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
