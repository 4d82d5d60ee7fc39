/** A world: visitors, network, ingest, stream, processor, stores, dashboards and operators, from one seed, to its end. */
import { hourMs } from '../../functions/contract/time-unit.ts';
import { ArchiverInstance } from './archiver.ts';
import type { Archive, Bucket } from './aws/clients.ts';
import { DynamoDb } from './aws/dynamodb.ts';
import { Kinesis } from './aws/kinesis.ts';
import { Tab } from './browser.ts';
import { Dashboard, type Watch } from './dashboard.ts';
import { earlyRecord } from './early-record.ts';
import { EventSource, pollMsMax } from './event-source.ts';
import { Faults } from './faults.ts';
import type { HostParts } from './host.ts';
import { IngestFleet } from './ingest-fleet.ts';
import { LambdaFunction } from './lambda-function.ts';
import type { Mutant } from './mutant.ts';
import { Network } from './network.ts';
import { oddPauseMs, playOddVisit } from './odd-visit.ts';
import { Operator } from './operator.ts';
import { type LoadPlan, planWorld, type WorldPlan } from './plan.ts';
import { ProcessorInstance, type Services } from './processor.ts';
import { Random } from './random.ts';
import { Rebuilder } from './rebuilder.ts';
import { SocketServer } from './socket-server.ts';
import { VirtualTime } from './virtual-time.ts';
import { playVisit } from './visit.ts';

const [archivedPerBatchMax, archiveWindowMs] = [60, 300_000];

export interface WorldOptions {
  seed: number;
  /** Ids of the faults that may happen; null: all. */
  only: ReadonlySet<string> | null;
  /** Names of loads that stay away. */
  without: ReadonlySet<string>;
  /** Loads are added until so many batches were accepted. */
  batchesMin: number;
  mutant: Mutant;
  /** Told what happens, with its time. */
  note: (line: () => string, at: number) => void;
}

export class World {
  readonly plan: WorldPlan;
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly db: DynamoDb;
  readonly stream: Kinesis;
  readonly bucket: Bucket = new Map();
  readonly archive: Archive = new Map();
  readonly fleet: IngestFleet;
  readonly operator: Operator;
  readonly dashboards: Dashboard[];
  readonly processor: LambdaFunction;
  readonly eventSource: EventSource;
  readonly archiving: EventSource;
  readonly rebuilder: Rebuilder;
  readonly #options: WorldOptions;
  readonly #network: Network;
  readonly #server: SocketServer;
  readonly #tabs: Tab[] = [];

  constructor(options: WorldOptions) {
    const { seed, mutant } = options;
    const random = new Random(seed);
    this.#options = options;
    this.plan = planWorld(seed);
    const time = new VirtualTime(this.plan.start - 1_000);
    this.time = time;
    this.faults = new Faults(seed, time.now, options.only);
    const parts: HostParts = { time, faults: this.faults, latency: random.fork('latency') };
    this.db = new DynamoDb(time.now);
    const gaps = random.fork('gaps');
    this.stream = new Kinesis(time.now, () => gaps.whole(1, 900_000));
    this.#server = new SocketServer(parts);
    const { db, stream, bucket } = this;
    const services: Services = { db, stream, bucket, socket: this.#server.socket };
    this.#server.serve(services);
    this.fleet = new IngestFleet(services, parts, mutant, seed);
    this.#network = new Network({ ...parts, fleet: this.fleet, body: mutant.body ?? ((body) => body) });
    this.operator = new Operator({ ...services, ...parts, random: random.fork('operator') });
    this.rebuilder = new Rebuilder({ ...services, ...parts, archive: this.archive, mutant, note: options.note });
    this.dashboards = this.plan.dashboards.map(({ name, watch }) => this.newDashboard(name, watch));
    this.processor = new LambdaFunction({
      ...parts,
      writesOf: (records) => 4 + 5 * records,
      newInstance: () => new ProcessorInstance(services, parts, mutant),
      note: options.note,
    });
    this.eventSource = new EventSource({
      ...services,
      ...parts,
      name: 'p',
      random: random.fork('event source'),
      batchSize: this.plan.batchSize,
      windowMsMax: pollMsMax,
      fn: this.processor,
      mutant,
    });
    this.archiving = new EventSource({
      ...services,
      ...parts,
      name: 'a',
      random: random.fork('archiving'),
      batchSize: archivedPerBatchMax,
      windowMsMax: archiveWindowMs,
      fn: new LambdaFunction({
        ...parts,
        // One object, two where an hour of receipt ends.
        writesOf: () => 2,
        newInstance: () => new ArchiverInstance(this.archive, parts, mutant),
        note: options.note,
      }),
      mutant: {},
    });
  }

  newDashboard(name: string, watch: Watch): Dashboard {
    return new Dashboard(name, watch, {
      time: this.time,
      faults: this.faults,
      server: this.#server,
      mutant: this.#options.mutant,
    });
  }

  /** The main part: everything that was planned, until nothing is under way any more. */
  async live(): Promise<void> {
    const { plan, operator, time } = this;
    await operator.createSite(plan.zone);
    for (const load of plan.loads) this.#at(load.at, () => this.#play(load));
    for (const { at, zone } of plan.edits) this.#at(at, () => this.#edit(zone, at));
    for (const [index, { at, what }] of plan.reshards.entries()) this.#at(at, () => operator.reshard(what, `${index}`));
    for (const { at, ms } of plan.pauses) this.#at(at, () => this.#pause(at, ms));
    for (const trouble of plan.troubles) this.#trouble(trouble);
    for (const at of plan.poisonsAt) this.#at(at, () => operator.poison());
    for (const at of plan.earlyAt) this.#at(at, () => operator.putEarly(earlyRecord(this.#options.seed, at)));
    for (const at of plan.redrivesAt) this.#at(at, () => this.#redrive());
    this.rebuilder.plan('life', plan.rebuild);
    for (const [round, at] of plan.sweepsAt.entries()) this.#at(at, () => operator.sweep(round));
    for (const [index, { from, to }] of plan.dashboards.entries()) {
      this.#at(from, () => void this.dashboards[index]?.run());
      this.#at(to, () => this.dashboards[index]?.close());
    }
    await time.run();
    await this.#fillUp();
  }

  /**
   * The last minute: a few visitors come, and most of them are still there when all clocks are stopped and nothing goes wrong any
   * more. What was under way comes to its end, and the stream shows how far it is.
   */
  async end(): Promise<void> {
    const { plan, time, faults } = this;
    faults.lateness = 0.001;
    await time.run(time.now() + hourMs / 2);
    const begun = time.now();
    faults.calm = true;
    for (const dashboard of this.dashboards) void dashboard.run();
    await time.run(begun + 4_000);
    faults.calm = plan.calmEnd;
    for (const load of plan.lateLoads) this.#at(time.now() + load.at, () => this.#play(load));
    this.rebuilder.plan('end', plan.rebuild);
    await time.run(begun + 75_000);
    for (const tab of this.#tabs) tab.isGone = true;
    for (const dashboard of this.dashboards) dashboard.rest();
    faults.calm = true;
    await this.#finish(this.#server.tick());
    // The last records may have been received after that: with this one, everybody is at the same instant.
    await this.#finish(this.#server.tick());
  }

  /** Every dashboard resyncs, once. */
  async resync(): Promise<void> {
    for (const dashboard of this.dashboards) {
      await this.#finish(dashboard.resync());
      // Its watch may have ended, or never been heard of; it is told so.
      if (dashboard.isCutOff) await this.#finish(dashboard.resync());
    }
  }

  /** What a dashboard knows that has just opened. */
  async freshDashboard(watch: Watch): Promise<Dashboard> {
    const fresh = this.newDashboard(`fresh ${watch.view}`, watch);
    await this.#finish(fresh.run().then(() => fresh.rest()));
    return fresh;
  }

  async #finish(work: Promise<void>): Promise<void> {
    await this.time.run();
    await work;
    await this.time.run();
  }

  /** In a world where little happened, some more loads come: each is to have at least so many batches. */
  async #fillUp(): Promise<void> {
    const { only, without, batchesMin } = this.#options;
    if (only || without.size > 0) return;
    for (let number = 0; this.fleet.acknowledged.size < batchesMin && number < 20; number++) {
      const device = this.plan.loads.at(-1)?.device;
      if (!device) return;
      const batches = Math.min(30, batchesMin + 3 - this.fleet.acknowledged.size);
      const odd = {
        load: new Random(this.#options.seed).fork(`more ${number}`).hex(16),
        batches,
        pauseMs: oddPauseMs,
        viewShare: 0.25,
        delayMsMax: 60_000,
      };
      this.#play({ name: `more.${number}`, device, at: this.time.now(), visit: null, odd });
      await this.time.run();
    }
  }

  #at(at: number, run: () => void): void {
    this.time.later(run, at - this.time.now());
  }

  #play({ name, device, visit, odd }: LoadPlan): void {
    const { seed, without } = this.#options;
    if (without.has(name)) return;
    const random = new Random(seed).fork(`tab ${name}`);
    const tab = new Tab(device, name, random.fork('tab'), {
      time: this.time,
      faults: this.faults,
      network: this.#network,
    });
    this.#tabs.push(tab);
    // A device that is asleep opens its page when it wakes.
    tab.later(() => {
      if (visit) playVisit(tab, visit, random);
      if (odd) playOddVisit(tab, odd, seed, this.faults);
    }, 0);
  }

  #edit(zone: string, at: number): void {
    if (!this.faults.mayHappen('config-edited', String(at))) return;
    this.faults.took('config-edited', String(at));
    void this.operator.edit(zone);
  }

  #pause(at: number, ms: number): void {
    if (!this.faults.mayHappen('source-paused', String(at))) return;
    let isHeld = false;
    this.eventSource.pause(ms, () => {
      if (!isHeld) this.faults.took('source-paused', String(at));
      isHeld = true;
    });
  }

  #trouble({ at, ms }: WorldPlan['troubles'][number]): void {
    this.#at(at, () => {
      this.faults.trouble = true;
    });
    this.#at(at + ms, () => {
      this.faults.trouble = false;
    });
  }

  #redrive(): void {
    const { mutant } = this.#options;
    this.operator.redrive(
      mutant.redrivesInPlace
        ? ({ shardId, sequenceNumber }) => void this.eventSource.deliverAgain(shardId, sequenceNumber)
        : null,
    );
  }
}
