import { difference, isZero } from './counted.ts';
import { type Listener, percentile } from './latency.ts';
import type { Sums, Tally } from './tally.ts';

export interface Run {
  /** Visitors at once. */
  count: number;
  tally: Tally;
  listener: Listener;
  counted: Sums;
  /** From the first visitor's arrival until the last beacon's answer, and until the counters had it. */
  sentMs: number;
  countedMs: number;
  /** Items that the processor wrote meanwhile. */
  items: number;
}

/** Prints what happened. True when every event that was accepted has been counted once. */
export function report({ count, tally, listener, counted, sentMs, countedMs, items }: Run): boolean {
  const differs = difference(counted, tally.accepted);
  const perSecond = (value: number) => (value / (sentMs / 1000)).toFixed(1);
  const ms = (share: number) => `${Math.round(percentile(listener.latencies, share))} ms`;
  const refused = [...tally.answers].filter(([status]) => status !== 202);
  const rows: [string, string][] = [
    ['visitors at once', String(count)],
    ['requests', `${tally.requests} (${perSecond(tally.requests)}/s)`],
    ['events per request', (tally.acceptedEvents / Math.max(1, tally.acceptedBatches)).toFixed(1)],
    ['events accepted, signs of life included', `${tally.acceptedEvents} (${perSecond(tally.acceptedEvents)}/s)`],
    [
      'refused or unanswered',
      refused.length ? refused.map(([status, times]) => `${status || 'no answer'} × ${times}`).join(', ') : 'none',
    ],
    ['items written', `${items} (${(items / (countedMs / 1000)).toFixed(1)}/s)`],
    ['counters were right after', `${((countedMs - sentMs) / 1000).toFixed(1)} s`],
    [
      'event → WebSocket',
      listener.latencies.length
        ? `p50 ${ms(0.5)}, p95 ${ms(0.95)}, max ${ms(1)} (${listener.latencies.length} page views)`
        : 'no page view came by',
    ],
    ['WebSocket messages', `${listener.messages} (${perSecond(listener.messages)}/s)`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  console.log();
  for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
  if (tally.lastError) console.log(`${'last error'.padEnd(width)}  ${tally.lastError}`);
  console.log(`\n${''.padEnd(12)}${'accepted'.padStart(12)}${'counted'.padStart(12)}${'difference'.padStart(12)}`);
  for (const field of Object.keys(differs) as (keyof Sums)[]) {
    const cells = [tally.accepted[field], counted[field], differs[field]].map((value) => String(value).padStart(12));
    console.log(`${field.padEnd(12)}${cells.join('')}`);
  }
  const isRight = isZero(differs) && tally.acceptedEvents > 0;
  console.log(isRight ? '\ndifference 0' : '\nDIFFERENCE: what was accepted and what was counted are not the same');
  return isRight;
}
