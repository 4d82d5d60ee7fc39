import WebSocket from 'ws';
import type { ServerMessage } from '../../functions/contract/live.ts';
import type { LocalProduct } from './local-product.ts';

/** Watches a site as a dashboard does, and measures how long an event takes from the visitor to the socket. */
export interface Listener {
  /** Ms from the event to its row in the live feed, one for each row met again. */
  readonly latencies: number[];
  messages: number;
  close(): void;
}

/** @param happenedAt when the event of a feed row happened, or undefined when it is not one of ours */
export async function listen(
  local: LocalProduct,
  happenedAt: (rowId: string) => number | undefined,
): Promise<Listener> {
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
      const at = happenedAt(row.id);
      if (at !== undefined) listener.latencies.push(Date.now() - at);
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
