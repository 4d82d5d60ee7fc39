/** A visitor's device: a clock that may be wrong, an address that may change, and a lid that may be closed for days. */
import type { Viewer } from '../../functions/ingest/edge.ts';
import type { Door } from '../../snippet/send.ts';
import type { Faults } from './faults.ts';
import type { Answered } from './ingest-fleet.ts';
import type { Network } from './network.ts';
import type { Random } from './random.ts';
import type { Timer, VirtualTime } from './virtual-time.ts';

export interface Device {
  name: string;
  address: string;
  userAgent: string;
  country: string;
  language: string;
  viewport: [number, number];
  /** How far its clock is off, ms; its steps add to that from an instant on. */
  skewMs: number;
  steps: { id: string; at: number; ms: number; taken: boolean }[];
  moves: { id: string; at: number; address: string; taken: boolean }[];
  sleeps: { id: string; from: number; to: number; taken: boolean }[];
}

export interface BrowserParts {
  time: VirtualTime;
  faults: Faults;
  network: Network;
}

interface DelayedTimer {
  timer: Timer | null;
}

/** One tab's view of the world: the snippet's door, over the device's clock and network. */
export class Tab {
  /** Set when the tab is closed or its process killed: nothing of it runs any more. */
  isGone = false;
  #attempts = 0;

  constructor(
    readonly device: Device,
    readonly name: string,
    private readonly random: Random,
    private readonly parts: BrowserParts,
  ) {}

  now(): number {
    const at = this.parts.time.now();
    let clock = at + this.device.skewMs;
    for (const step of this.device.steps) {
      if (step.at > at || !this.parts.faults.mayHappen('clock-stepped', step.id)) continue;
      clock += step.ms;
      if (!step.taken) this.parts.faults.took('clock-stepped', step.id);
      step.taken = true;
    }
    return Math.round(clock);
  }

  /** Runs when `ms` have passed and the device is awake. */
  later(run: () => void, ms: number): DelayedTimer {
    const { time } = this.parts;
    const delayed: DelayedTimer = { timer: null };
    const fire = () => {
      if (this.isGone) return;
      const sleptMs = this.#sleepsFor();
      if (sleptMs > 0) delayed.timer = time.later(fire, sleptMs);
      else run();
    };
    delayed.timer = time.later(fire, ms);
    return delayed;
  }

  cancel(delayed: unknown): void {
    this.parts.time.cancel((delayed as DelayedTimer | undefined)?.timer);
  }

  async post(body: string): Promise<Answered> {
    const answer = this.parts.network.post(this.#nextPlace(), body, this.viewer());
    try {
      return await answer;
    } finally {
      await this.#awake();
    }
  }

  beacon(body: string): boolean {
    return this.parts.network.beacon(this.#nextPlace(), body, this.viewer());
  }

  door(): Door {
    return {
      now: () => this.now(),
      random: () => this.random.next(),
      later: (run, ms) => this.later(run, ms),
      cancel: (timer) => this.cancel(timer),
      post: (body) => this.post(body),
      beacon: (body) => this.beacon(body),
    };
  }

  viewer(): Viewer {
    const { device, parts } = this;
    let { address } = device;
    for (const move of device.moves) {
      if (move.at > parts.time.now() || !parts.faults.mayHappen('address-changed', move.id)) continue;
      address = move.address;
      if (!move.taken) parts.faults.took('address-changed', move.id);
      move.taken = true;
    }
    return { address, userAgent: device.userAgent, country: device.country };
  }

  #nextPlace(): string {
    return `${this.name}.${this.#attempts++}`;
  }

  /** Ms until the device wakes; 0 while it is awake. */
  #sleepsFor(): number {
    const { time, faults } = this.parts;
    const now = time.now();
    const sleep = this.device.sleeps.find(({ from, to }) => from <= now && now < to);
    if (!sleep || !faults.mayHappen('laptop-asleep', sleep.id)) return 0;
    if (!sleep.taken) faults.took('laptop-asleep', sleep.id);
    sleep.taken = true;
    return sleep.to - now;
  }

  /** Resolves when the device is awake; never in a tab that is gone. */
  async #awake(): Promise<void> {
    for (let ms = this.#sleepsFor(); ms > 0; ms = this.#sleepsFor()) await this.parts.time.sleep(ms);
    if (this.isGone) await new Promise(() => undefined);
  }
}
