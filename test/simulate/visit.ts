/** One document load in a tab, driven by the snippet's own core: its batching, its pacing, its retries and beacons. */
import { formatVersion, kind, navigation, type WireElement, type WirePage } from '../../functions/contract/event.ts';
import type { SeenElement } from '../../snippet/batch.ts';
import { createPulse, type Pulse } from '../../snippet/pulse.ts';
import type { Tab } from './browser.ts';
import { origin, pageFor, writeKey } from './catalog.ts';
import { someDeed, summedUp, vitalsOf } from './deeds.ts';
import type { Random } from './random.ts';

export type Ending = 'leaves' | 'hides' | 'is killed' | 'stays';

export interface VisitPlan {
  load: string;
  /** How many things somebody does on it. */
  deeds: number;
  /** Between two deeds, ms at most. */
  pauseMsMax: number;
  ending: Ending;
}

/** Plays the load out in the tab's own time. A tab that stays goes on until the world stops it. */
export function playVisit(tab: Tab, plan: VisitPlan, random: Random): void {
  const { device } = tab;
  const head = { v: formatVersion, k: writeKey, l: plan.load, o: origin, g: device.language };
  const pulse = createPulse(head, tab.door());
  let countedFrom = tab.now();
  pulse.collect(() => {
    const ms = Math.min(30_000, Math.max(0, tab.now() - countedFrom));
    countedFrom = tab.now();
    if (ms > 100) for (const event of summedUp(random, ms)) pulse.add(event);
  });
  const landing = pageFor(random, device.viewport, true);
  pulse.view(landing, navigation.load);
  tellVitals(pulse, landing, plan.load);
  let deeds = 0;
  const act = () => {
    pulse.touch();
    if (deeds++ >= plan.deeds) return end(tab, pulse, plan.ending);
    doSomething(tab, pulse, random);
    tab.later(act, random.whole(300, plan.pauseMsMax));
  };
  tab.later(act, random.whole(300, plan.pauseMsMax));
}

/** As `vitals.js` does: once a load, with its first hiding, of its first page. */
function tellVitals(pulse: Pulse, landing: WirePage, load: string): void {
  const { hide } = pulse;
  pulse.hide = (why) => {
    pulse.add(vitalsOf(load), undefined, landing);
    pulse.hide = hide;
    hide(why);
  };
}

function doSomething(tab: Tab, pulse: Pulse, random: Random): void {
  const [width] = tab.device.viewport;
  const roll = random.next();
  if (!pulse.isVisible()) pulse.show();
  else if (roll < 0.03) pulse.view(pageFor(random, tab.device.viewport, false), navigation.restore);
  else if (roll < 0.12) pulse.view(pageFor(random, tab.device.viewport, false), navigation.push);
  else if (roll < 0.18) pulse.hide(kind.hide);
  else if (roll < 0.2) pulse.turn(turned(random, tab.device.viewport));
  else {
    const { events, element } = someDeed(random, width);
    for (const event of events) pulse.add(event, element && seen(element));
  }
}

/** The snippet fills in the page by itself. */
function seen([, ...rest]: WireElement): SeenElement {
  return rest;
}

/** A resize across a device class: the same page at another viewport. */
function turned(random: Random, [width, height]: [number, number]): WirePage {
  return pageFor(random, [height, width], false);
}

function end(tab: Tab, pulse: Pulse, ending: Ending): void {
  if (ending === 'stays') return;
  if (ending === 'is killed') {
    tab.isGone = true;
    return;
  }
  pulse.hide(ending === 'leaves' ? kind.leave : kind.hide);
  // A page that was left may still hear the answers to its last requests.
  tab.later(() => {
    tab.isGone = true;
  }, 90_000);
}
