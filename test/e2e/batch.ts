import { randomBytes } from 'node:crypto';
import {
  type Batch,
  formatVersion,
  kind,
  navigation,
  type WireElement,
  type WirePage,
} from '../../functions/contract/event.ts';
import { personAgent } from './product.ts';

/** A page as a desktop browser shows it. */
export function wirePage(path: string, title = 'A page', documentHeight = 2_000): WirePage {
  return [path, title, '', 1280, 800, documentHeight, []];
}

/** A button of 100 × 40 px on the batch's first page. */
export const wireButton: WireElement = [0, '#buy', 'Buy', 100, 200, 100, 40, 1];

/** A batch as the snippet writes it, of a load of its own: one view of `/`. */
export function newBatch(changes: Partial<Batch> = {}): Batch {
  const now = Date.now();
  return {
    v: formatVersion,
    k: 'demo',
    l: randomBytes(8).toString('hex'),
    n: 0,
    t: now,
    s: now,
    o: 'http://localhost:8081',
    g: 'en-US',
    p: [wirePage('/')],
    e: [],
    x: [[kind.view, 0, 0, navigation.load]],
    ...changes,
  };
}

/** Sends a body as the snippet does. The agent makes the visitor: all requests come from one address. */
export function postBody(apiUrl: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${apiUrl}/v1/events`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      'user-agent': personAgent(160),
      origin: 'http://localhost:8081',
      ...headers,
    },
  });
}

export function postBatch(apiUrl: string, batch: Batch, headers: Record<string, string> = {}): Promise<Response> {
  return postBody(apiUrl, JSON.stringify(batch), headers);
}
