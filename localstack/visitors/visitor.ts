import { randomBytes } from 'node:crypto';
import { cellOf } from '../../functions/contract/element-grid.ts';
import {
  clickFlag,
  formatVersion,
  kind,
  navigation,
  scrollBandCount,
  type WirePage,
} from '../../functions/contract/event.ts';
import type { Device } from '../../functions/contract/record.ts';
import type { SeenElement } from '../../snippet/batch.ts';
import { createPulse, type Pulse } from '../../snippet/pulse.ts';
import type { Door } from '../../snippet/send.ts';
import { type Clock, wait } from './clock.ts';
import type { DemoElement } from './demo-layout.ts';
import { vitalsOf } from './page-speed.ts';
import type { Action, Plan, PlannedView } from './plan.ts';
import type { Random } from './random.ts';

/** What a visit needs of the world: a way out for each load, and time. */
export interface World {
  clock: Clock;
  door(plan: Plan, random: Random): Door;
  writeKey: string;
  demoOrigin: string;
}

/**
 * Carries out one planned visit, with the snippet's own batching and sending. What the snippet's captures would do in a browser
 * (cells, scroll bands, engaged time) is done here for the planned actions.
 * @returns when the visit is over; `stopping` cuts it short, as closing the tab does.
 */
export async function visit(plan: Plan, random: Random, world: World, stopping: AbortSignal): Promise<void> {
  let pulse: Pulse | undefined;
  let screen: Screen | undefined;
  let leave = () => {};
  for (const [index, view] of plan.views.entries()) {
    if (stopping.aborted) break;
    const page = wirePage(plan, view, index === 0);
    if (view.arrival === 'load' || !pulse) {
      leave();
      const head = {
        v: formatVersion,
        k: world.writeKey,
        // Not from the seed: a load is one of a kind, also when the same visitors come again.
        l: randomBytes(8).toString('hex'),
        o: world.demoOrigin,
        g: plan.language,
      };
      pulse = createPulse(head, world.door(plan, random));
      const own = new Screen(pulse, world.clock);
      screen = own;
      pulse.collect(() => own.collect());
      leave = leaving(pulse, page, head.l, plan.device);
    }
    pulse.view(page, view.arrival === 'load' ? navigation.load : navigation.push);
    screen?.open(view);
    await act(view, plan.device, pulse, screen, world.clock, stopping);
  }
  leave();
}

/** As `vitals.js` does: with the last beacon, of the page that the load began with. */
function leaving(pulse: Pulse, landing: WirePage, load: string, device: Device): () => void {
  return () => {
    pulse.add(vitalsOf(load, device), undefined, landing);
    pulse.hide(kind.leave);
  };
}

async function act(
  view: PlannedView,
  device: Device,
  pulse: Pulse,
  screen: Screen | undefined,
  clock: Clock,
  stopping: AbortSignal,
): Promise<void> {
  const began = clock.now();
  for (const action of view.actions) {
    await wait(clock, began + action.at - clock.now(), stopping);
    if (stopping.aborted) return;
    pulse.touch();
    if (action.what === 'scroll') screen?.scrollTo(action.top);
    else carryOut(pulse, action, device === 'desktop' ? 0 : clickFlag.touch);
  }
  await wait(clock, began + view.dwellMs - clock.now(), stopping);
}

function carryOut(pulse: Pulse, action: Exclude<Action, { what: 'scroll' }>, flags: number): void {
  if (action.what === 'outbound') {
    pulse.add([kind.outbound, 0, 0, action.url]);
    return;
  }
  if (action.what === 'custom') {
    pulse.add([kind.custom, 0, 0, action.name, action.properties]);
    return;
  }
  const seen = seenElement(action.on);
  if (action.what === 'field') {
    pulse.add([kind.field, 0, 0, action.ms, action.changed ? 1 : 0], seen);
    return;
  }
  if (action.what === 'abandon') {
    pulse.add([kind.abandon, 0, 0], seen);
    return;
  }
  const col = cellOf(action.fx);
  const row = cellOf(action.fy);
  if (action.what === 'move') pulse.add([kind.move, 0, 0, col, row, action.restMs, 300], seen);
  else if (action.what === 'hover') pulse.add([kind.hover, 0, 0, col, row, action.ms, action.hesitated ? 1 : 0], seen);
  else if (action.what === 'dead') pulse.add([kind.dead, 0, 0, col, row], seen);
  else {
    pulse.add([kind.click, 0, 0, col, row, flags], seen);
    if (action.what === 'rage') {
      pulse.add([kind.click, 0, 0, col, row, flags], seen);
      pulse.add([kind.click, 0, 0, col, row, flags], seen);
      pulse.add([kind.rage, 0, 0, col, row, 3], seen);
    }
  }
}

function seenElement({ key, label, x, y, width, height, clickable }: DemoElement): SeenElement {
  return [key, label, x, y, width, height, clickable ? 1 : 0];
}

function wirePage(plan: Plan, view: PlannedView, isFirst: boolean): WirePage {
  const { viewportWidth, viewportHeight, height } = view.layout;
  return [
    view.path,
    view.title,
    isFirst ? plan.referrer : '',
    viewportWidth,
    viewportHeight,
    height,
    isFirst ? plan.utm : [],
  ];
}

/** What of the page is on the screen, for how long: scroll bands and engaged time, as the snippet sums them up. */
class Screen {
  readonly #pulse: Pulse;
  readonly #clock: Clock;
  #view: PlannedView | undefined;
  #top = 0;
  #reached = -1;
  #since = 0;
  #bandMs = new Map<number, number>();
  #engagedMs = 0;

  constructor(pulse: Pulse, clock: Clock) {
    this.#pulse = pulse;
    this.#clock = clock;
  }

  open(view: PlannedView): void {
    this.#view = view;
    this.#reached = -1;
    this.#since = this.#clock.now();
    this.scrollTo(0);
  }

  scrollTo(top: number): void {
    this.#sum();
    this.#top = top;
    const [, last] = this.#bands();
    if (last <= this.#reached) return;
    this.#pulse.add([kind.reach, 0, 0, this.#reached + 1, last]);
    this.#reached = last;
  }

  collect(): void {
    this.#sum();
    if (this.#bandMs.size > 0) this.#pulse.add([kind.bands, 0, 0, [...this.#bandMs].flat()]);
    if (this.#engagedMs > 0) this.#pulse.add([kind.engaged, 0, 0, this.#engagedMs]);
    this.#bandMs = new Map();
    this.#engagedMs = 0;
  }

  #bands(): [number, number] {
    const { height = 1, viewportHeight = 1 } = this.#view?.layout ?? {};
    const bandOf = (y: number) =>
      Math.min(scrollBandCount - 1, Math.max(0, Math.floor((y / height) * scrollBandCount)));
    return [bandOf(this.#top), bandOf(this.#top + viewportHeight - 1)];
  }

  #sum(): void {
    const now = this.#clock.now();
    const ms = now - this.#since;
    this.#since = now;
    if (ms <= 0 || !this.#view) return;
    this.#engagedMs += ms;
    const [first, last] = this.#bands();
    for (let band = first; band <= last; band++) this.#bandMs.set(band, (this.#bandMs.get(band) ?? 0) + ms);
  }
}
