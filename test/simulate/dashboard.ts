/** A dashboard: opens a socket, watches, ticks, resyncs, comes back when cut off, and merges with the real `merge`. */
import type { ClientMessage } from '../../functions/contract/live.ts';
import { type LiveItems, merge, noItems } from '../../web/live/merge.ts';
import { readServerMessage } from '../../web/live/server-message.ts';
import type { Faults } from './faults.ts';
import type { Mutant } from './mutant.ts';
import type { Link, SocketServer } from './socket-server.ts';
import type { VirtualTime } from './virtual-time.ts';

export type Watch = Extract<ClientMessage, { op: 'watch' }>;

export interface DashboardParts {
  time: VirtualTime;
  faults: Faults;
  server: SocketServer;
  mutant: Mutant;
}

const tickEveryMs = 6_000;
const snapshotEveryMs = 60_000;
const backAfterMs = 1_500;

export class Dashboard {
  readonly state: LiveItems = noItems();
  #link: Link | null = null;
  #id = '';
  #opened = 0;
  #ticks = 0;
  /** Raised by closing: what was set to run for an earlier one does not. */
  #term = 0;
  #snapshotAt = 0;

  constructor(
    readonly name: string,
    readonly watch: Watch,
    private readonly parts: DashboardParts,
  ) {}

  /** Opens, and then ticks and resyncs until it is closed. */
  async run(): Promise<void> {
    const term = ++this.#term;
    await this.#connect();
    if (term === this.#term) this.#tickSoon(term);
  }

  /** Neither ticks nor resyncs any more; the socket stays open. */
  rest(): void {
    this.#term++;
  }

  close(): void {
    this.rest();
    if (this.#link) this.#link.isOpen = false;
    this.#link = null;
  }

  /** Whether it has no connection, as far as it knows. */
  get isCutOff(): boolean {
    return !this.#link?.isOpen;
  }

  /** Asks for a snapshot; one that was cut off and had no time to come back opens anew, and so gets one. */
  resync(): Promise<void> {
    return this.isCutOff ? this.#connect() : this.say({ op: 'snapshot' });
  }

  async say(message: ClientMessage): Promise<void> {
    if (!this.#link?.isOpen) return;
    try {
      await this.parts.server.hear(this.#id, JSON.stringify(message));
    } catch {
      // The function failed; the next resync makes up for it.
    }
  }

  async #connect(): Promise<void> {
    const link: Link = { isOpen: true, deliver: (text) => this.#receive(link, text) };
    const id = `${this.name}-${this.#opened++}`;
    try {
      if (!(await this.parts.server.open(id, link))) return;
    } catch {
      // It comes back with its next tick.
      return;
    }
    this.#link = link;
    this.#id = id;
    this.#snapshotAt = this.parts.time.now();
    void this.say(this.watch);
  }

  #tickSoon(term: number): void {
    this.parts.time.later(() => void this.#beat(term), tickEveryMs);
  }

  async #beat(term: number): Promise<void> {
    if (term !== this.#term) return;
    const { faults, time } = this.parts;
    const place = `${this.name}.${this.#ticks++}`;
    if (this.#link?.isOpen && faults.strikes('dashboard-cut-off', place)) this.#link.isOpen = false;
    if (!this.#link?.isOpen) {
      await time.sleep(backAfterMs);
      if (term !== this.#term) return;
      await this.#connect();
    } else if (time.now() - this.#snapshotAt >= snapshotEveryMs) {
      this.#snapshotAt = time.now();
      void this.say({ op: 'snapshot' });
    } else void this.say({ op: 'tick' });
    this.#tickSoon(term);
  }

  #receive(link: Link, text: string): void {
    const message = readServerMessage(text);
    if (message.type === 'unreadable') throw new Error(`${this.name} can't read a message: ${message.reason}`);
    if (message.type === 'error') {
      // It is not known any more, or what it watches never was: the real one, which waits for its first snapshot, opens anew.
      link.isOpen = false;
      return;
    }
    const before = this.state.epoch;
    (this.parts.mutant.merge ?? merge)(this.state, message);
    // As the live store does: what it knew is gone, and it asks for all of the new epoch.
    if (message.type === 'totals' && before !== '' && this.state.epoch !== before) void this.say(this.watch);
  }
}
