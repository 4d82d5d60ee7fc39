/** Between a browser and ingest: what is sent may be lost, late or doubled, and so may the answer. */
import type { Viewer } from '../../functions/ingest/edge.ts';
import { patienceMs } from '../../snippet/send.ts';
import type { Faults } from './faults.ts';
import type { Answered, IngestFleet } from './ingest-fleet.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface NetworkParts {
  time: VirtualTime;
  faults: Faults;
  latency: Random;
  fleet: IngestFleet;
  /** What a mutant does to bodies. */
  body: (body: string) => string;
}

const requestLateMsMax = 1_800_000;
const beaconLateMsMax = 4 * 3_600_000;
const doubleMsMax = 90_000;

export class Network {
  constructor(private readonly parts: NetworkParts) {}

  /** @throws when no answer came within the snippet's patience. `place` names this attempt. */
  async post(place: string, body: string, viewer: Viewer): Promise<Answered> {
    const { faults, time } = this.parts;
    const latency = this.parts.latency.fork(place);
    if (faults.strikes('request-lost', place)) return this.#silence(latency.whole(100, patienceMs));
    if (faults.strikes('request-late', place)) {
      const lateMs = patienceMs + faults.share('request-late', place) ** 2 * requestLateMsMax * faults.lateness;
      this.#arrivesLater(`${place}.late`, body, viewer, lateMs);
      return this.#silence(patienceMs);
    }
    await time.sleep(latency.whole(8, 140));
    if (faults.strikes('request-doubled', place)) {
      const share = faults.share('request-doubled', place);
      this.#arrivesLater(`${place}.again`, body, viewer, 1 + share ** 3 * doubleMsMax * faults.lateness);
    }
    const sentAt = time.now();
    const answer = await this.parts.fleet.receive(place, this.parts.body(body), viewer);
    if (faults.strikes('answer-lost', place)) return this.#silence(latency.whole(50, patienceMs));
    await time.sleep(latency.whole(8, 140));
    if (time.now() - sentAt > patienceMs) throw new Error('the answer took too long');
    return answer;
  }

  /** False where the browser does not take it. */
  beacon(place: string, body: string, viewer: Viewer): boolean {
    const { faults } = this.parts;
    const latency = this.parts.latency.fork(place);
    if (faults.strikes('beacon-refused', place)) return false;
    if (faults.strikes('beacon-lost', place)) return true;
    const late = faults.strikes('beacon-late', place);
    const lateMs = late ? faults.share('beacon-late', place) ** 3 * beaconLateMsMax * faults.lateness : 0;
    this.#arrivesLater(place, body, viewer, latency.whole(10, 250) + lateMs);
    if (faults.strikes('beacon-doubled', place)) {
      const share = faults.share('beacon-doubled', place);
      this.#arrivesLater(
        `${place}.again`,
        body,
        viewer,
        latency.whole(10, 250) + share ** 3 * doubleMsMax * faults.lateness,
      );
    }
    return true;
  }

  #arrivesLater(place: string, body: string, viewer: Viewer, ms: number): void {
    const { time, fleet } = this.parts;
    time.later(() => void fleet.receive(place, this.parts.body(body), viewer), Math.floor(ms));
  }

  async #silence(ms: number): Promise<never> {
    await this.parts.time.sleep(ms);
    throw new Error('no answer');
  }
}
