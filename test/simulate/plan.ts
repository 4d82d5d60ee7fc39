/** A world as it is meant to go, drawn from its seed alone: who comes when, who sleeps, what is edited and resharded when. */

import type { Device } from './browser.ts';
import { agents, countries, languages, viewportOf } from './catalog.ts';
import type { Watch } from './dashboard.ts';
import { type OddVisitPlan, oddPauseMs } from './odd-visit.ts';
import { Random } from './random.ts';
import type { VisitPlan } from './visit.ts';
import { scenes } from './zones.ts';

export interface LoadPlan {
  /** `v3.0`: names it in a replay. */
  name: string;
  device: Device;
  at: number;
  visit: VisitPlan | null;
  odd: OddVisitPlan | null;
}
export interface DashboardPlan {
  name: string;
  watch: Watch;
  from: number;
  to: number;
}
/** Where an attempt dies: at one of the writes of what is counted, or at one of the steps (epochs and marks). */
export interface RebuildCrash {
  at: 'write' | 'step';
  number: number;
  when: 'before' | 'after';
}
export interface RebuildPlan {
  /** Null: in the last minute. */
  at: number | null;
  crashes: RebuildCrash[];
  /** How much later somebody else begins another beside it, ms; null: nobody does. */
  besideAfterMs: number | null;
}
export interface WorldPlan {
  zone: string;
  start: number;
  loads: LoadPlan[];
  /** Those who come when everything else has come to rest; `at` counts from then. */
  lateLoads: LoadPlan[];
  dashboards: DashboardPlan[];
  edits: { at: number; zone: string }[];
  reshards: { at: number; what: 'split' | 'merge' }[];
  /** The stream falls behind: when a shard is closed then, its reader has not come to its end. */
  pauses: { at: number; ms: number }[];
  /** While the processor breaks off between its steps. */
  troubles: { at: number; ms: number }[];
  poisonsAt: number[];
  earlyAt: number[];
  redrivesAt: number[];
  sweepsAt: number[];
  /** Null: the counters are not rebuilt in this world. */
  rebuild: RebuildPlan | null;
  batchSize: number;
  /** Whether nothing goes wrong in the last minute, so that pushed totals alone must keep a dashboard right. */
  calmEnd: boolean;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;

export function planWorld(seed: number): WorldPlan {
  const random = new Random(seed).fork('plan');
  const { zone, at } = random.one(scenes);
  const start = Date.parse(at) - random.whole(10, 80) * minuteMs + random.whole(0, 59_999);
  const between = (from: number, to: number) => start + random.whole(from, to);
  const sleepsForDays = random.chance(0.4);
  const devices = Array.from({ length: random.whole(6, 8) }, (_, index) => {
    return deviceOf(random.fork(`device ${index}`), index, start, index === 1, sleepsForDays);
  });
  const edits = [
    { at: between(10 * minuteMs, 60 * minuteMs), zone: random.chance(0.25) ? random.one(scenes).zone : zone },
    { at: between(61 * minuteMs, 150 * minuteMs), zone: random.chance(0.25) ? random.one(scenes).zone : zone },
  ];
  const reshards = reshardsOf(random, start);
  const school = schoolOf(random.fork('school'), start);
  return {
    zone,
    start,
    loads: [
      ...kioskOf(random.fork('kiosk'), devices, start),
      ...devices.flatMap((device, index) => {
        return loadsOf(random.fork(`loads ${index}`), device, index, start, index === 0 ? school : null);
      }),
    ],
    lateLoads: devices.slice(0, 4).map((device, index) => lateLoadOf(random, device, index)),
    dashboards: [0, 1, 2].map((index) => dashboardOf(random, index, start)),
    edits,
    reshards,
    pauses: [...pausesOf(random, reshards, start), ...(school ? [school.pause] : [])],
    troubles: school ? [school.trouble] : [],
    poisonsAt: Array.from({ length: random.whole(1, 3) }, () => between(0, 150 * minuteMs)),
    earlyAt: [between(2 * minuteMs, 55 * minuteMs), ...edits.map(({ at }, index) => at - justBefore(random, index))],
    redrivesAt: [between(4 * hourMs, 6 * hourMs)],
    sweepsAt: [9, 19, ...(sleepsForDays ? [50, 76, 98, 104, 122, 150] : [])].map((hours) => start + hours * hourMs),
    rebuild: rebuildOf(random.fork('rebuild'), start, sleepsForDays),
    // A school is to come in batches that hold more loads than a state does.
    batchSize: random.one(school ? [8, 30, 200, 200] : [3, 8, 30, 200]),
    calmEnd: random.chance(0.5),
  };
}

/** So close to the edit that attempts at one record may lie on both sides of it. */
function justBefore(random: Random, index: number): number {
  return random.fork(`just before ${index}`).whole(0, 4_000);
}

function deviceOf(random: Random, index: number, start: number, sleeps: boolean, forDays: boolean): Device {
  const name = `v${index}`;
  const within = (from: number, to: number) => start + random.whole(from * minuteMs, to * minuteMs);
  const from = within(20, 50);
  const sleptMs = forDays ? random.whole(20, 146) * hourMs : random.whole(2, 15) * hourMs;
  return {
    name,
    // Two of them share an address and a browser: one visitor, by design.
    address: `203.0.113.${index === 5 ? 4 : index}`,
    userAgent: index === 5 || index === 4 ? agents[0] : random.one(agents),
    country: random.one(countries),
    language: random.one(languages),
    viewport: viewportOf(random),
    skewMs: random.chance(0.4) ? random.whole(-40, 40) * 3_601_237 : random.whole(-900, 900),
    steps: random.chance(0.35) ? [{ id: name, at: within(5, 120), ms: stepMs(random), taken: false }] : [],
    moves: random.chance(0.6) ? [{ id: name, at: within(2, 140), address: `198.51.100.${index}`, taken: false }] : [],
    sleeps: sleeps || random.chance(0.15) ? [{ id: name, from, to: from + sleptMs, taken: false }] : [],
  };
}

function stepMs(random: Random): number {
  return random.chance(0.5) ? random.whole(-5_000, 5_000) : random.whole(-3 * hourMs, 3 * hourMs);
}

/** Many loads behind one address at once, more than a state holds; while the stream falls behind, so that they share a batch. */
interface School {
  at: number;
  pause: WorldPlan['pauses'][number];
  /** What a large batch lets go of is written between two steps. */
  trouble: WorldPlan['troubles'][number];
}

function schoolOf(random: Random, start: number): School | null {
  const at = start + random.whole(20, 70) * minuteMs;
  const pause = { at: at + random.whole(0, 60_000), ms: random.whole(90_000, 200_000) };
  const trouble = { at, ms: 10 * minuteMs };
  return random.chance(0.5) ? { at, pause, trouble } : null;
}

/** In every tenth world: a screen that somebody touches now and then, without a pause of half an hour, for two midnights and more. */
function kioskOf(random: Random, devices: Device[], start: number): LoadPlan[] {
  const device = devices.find(({ sleeps }) => sleeps.length === 0);
  if (!device || !random.chance(0.1)) return [];
  const pauseMs = [12 * minuteMs, 27 * minuteMs] as const;
  const odd = { load: random.hex(16), batches: random.whole(100, 200), pauseMs, viewShare: 0.1, delayMsMax: 60_000 };
  return [{ name: 'kiosk', device, at: start + random.whole(0, hourMs), visit: null, odd }];
}

function loadsOf(random: Random, device: Device, index: number, start: number, school: School | null): LoadPlan[] {
  const count = school ? random.whole(16, 20) : random.whole(3, 4);
  const [sleep] = device.sleeps;
  return Array.from({ length: count }, (_, number) => {
    const name = `${device.name}.${number}`;
    const own = random.fork(name);
    const beforeSleep = sleep && number === 0 ? sleep.from - own.whole(5_000, 90_000) : null;
    const at = school ? school.at + own.whole(0, 150_000) : (beforeSleep ?? start + own.whole(0, 150 * minuteMs));
    const load = own.hex(16);
    if (school ? number % 3 !== 1 : index >= 2 && number === 0) {
      const batches = school ? own.whole(4, 8) : own.whole(12, 18);
      const viewShare = school ? 0.6 : 0.25;
      const odd = { load, batches, pauseMs: oddPauseMs, viewShare, delayMsMax: own.one([60_000, hourMs, 18 * hourMs]) };
      return { name, device, at, visit: null, odd };
    }
    return { name, device, at, visit: visitOf(own, load, school ? 6 : 17), odd: null };
  });
}

function visitOf(random: Random, load: string, deedsMax: number): VisitPlan {
  const ending = random.one(['leaves', 'leaves', 'leaves', 'hides', 'is killed'] as const);
  return { load, deeds: random.whole(2, deedsMax), pauseMsMax: random.one([6_000, 20_000, 45_000]), ending };
}

function lateLoadOf(random: Random, device: Device, index: number): LoadPlan {
  const ending = random.chance(0.7) ? 'stays' : 'leaves';
  const visit = { load: random.hex(16), deeds: random.whole(8, 30), pauseMsMax: 4_000, ending } as const;
  return { name: `late.${index}`, device, at: random.whole(0, 30_000), visit, odd: null };
}

function dashboardOf(random: Random, index: number, start: number): DashboardPlan {
  const from = start + random.whole(1, 120) * minuteMs;
  const watch: Watch =
    index === 2
      ? { op: 'watch', view: 'heatmap', path: '/', ...(random.chance(0.5) && { device: 'desktop' as const }) }
      : { op: 'watch', view: 'live' };
  return { name: `d${index}`, watch, from, to: from + random.whole(60, 200) * 1_000 };
}

function pausesOf(random: Random, reshards: WorldPlan['reshards'], start: number): WorldPlan['pauses'] {
  const before = reshards.map(({ at }) => {
    const ms = random.whole(5_000, 100_000);
    return { at: at - ms, ms: ms + random.whole(200, 5_000) };
  });
  return [...before, { at: start + random.whole(15 * minuteMs, 75 * minuteMs), ms: random.whole(30_000, 180_000) }];
}

/** In a third of the worlds. */
function rebuildOf(random: Random, start: number, forDays: boolean): RebuildPlan | null {
  if (!random.chance(1 / 3)) return null;
  const hours = random.chance(0.7) ? random.whole(0, 3) : random.whole(3, forDays ? 150 : 12);
  const crashes = Array.from({ length: random.whole(1, 4) }, (): RebuildCrash => {
    const when = random.one(['before', 'after'] as const);
    // There are far fewer steps than writes, and more hangs on each.
    if (random.chance(0.6)) return { at: 'step', number: random.whole(0, 11), when };
    return { at: 'write', number: Math.floor(random.next() ** 2 * 600), when };
  });
  return {
    at: random.chance(0.25) ? null : start + hours * hourMs + random.whole(0, hourMs),
    crashes,
    besideAfterMs: random.chance(0.3) ? random.whole(0, 20_000) : null,
  };
}

function reshardsOf(random: Random, start: number): WorldPlan['reshards'] {
  const at = (from: number, to: number) => start + random.whole(from * minuteMs, to * minuteMs);
  const reshards: WorldPlan['reshards'] = [{ at: at(8, 50), what: 'split' }];
  if (random.chance(0.5)) reshards.push({ at: at(51, 80), what: 'split' });
  if (random.chance(0.75)) reshards.push({ at: at(81, 140), what: 'merge' });
  return reshards;
}
