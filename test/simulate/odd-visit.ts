/**
 * A load that no snippet would make, but a network, a proxy or another client might: batches closed in order and sent in any,
 * some of them half a day late, some twice, from two addresses, with or without the token that the load was given.
 */
import {
  type Batch,
  formatVersion,
  kind,
  navigation,
  type PulseEvent,
  type WireElement,
} from '../../functions/contract/event.ts';
import type { Tab } from './browser.ts';
import { origin, pageFor, writeKey } from './catalog.ts';
import { someDeed, summedUp, vitalsOf } from './deeds.ts';
import type { Faults } from './faults.ts';
import type { Answered } from './ingest-fleet.ts';
import { Random } from './random.ts';

export interface OddVisitPlan {
  load: string;
  /** At most 30, where many are under way at once: a load holds at most 32 unsettled numbers. */
  batches: number;
  /** Between two batches. */
  pauseMs: readonly [least: number, most: number];
  /** How many of its batches hold a page view, besides the first: 0 to 1. */
  viewShare: number;
  /** How late a batch is sent at most, ms. */
  delayMsMax: number;
}

export const oddPauseMs = [400, 40_000] as const;

interface Load {
  tab: Tab;
  random: Random;
  faults: Faults;
  token: string | undefined;
  begunAt: number;
}

const triesMax = 6;
const replayMsMax = 20 * 3_600_000;

export function playOddVisit(tab: Tab, plan: OddVisitPlan, seed: number, faults: Faults): void {
  const random = new Random(seed).fork(plan.load);
  const load: Load = { tab, random, faults, token: undefined, begunAt: tab.now() };
  let waitMs = 0;
  for (let n = 0; n < plan.batches; n++) {
    waitMs += random.whole(...plan.pauseMs);
    // Of its own, so that a batch has the same content whatever became of the others.
    const own = random.fork(`batch ${n}`);
    const delayMs = own.chance(0.4) ? Math.floor(own.next() ** 3 * plan.delayMsMax) : 0;
    tab.later(() => {
      const content = batchOf(tab, plan, n, own);
      tab.later(() => void send(load, content, own, 0), delayMs);
      if (own.chance(0.12))
        tab.later(() => void send(load, content, own, triesMax), delayMs + own.whole(1_000, replayMsMax));
    }, waitMs);
  }
}

/**
 * A load's owner is remembered for 96 h by its claim alone. After that only its token says whose it is, and one without a token
 * is another visitor's: what then counts twice is beyond what is promised.
 */
const claimedMs = 80 * 3_600_000;

/** Tries until there is a final answer, like anybody who keeps the rules. */
async function send(load: Load, content: Omit<Batch, 's'>, random: Random, tries: number): Promise<void> {
  const { tab, token, begunAt } = load;
  if (token === undefined && tab.now() - begunAt > claimedMs) return;
  const body = { ...content, s: tab.now(), ...tokenOf(load, content.n, random, tries) };
  let answer: Answered | null = null;
  try {
    answer = await tab.post(JSON.stringify(body));
  } catch {
    // No answer: as good as a refusal to answer.
  }
  load.token = answer?.accepted?.token ?? load.token;
  const isFinal = answer !== null && answer.status !== 429 && answer.status < 500;
  if (isFinal || tries >= triesMax) return;
  tab.later(() => void send(load, content, random, tries + 1), random.whole(500, 30_000));
}

function tokenOf({ token, faults, tab, begunAt }: Load, n: number, random: Random, tries: number): { i?: string } {
  if (token !== undefined && tab.now() - begunAt > claimedMs) return { i: token };
  if (faults.strikes('token-unusable', `${tab.name}.${n}.${tries}`)) return { i: random.hex(48) };
  return token !== undefined && random.chance(0.8) ? { i: token } : {};
}

function batchOf(tab: Tab, { load, viewShare }: OddVisitPlan, n: number, random: Random): Omit<Batch, 's'> {
  const { device } = tab;
  const pages = [pageFor(random, device.viewport, n === 0), pageFor(random, device.viewport, false)];
  const elements: WireElement[] = [];
  const events: PulseEvent[] = [];
  const how = n === 0 ? navigation.load : n % 4 === 3 ? navigation.restore : navigation.push;
  if (n === 0 || random.chance(viewShare)) events.push([kind.view, 0, 0, how]);
  for (let count = random.whole(1, 4); count > 0; count--) {
    const { events: done, element } = someDeed(random, device.viewport[0]);
    if (element) elements.push(element);
    if (element) element[0] = random.whole(0, 1);
    for (const event of done) {
      event[2] = element ? elements.length - 1 : random.whole(0, 1);
      events.push(event);
    }
  }
  if (random.chance(0.3)) events.push(...summedUp(random, random.whole(200, 20_000)));
  if (random.chance(0.4)) {
    const what = random.one([kind.heartbeat, kind.hide, kind.show, kind.leave]);
    events.push([what, 0, random.whole(0, 1)]);
  }
  const oldest = random.chance(0.1) ? 5_400_000 : 30_000;
  const ages = events.map(() => random.whole(0, oldest)).sort((one, other) => other - one);
  for (const [index, event] of events.entries()) event[1] = ages[index] ?? 0;
  if (n % 3 === 1) {
    const event = vitalsOf(load);
    event[1] = ages.at(-1) ?? 0;
    event[2] = n % 2;
    events.push(event);
  }
  return {
    v: formatVersion,
    k: writeKey,
    l: load,
    n,
    t: tab.now(),
    o: origin,
    g: device.language,
    p: pages,
    e: elements,
    x: events,
  };
}
