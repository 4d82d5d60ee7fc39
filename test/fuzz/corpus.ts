/** Bodies kept because they once mattered, or might: each with the answer that it must get. Also what mutations begin from. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KeptBody {
  name: string;
  body: string;
  isBase64: boolean;
  /** `accepted`, or the code of the refusal. */
  answer: string;
}

const folder = join(import.meta.dirname, 'corpus');

interface StoredBody extends Omit<KeptBody, 'body' | 'isBase64'> {
  /** Long runs of one character are written as that character and how often. */
  body: string | [text: string, times: number][];
  isBase64?: boolean;
}

export const keptBodies: KeptBody[] = read<StoredBody[]>('bodies.json').map(({ body, isBase64 = false, ...kept }) => ({
  ...kept,
  body: typeof body === 'string' ? body : body.map(([text, times]) => text.repeat(times)).join(''),
  isBase64,
}));
/** Frames that a dashboard may be sent. */
export const keptFrames = read<{ name: string; frame: string; read: string }[]>('frames.json');
/** What follows `/v1/…` in addresses that were asked for. */
export const keptQueries = read<string[]>('queries.json');
/** Requests as they come off the wire, in latin1. */
export const keptRequests = read<{ name: string; bytes: string }[]>('requests.json');

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as T;
}
