/** What a reason means to whoever looks after the site. */
const reasons: Record<string, string> = {
  'not-json': 'not JSON',
  'not-a-record': 'JSON, but no record',
  'unknown-version': 'a format that this version does not know',
  'bad-field': 'a field that cannot be meant',
  'unknown-config': 'a configuration that does not exist',
  'not-folded': 'could not be folded into counters',
  'bad-state': 'the visitor’s state could not be read',
  'not-writable': 'a counter could not be written',
};

/** The reason in words, or itself where it is a new one. */
export function failureText(reason: string): string {
  return reasons[reason] ?? reason;
}

/** Two views and a click: `2 view, 1 click`; a dash where nothing could be read. */
export function outlineText(events: readonly { kind: string; count: number }[]): string {
  return events.length > 0 ? events.map(({ kind, count }) => `${count} ${kind}`).join(', ') : '–';
}

/** The end of a shard's id and of a position: enough to find an object among a few. */
export function placeText(shardId: string, sequenceNumber: string): string {
  return `${Number(/\d+$/.exec(shardId)?.[0] ?? 0)} … ${sequenceNumber.slice(-8)}`;
}
