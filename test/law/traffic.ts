/** Records of a few visitors as a stream would hold them: tabs interleaved, batches out of order, some of them twice. */
import { kind, type PulseEvent } from '../../functions/contract/event.ts';
import type { RecordElement, StreamRecord } from '../../functions/contract/record.ts';
import { Random } from '../simulate/random.ts';
import { elementOf, pageOf, recordOf } from '../unit/aggregate/given.ts';

export interface TrafficOptions {
  seed: number;
  visitors: number;
  /** Loads of the first visitor, all open at once: more than a state holds. The others have one to three. */
  loadsOfFirst: number;
  batchesPerLoad: number;
  /** Share of batches that are on the stream twice. */
  repeated: number;
  /** Share of loads whose first batch names another visitor than the later ones. */
  foreign: number;
  /** Whether some visitors come back after their session is over. */
  returning: boolean;
}

const base = Date.parse('2026-11-23T12:58:30Z');
const paths = ['/', '/pricing', '/blog/a', '/blog/b'] as const;
const pages = paths.map((path, index) =>
  pageOf(path, { referrer: index === 1 ? 'news.example' : '', utm: index === 2 ? ['mail', '', 'spring', '', ''] : [] }),
);
const elements: RecordElement[] = [
  elementOf('#buy', { page: 0 }),
  elementOf('nav>a', { page: 1, box: [0, 0, 640, 300] }),
  elementOf('main', { page: 0, box: [0, 0, 1200, 1600], clickable: false }),
];

interface Sent {
  record: StreamRecord;
  /** Where it comes in the stream: its receipt, give or take a delay. */
  order: number;
}

export function traffic(options: TrafficOptions): StreamRecord[] {
  const random = new Random(options.seed);
  const sent: Sent[] = [];
  for (let visitor = 0; visitor < options.visitors; visitor++) {
    const loads = visitor === 0 ? options.loadsOfFirst : random.whole(1, 3);
    for (let load = 0; load < loads; load++) sent.push(...oneLoad(random, options, visitor, load));
  }
  return sent.sort((one, other) => one.order - other.order).map(({ record }) => record);
}

function oneLoad(random: Random, options: TrafficOptions, visitor: number, load: number): Sent[] {
  const sent: Sent[] = [];
  const isForeign = random.chance(options.foreign);
  const isLater = options.returning && visitor % 2 === 1 && load > 0;
  let at = base + visitor * 1_700 + load * 900 + (isLater ? 50 * 60_000 : 0);
  let page = random.whole(0, paths.length - 1);
  for (let n = 0; n < options.batchesPerLoad; n++) {
    at += random.whole(1_500, 21_000);
    const events: PulseEvent[] = n === 0 ? [[kind.view, 900, page, 0]] : someEvents(random, page);
    if (n > 0 && random.chance(0.3)) {
      page = (page + 1) % paths.length;
      events.push([kind.view, 10, page, 1]);
    }
    if (n === options.batchesPerLoad - 1) {
      events.push(vitalsAt(at, page), [random.chance(0.5) ? kind.leave : kind.hide, 0, page]);
    }
    const record = recordOf({
      receivedAt: at,
      visitor: hex(isForeign && n === 0 ? visitor + 100 : visitor),
      load: hex(0xabc0000 + visitor * 256 + load),
      n,
      pages,
      elements,
      events,
      browser: visitor % 2 ? 'Chrome' : 'Firefox',
    });
    sent.push({ record, order: at + (random.chance(0.2) ? 25_000 : 0) });
    if (random.chance(options.repeated)) sent.push(repeatOf(random, record));
  }
  return sent;
}

/** Of an instant that is random already. */
function vitalsAt(at: number, page: number): PulseEvent {
  const cls = [0, 999, 2_500, 9_000][at % 4] ?? null;
  return [kind.vitals, 0, page, at % 5 === 0 ? null : at % 12_000, at % 3 === 0 ? null : at % 700, cls];
}

/** The browser tried again: received later, so every age has grown by as much. */
function repeatOf(random: Random, record: StreamRecord): Sent {
  const later = random.whole(100, 40_000);
  const events = record.events.map((event) => [event[0], event[1] + later, ...event.slice(2)] as PulseEvent);
  const receivedAt = record.receivedAt + later;
  return { record: { ...record, receivedAt, events }, order: receivedAt + 30_000 };
}

function someEvents(random: Random, page: number): PulseEvent[] {
  const cell = () => random.whole(0, 15) * 256;
  const choices: [() => PulseEvent, ...(() => PulseEvent)[]] = [
    () => [kind.click, 700, random.whole(0, 1), cell(), cell(), random.whole(0, 1)],
    () => [kind.dead, 500, 0, cell(), cell()],
    () => [kind.field, 400, 1, random.whole(200, 9_000), random.whole(0, 1)],
    () => [kind.abandon, 300, 1],
    // A box of 300 px that holds 750: 400 ‰ show at once.
    () => [kind.paneReach, 290, 1, 0, random.whole(0, 19), random.one([0, 750])],
    () => [kind.paneBands, 280, 1, [12, random.whole(1, 900)]],
    () => [kind.rage, 600, 0, cell(), cell(), random.whole(3, 4)],
    () => [kind.move, 500, 2, cell(), cell(), random.whole(100, 900), 40],
    () => [kind.hover, 400, 1, cell(), cell(), random.whole(300, 2_000), random.whole(0, 1)],
    () => [kind.reach, 300, page, 0, random.whole(0, 19)],
    () => [kind.bands, 250, page, [0, random.whole(1, 900), 7, 300]],
    () => [kind.engaged, 240, page, random.whole(1, 5_000)],
    () => [kind.outbound, 200, page, 'https://elsewhere.example/'],
    () => [kind.custom, 150, page, 'signup', { plan: random.one(['free', 'pro']) }],
    () => [kind.heartbeat, 100, page],
    () => [kind.hide, 90, page],
    () => [kind.show, 80, page],
  ];
  return Array.from({ length: random.whole(1, 4) }, () => random.one(choices)()).sort((one, two) => two[1] - one[1]);
}

function hex(number: number): string {
  return number.toString(16).padStart(16, '0');
}

/** Little enough to try every crash point, with more loads of one visitor than a state holds. */
export const small: TrafficOptions = {
  seed: 11,
  visitors: 3,
  loadsOfFirst: 15,
  batchesPerLoad: 3,
  repeated: 0.2,
  foreign: 0,
  returning: true,
};
