/** What a site used on one UTC date, as the functions count it: what its cost is reckoned from. */
export const usageNames = [
  'requests',
  'records',
  'requestBytes',
  'events',
  'batches',
  'writeUnits',
  'readUnits',
  'messages',
  'queries',
] as const;

/**
 * `requests`: to `POST /v1/events`, refused ones and bots' included, and `requestBytes` of their bodies. `records`: of them, on the
 * stream, with so many `events`. `batches`: invocations of the processor (a share of one where several sites were in it), the units of
 * DynamoDB that they took, and the `messages` pushed to dashboards. `queries`: answered by the API.
 */
export type Usage = Partial<Record<(typeof usageNames)[number], number>>;

export function addUsage(sum: Usage, more: Usage): Usage {
  const added: Usage = { ...sum };
  for (const name of usageNames) if (more[name]) added[name] = (added[name] ?? 0) + (more[name] ?? 0);
  return added;
}
