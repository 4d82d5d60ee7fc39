/**
 * What can go wrong, where, and how often: about one call in `oneIn`. Kinds of a place come in turn, in an order of chance; twice in
 * a turn where they stand twice. A batch of the processor writes up to some hundred items: were it killed more often than it comes to
 * its end, nothing would ever move.
 */
export const places = {
  /** A batch on its way from a page. */
  event: {
    oneIn: 24,
    kinds: ['request-lost', 'request-refused', 'request-doubled', 'request-doubled-late', 'answer-lost'],
  },
  /** A dashboard's connection, when it is opened. */
  socket: { oneIn: 1, kinds: ['socket-cut'] },
  /** `UpdateItem` and the like. */
  'item-write': {
    oneIn: 40,
    kinds: [
      ...([
        'write-throttled',
        'write-failed',
        'write-denied',
        'write-lost',
        'write-late',
        'write-answer-lost',
      ] as const),
      ...(['write-throttled', 'write-failed', 'write-lost', 'write-late', 'write-late', 'write-answer-lost'] as const),
      'killed-before-write',
      'killed-after-write',
      'killed-and-written-late',
    ],
  },
  /** `GetItem`, `Query`. */
  'item-read': { oneIn: 60, kinds: ['read-throttled', 'read-failed', 'read-lost'] },
  /** `BatchGetItem`. */
  'items-read': { oneIn: 4, kinds: ['read-throttled', 'read-denied', 'read-unprocessed', 'killed-at-read'] },
  /** `PutRecord`. */
  'record-put': {
    oneIn: 50,
    kinds: [
      ...(['put-throttled', 'put-failed', 'put-late', 'put-answer-lost'] as const),
      ...(['put-throttled', 'put-late', 'put-answer-lost', 'put-answer-lost'] as const),
      'killed-before-put',
      'killed-after-put',
    ],
  },
  /** `PutRecords`. */
  'records-put': { oneIn: 2, kinds: ['puts-failed-partly', 'put-throttled', 'put-answer-lost'] },
  /** `GetRecords` and what finds shards. */
  'record-read': { oneIn: 8, kinds: ['stream-throttled', 'stream-failed', 'stream-answer-lost'] },
  /** An object of the archive. */
  'object-write': {
    oneIn: 2,
    kinds: ['object-refused', 'object-answer-lost', 'killed-before-object', 'killed-after-object'],
  },
  /** A message to a dashboard. */
  push: { oneIn: 5, kinds: ['push-throttled', 'push-lost', 'push-answer-lost'] },
} as const satisfies Record<string, { oneIn: number; kinds: readonly string[] }>;

export type Place = keyof typeof places;
export type FaultKind = (typeof places)[Place]['kinds'][number];
export const faultKinds: readonly FaultKind[] = [...new Set(Object.values(places).flatMap(({ kinds }) => kinds))];
