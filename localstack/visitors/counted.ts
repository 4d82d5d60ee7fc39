import { setTimeout as sleep } from 'node:timers/promises';
import { ask, type LocalProduct } from './local-product.ts';
import type { Sums } from './tally.ts';

/** The site's own sums over yesterday and today, as its API counts them. */
export async function countedSums(local: LocalProduct): Promise<Sums> {
  const from = new Date(Date.now() - 24 * 3_600_000).toISOString();
  const { points } = await ask<{ points: Sums[] }>(local, `series?unit=hour&from=${from}`);
  const sum = (field: keyof Sums) => points.reduce((total, point) => total + point[field], 0);
  return {
    events: sum('events'),
    pageViews: sum('pageViews'),
    engagedMs: sum('engagedMs'),
    rage: sum('rage'),
    dead: sum('dead'),
  };
}

export function difference(after: Sums, before: Sums): Sums {
  return {
    events: after.events - before.events,
    pageViews: after.pageViews - before.pageViews,
    engagedMs: after.engagedMs - before.engagedMs,
    rage: after.rage - before.rage,
    dead: after.dead - before.dead,
  };
}

export function isZero(sums: Sums): boolean {
  return Object.values(sums).every((value) => value === 0);
}

/** Reads until the counters show `wanted` more than `before`, or have stood still for `patienceMs`. */
export async function countedSince(local: LocalProduct, before: Sums, wanted: Sums, patienceMs: number): Promise<Sums> {
  let counted = difference(await countedSums(local), before);
  let changedAt = Date.now();
  while (!isZero(difference(counted, wanted)) && Date.now() - changedAt < patienceMs) {
    await sleep(250);
    const next = difference(await countedSums(local), before);
    if (!isZero(difference(next, counted))) changedAt = Date.now();
    counted = next;
  }
  return counted;
}

/** The sums once they have stood still for 2 s: what was under way before has arrived. */
export async function settledSums(local: LocalProduct): Promise<Sums> {
  let sums = await countedSums(local);
  for (let stillSince = Date.now(); Date.now() - stillSince < 2_000; ) {
    await sleep(250);
    const next = await countedSums(local);
    if (!isZero(difference(next, sums))) stillSince = Date.now();
    sums = next;
  }
  return sums;
}
