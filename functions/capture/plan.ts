import { pagePartition } from '../contract/counter.ts';
import { configAt, settingsOf } from '../contract/site.ts';
import { dayMs, localDay } from '../contract/time-unit.ts';
import { log } from '../log.ts';
import type { MarkerStore } from '../sites/marker-store.ts';
import type { SiteStore } from '../sites/site-store.ts';
import type { CounterStore } from '../store/counter-store.ts';
import type { CaptureCaller } from './capture-caller.ts';
import {
  attemptName,
  type DueCapture,
  dueCaptures,
  markerSettleMs,
  pictureAgeMaxMs,
  viewedDays,
} from './due-captures.ts';
import type { CapturePlan, PlanStore } from './plan-store.ts';
import { mostViewed, type ViewedPage, viewedPages } from './viewed-pages.ts';

export interface PlanPorts {
  epoch: string;
  sites: Pick<SiteStore, 'all' | 'current'>;
  counters: Pick<CounterStore, 'partition'>;
  markers: Pick<MarkerStore, 'between'>;
  plans: PlanStore;
  captures: CaptureCaller;
  now(): number;
}

/** Of one site in one run, which come every five minutes: 60 an hour. */
export const capturesPerSiteRunMax = 5;
/** Of one site on one of its days: what markers that come all day can cost. */
export const capturesPerSiteDayMax = 200;
/** No picture is begun when a run is this old: the run ends before the function's own limit, and before the next run. */
export const runMsMax = 200_000;
/** Attempts that are remembered: more than the pages and device classes that are looked at. */
const attemptsMax = 1_000;

/**
 * Has pictures taken that are due, one after the other, so that no more than one browser runs for it at a time. Nothing waits for
 * this; a run that is repeated, or dies anywhere, costs pictures that were there already.
 */
export async function planCaptures(ports: PlanPorts): Promise<void> {
  const startedAt = ports.now();
  for (const site of inTurn(await ports.sites.all(), startedAt)) {
    if (ports.now() - startedAt > runMsMax) return;
    try {
      await planSite(site, startedAt, ports);
    } catch (error) {
      // Other sites have no part in it; the function's log and the next run have.
      log.error('the captures of a site could not be planned', error, { site });
    }
  }
}

/** Each run begins with another site, so that none waits for ever behind busy ones. */
function inTurn(sites: string[], now: number): string[] {
  const first = Math.floor(now / 300_000) % Math.max(1, sites.length);
  return [...sites.slice(first), ...sites.slice(0, first)];
}

async function planSite(site: string, startedAt: number, ports: PlanPorts): Promise<void> {
  const now = ports.now();
  const newest = await ports.sites.current(site);
  if (!newest || !settingsOf(newest).captures.enabled) return;
  const config = configAt(newest, now);
  const day = localDay(now, config.zone);
  const plan = await planOf(site, day, ports);
  const pages = mostViewed([plan.earlier, await pagesOf(site, day, ports)]);
  const due = dueCaptures(pages, plan.attempts, { now, markedAt: await markedAt(site, now, ports) });
  const most = Math.min(capturesPerSiteRunMax, capturesPerSiteDayMax - plan.begun);
  for (const capture of due.slice(0, Math.max(0, most))) {
    if (ports.now() - startedAt > runMsMax) return;
    if ((await take(site, capture, plan, ports)) === 'busy') return;
    await ports.plans.put(site, plan);
  }
}

/** Of a new day, with the views of the days before it, which don't change any more. */
async function planOf(site: string, day: string, ports: PlanPorts): Promise<CapturePlan> {
  const known = await ports.plans.get(site);
  if (known?.day === day) return known;
  const days = Array.from({ length: viewedDays - 1 }, (_, before) => {
    return new Date(Date.parse(`${day}T00:00:00Z`) - (viewedDays - 1 - before) * dayMs).toISOString().slice(0, 10);
  });
  const earlier: ViewedPage[][] = [];
  for (const one of days) earlier.push(await pagesOf(site, one, ports));
  const newestFirst = Object.entries(known?.attempts ?? {}).sort(([, one], [, other]) => other.at - one.at);
  const attempts = Object.fromEntries(newestFirst.slice(0, attemptsMax));
  const plan: CapturePlan = { day, begun: 0, earlier: mostViewed(earlier), attempts };
  await ports.plans.put(site, plan);
  return plan;
}

async function pagesOf(site: string, day: string, { epoch, counters }: PlanPorts): Promise<ViewedPage[]> {
  return viewedPages(await counters.partition(pagePartition(epoch, site, day)));
}

/** Of the newest marker that has settled; older ones than a picture may be are of no use. */
async function markedAt(site: string, now: number, { markers }: PlanPorts): Promise<number | null> {
  const found = await markers.between(site, now - pictureAgeMaxMs, now - markerSettleMs + 1);
  return found.at(-1)?.at ?? null;
}

/** `busy`: nothing was begun, and the next run is time enough. */
async function take(site: string, due: DueCapture, plan: CapturePlan, ports: PlanPorts): Promise<'begun' | 'busy'> {
  const { page, device, trigger } = due;
  const name = attemptName(page.pageId, device);
  const failures = (plan.attempts[name]?.failures ?? 0) + 1;
  const outcome = await ports.captures
    .take({ site, path: page.path, url: page.url, device })
    .catch((error: unknown) => {
      log.error('a picture that was due could not be taken', error, { site, device, trigger });
      // It was an attempt all the same: whatever the page did to the function, it may do again.
      return { takenAt: ports.now(), failure: 'function-failed' };
    });
  if (outcome === 'busy') return 'busy';
  const { takenAt, failure } = outcome;
  plan.begun += 1;
  plan.attempts[name] = { at: takenAt, failures: failure ? failures : 0 };
  log.info('a picture was due', { site, device, trigger, failure: failure ?? undefined });
  return 'begun';
}
