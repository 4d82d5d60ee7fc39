import type { IncomingHttpHeaders } from 'node:http';
import type { Place } from './fault-kinds.ts';

/** A request as it stands at a gate, read to its end. */
export interface Call {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** The sender's own address: it is part of who a visitor is. */
  from: string;
}

const operations: Record<string, Place> = {
  UpdateItem: 'item-write',
  PutItem: 'item-write',
  DeleteItem: 'item-write',
  GetItem: 'item-read',
  Query: 'item-read',
  BatchGetItem: 'items-read',
  PutRecord: 'record-put',
  PutRecords: 'records-put',
  GetRecords: 'record-read',
  GetShardIterator: 'record-read',
  ListShards: 'record-read',
};

/** The place whose faults a call may meet; null: it is left alone. */
export function placeOf({ method, path, headers }: Pick<Call, 'method' | 'path' | 'headers'>): Place | null {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return operations[target.split('.')[1] ?? ''] ?? null;
  if (method === 'POST' && path === '/v1/events') return 'event';
  if (method === 'POST' && path.startsWith('/_socket/@connections/')) return 'push';
  return method === 'PUT' ? 'object-write' : null;
}

/** The instance of a function that makes the call, such as `process-3`; null where it is not one. */
export function callerOf({ headers }: Pick<Call, 'headers'>): string | null {
  return /\bapp\/([\w-]+-\d+)/.exec(headers['user-agent'] ?? '')?.[1] ?? null;
}
