/** Stores in memory take any key; DynamoDB does not, and a key that it refuses would be answered 5xx. */
import type { QueryPorts } from '../../functions/query/query-ports.ts';
import { Broken } from './broken.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html: 1 to 2,048 bytes, of a sort key to 1,024. */
export function checkKey(text: string, bytesMax = 2_048): string {
  const bytes = Buffer.byteLength(text);
  if (bytes === 0 || bytes > bytesMax) throw new Broken(`a key has ${bytes} bytes`);
  // Half a character has no bytes in UTF-8.
  if (Buffer.from(text).toString() !== text) throw new Broken('a key holds half a character');
  return text;
}

/** The same ports, as particular about keys as DynamoDB is. */
export function withStrictKeys(ports: QueryPorts): QueryPorts {
  const { sites, counters, admissions } = ports;
  return {
    ...ports,
    sites: { ...sites, current: (site) => sites.current(checkKey(`site|${site}`).slice('site|'.length)) },
    counters: {
      ...counters,
      partition: (pk, ...rest) => counters.partition(checkKey(pk), ...rest),
      items: (keys) => {
        for (const { pk, sk } of keys) checkKey(pk) && checkKey(sk, 1_024);
        return counters.items(keys);
      },
    },
    admissions: { ...admissions, all: (pk) => admissions.all(checkKey(pk)) },
  };
}
