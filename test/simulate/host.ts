/** An execution environment of Lambda: runs one invocation at a time, and everything that it asks of the world goes through it. */
import { ProvisionedThroughputExceededException } from '@aws-sdk/client-dynamodb';
import type { FaultKind, Faults } from './faults.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtual-time.ts';

export interface HostParts {
  time: VirtualTime;
  faults: Faults;
  /** Forked by the name of a place, like the dice of faults: so what is left out elsewhere changes nothing here. */
  latency: Random;
}

/** Under which names faults strike a host's calls; what is absent does not happen to it. */
export interface CallFaults {
  readFailed: FaultKind;
  throttled: FaultKind;
  answerLost: FaultKind;
  doubled: FaultKind;
  late?: FaultKind;
  doubledLate?: FaultKind;
}

/**
 * What is to become of an invocation, counted in its writes; or in its steps: a step begins with a write that is sent while no
 * other is under way, so that all before it are done.
 */
export interface Fate {
  crash?: { kind: FaultKind; write: number; when: 'before' | 'after' };
  breakOff?: { kind: FaultKind; step: number };
  /** The environment freezes at a write: whoever invoked it gives it up, and it goes on when others have done its work. */
  stall?: { kind: FaultKind; write: number; ms: number; dies: boolean };
  timeout?: { kind: FaultKind; afterMs: number };
}

const lateMsMax = 120_000;

export class Host {
  isDead = false;
  #place = '';
  #fate: Fate = {};
  #calls = 0;
  #writes = 0;
  #steps = 0;
  #underWay = 0;
  #frozenUntil = 0;
  #giveUp: () => void = () => undefined;

  constructor(
    private readonly parts: HostParts,
    private readonly kinds: CallFaults,
  ) {}

  /** `gaveUp`: the invocation's answer will not come. */
  begin(place: string, fate: Fate, gaveUp: () => void): void {
    this.#place = place;
    this.#fate = fate;
    this.#calls = 0;
    this.#writes = 0;
    this.#steps = 0;
    this.#frozenUntil = 0;
    this.#giveUp = gaveUp;
    const { timeout } = fate;
    if (timeout) this.parts.time.later(() => this.#timeOut(place, timeout.kind), timeout.afterMs);
  }

  /** The answer is there. */
  end(): void {
    this.#place = '';
  }

  /** A name for the next call, for faults that its caller decides. */
  nextPlace(): string {
    return `${this.#place}.${this.#calls}`;
  }

  /** What is waited for without a fault of this host's: an environment that has died meanwhile never hears of it. */
  async hear<T>(work: () => Promise<T>): Promise<T> {
    await this.#thawed();
    if (this.isDead) return never();
    const result = await this.#alive(work());
    await this.#thawed();
    return result;
  }

  async read<T>(effect: () => T): Promise<T> {
    const place = this.#nextCall();
    await this.#thawed();
    if (this.isDead) return never();
    const fails = this.parts.faults.strikes(this.kinds.readFailed, place);
    await this.#travel(place);
    if (this.isDead) return never();
    if (fails) throw new Error('the request timed out');
    // Frozen since it was sent: the answer waits.
    const answer = effect();
    await this.#thawed();
    return this.isDead ? never() : answer;
  }

  async write<T>(effect: () => T): Promise<T> {
    const place = this.#nextCall();
    const number = this.#writes++;
    const step = this.#underWay === 0 ? this.#steps++ : null;
    const { crash, breakOff, stall } = this.#fate;
    const crashes = crash?.write === number && !this.parts.faults.calm;
    this.#underWay++;
    try {
      if (stall?.write === number && !this.parts.faults.calm) this.#freeze(stall);
      await this.#thawed();
      if (this.isDead) return never();
      if (breakOff?.step === step && !this.parts.faults.calm) return this.#die(breakOff.kind);
      if (crashes && crash.when === 'before') return this.#die(crash.kind);
      const result = await this.#alive(this.#send(place, effect));
      if (crashes) return this.#die(crash.kind);
      if (stall?.write === number && stall.dies && !this.parts.faults.calm) this.isDead = true;
      return this.isDead ? never() : result;
    } finally {
      this.#underWay--;
    }
  }

  /** An environment that has died while a request was under way hears neither its answer nor its failure. */
  async #alive<T>(request: Promise<T>): Promise<T> {
    try {
      const answer = await request;
      return this.isDead ? never() : answer;
    } catch (error) {
      if (this.isDead) return never();
      throw error;
    }
  }

  async #send<T>(place: string, effect: () => T): Promise<T> {
    const { faults, time } = this.parts;
    const { throttled, answerLost, doubled, late, doubledLate } = this.kinds;
    const laterMs = (kind: FaultKind) => 20 + Math.floor(faults.share(kind, place) ** 3 * lateMsMax * faults.lateness);
    if (faults.strikes(throttled, place)) {
      await this.#travel(place);
      throw new ProvisionedThroughputExceededException({ message: 'slow down', $metadata: {} });
    }
    if (late && faults.strikes(late, place)) {
      time.later(() => tried(effect), laterMs(late));
      await this.#travel(place);
      throw new Error('the request timed out, and is still on its way');
    }
    await this.#travel(place);
    if (faults.strikes(answerLost, place)) {
      tried(effect);
      throw new Error('the request timed out, its answer lost');
    }
    // The client library tries again by itself: what it answers is the second request's answer.
    if (faults.strikes(doubled, place)) {
      tried(effect);
      await this.#travel(`${place}.again`);
      return effect();
    }
    if (doubledLate && faults.strikes(doubledLate, place)) time.later(() => tried(effect), laterMs(doubledLate));
    return effect();
  }

  #nextCall(): string {
    return `${this.#place}.${this.#calls++}`;
  }

  #travel(place: string): Promise<void> {
    const { time } = this.parts;
    const latency = this.parts.latency.fork(place);
    return time.sleep(latency.chance(0.03) ? latency.whole(30, 400) : latency.whole(1, 12));
  }

  async #thawed(): Promise<void> {
    const { time } = this.parts;
    while (time.now() < this.#frozenUntil) await time.sleep(this.#frozenUntil - time.now());
  }

  #freeze({ kind, ms }: NonNullable<Fate['stall']>): void {
    this.parts.faults.took(kind, this.#place);
    this.#frozenUntil = this.parts.time.now() + ms;
    const giveUp = this.#giveUp;
    this.parts.time.later(giveUp, Math.min(ms, 1_000));
  }

  #die<T>(kind: FaultKind): Promise<T> {
    this.parts.faults.took(kind, this.#place);
    this.isDead = true;
    this.#giveUp();
    return never();
  }

  #timeOut(place: string, kind: FaultKind): void {
    // An environment that froze was given up before, and one that has answered is not running.
    if (this.#place !== place || this.isDead || this.#frozenUntil > 0 || this.parts.faults.calm) return;
    void this.#die(kind);
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => undefined);
}

/** Nobody waits for the answer, whatever it is. */
function tried(effect: () => unknown): void {
  try {
    effect();
  } catch {
    // Its sender has gone.
  }
}
